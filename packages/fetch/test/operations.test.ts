import { describe, expect, it } from 'vitest';
import { operations } from '../../protocol/test/operations.ts';
import { errorsByPath } from '../../protocol/test/endpoints.ts';
import { deriveProvocations, deriveTrials, deriveUnprovoked } from './derived.ts';
import * as refusals from './refusals.ts';
import type { Provocation } from './refusals.ts';
import { expectRefusal, type OperationTrial } from './trial.ts';
import { minute, openWorld } from './world.ts';
import { contactTrials } from './trials/contacts.ts';
import { dataTrials } from './trials/data.ts';
import { jobTrials } from './trials/jobs.ts';
import { senderNameTrials } from './trials/sender-names.ts';
import { sendingTrials } from './trials/sending.ts';
import { serviceTrials } from './trials/services.ts';
import { statusTrials } from './trials/statuses.ts';
import { subAccountTrials } from './trials/sub-accounts.ts';
import { templateTrials } from './trials/templates.ts';

/** Trials that are written by hand. */
const writtenTrials = {
  ...contactTrials,
  ...dataTrials,
  ...jobTrials,
  ...senderNameTrials,
  ...sendingTrials,
  ...serviceTrials,
  ...statusTrials,
  ...subAccountTrials,
  ...templateTrials,
};

/** One trial for each operation. */
const trials: Readonly<Record<string, OperationTrial>> = { ...deriveTrials(writtenTrials), ...writtenTrials };

const provocations = { ...deriveProvocations(refusals.provocations), ...refusals.provocations };
const unprovoked = { ...deriveUnprovoked(refusals.provocations), ...refusals.unprovoked };

const runs = 30;

describe('the trials', () => {
  it('cover each operation once', () => {
    expect(Object.keys(trials).sort()).toEqual(Object.keys(operations).sort());
    // Every operation has a written trial, except new operations.
    expect(Object.keys(writtenTrials).length).toBeGreaterThanOrEqual(67);
    for (const [name, { operation }] of Object.entries(trials)) expect(operation).toBe(operations[name]);
  });
});

describe('the gateway executes an operation that is sent over HTTP', () => {
  for (const [name, { holds }] of Object.entries(trials)) {
    it(name, async () => {
      const world = await openWorld({ customers: 400 });
      try {
        await holds(world, runs);
      } finally {
        await world.close();
      }
    });
  }
});

describe('an operation with a wrong password or key fails with error 2 and changes nothing', () => {
  for (const [name, { isForbidden }] of Object.entries(trials)) {
    it(name, async () => {
      const world = await openWorld({ customers: 50 });
      try {
        await isForbidden(world, 6);
      } finally {
        await world.close();
      }
    });
  }
});

/**
 * Makes a call that is refused and checks that nothing changed. Repeats the call after `until` if the refusal is
 * temporary.
 */
async function provoke(
  code: number,
  { operation, world: more, before, during, options, call, isEmptyList, until }: Provocation,
  body: 'form' | 'json',
): Promise<void> {
  const world = await openWorld({ customers: 2, limits: 'as at the gateway', ...more });
  try {
    const customer = world.customer();
    const smsc = customer.client({ body, ...options });
    await before?.(customer, () => call(smsc, customer));
    const was = customer.snapshot();
    const clear = during?.(customer);
    if (isEmptyList) expect(await call(smsc, customer)).toEqual([]);
    else await expectRefusal(operation, () => call(smsc, customer), code);
    clear?.();
    world.advance(minute);
    expect(customer.snapshot()).toEqual(was);
    if (until === undefined) return;
    world.advance(until - minute);
    const again = (await call(smsc, customer)) as { readonly outcome?: string };
    if (operation.effect === 'spends') expect(again.outcome).toBe('accepted');
  } finally {
    await world.close();
  }
}

describe('an error code of a path', () => {
  const paths = [...new Set(Object.values(operations).map(({ path }) => path))].sort();
  const codesOf = (table: object | undefined): number[] => Object.keys(table ?? {}).map(Number);
  const sorted = (codes: Iterable<number>): number[] => [...new Set(codes)].sort((a, b) => a - b);

  it('has a provocation or a reason why there is none', () => {
    expect(Object.keys(provocations).sort()).toEqual(paths);
    for (const path of paths) {
      const table = sorted(
        Object.values(operations)
          .filter((operation) => operation.path === path)
          .flatMap((operation) => codesOf(operation.errors)),
      );
      expect([path, table]).toEqual([path, errorsByPath.get(path)!.codes]);
      const [provoked, named] = [codesOf(provocations[path]), codesOf(unprovoked[path])];
      expect([path, sorted([...provoked, ...named])]).toEqual([path, table]);
      expect(provoked.filter((code) => named.includes(code))).toEqual([]);
      for (const { operation } of Object.values(provocations[path]!)) expect(operation.path).toBe(path);
    }
  });

  for (const [path, table] of Object.entries(provocations)) {
    for (const [code, provocation] of Object.entries(table)) {
      it(`is returned by ${path}: ${code}`, () => provoke(Number(code), provocation, 'form'));
      // A provocation that changes the request on the way supports only forms.
      if (path === 'sys/send.php' && !provocation.options?.fetch)
        it(`is returned by rest/send/: ${code}`, () => provoke(Number(code), provocation, 'json'));
    }
  }

  for (const [why, code, provocation] of refusals.furtherProvocations)
    it(`is returned by ${provocation.operation.path}: ${code}, ${why}`, () =>
      provoke(code, provocation, 'form'));
});
