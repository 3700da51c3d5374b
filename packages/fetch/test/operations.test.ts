import { describe, expect, it } from 'vitest';
import { operations } from '../../protocol/test/operations.ts';
import { openWorld } from './world.ts';
import { contactTrials } from './trials/contacts.ts';
import { dataTrials } from './trials/data.ts';
import { mailingTrials } from './trials/mailings.ts';
import { senderNameTrials } from './trials/sender-names.ts';
import { sendingTrials } from './trials/sending.ts';
import { serviceTrials } from './trials/services.ts';
import { statusTrials } from './trials/statuses.ts';
import { subAccountTrials } from './trials/sub-accounts.ts';
import { templateTrials } from './trials/templates.ts';

/** How each operation is tried. */
const trials = { ...contactTrials, ...dataTrials, ...mailingTrials, ...senderNameTrials, ...sendingTrials, ...serviceTrials, ...statusTrials, ...subAccountTrials, ...templateTrials };

const runs = 40;

describe('the trials', () => {
  it('are one for each operation, and no more', () => {
    expect(Object.keys(trials).sort()).toEqual(Object.keys(operations).sort());
    for (const [name, { operation }] of Object.entries(trials)) expect(operation).toBe(operations[name]);
  });
});

describe('over HTTP, the gateway does and answers what is meant by', () => {
  for (const [name, { holds }] of Object.entries(trials)) {
    it(name, async () => {
      const world = await openWorld({ customers: 1000 });
      try {
        await holds(world, runs);
      } finally {
        await world.close();
      }
    });
  }
});
