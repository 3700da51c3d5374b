import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { balance, send, sendList } from '@smsc/protocol';
import { whilePolluted } from '@smsc/testing/pollution';
import { expect, it } from 'vitest';
import { all, virtualLedger } from './ledgers.ts';
import {
  accepted,
  type Step,
  answer,
  delivered,
  input,
  missing,
  reset,
  type Scripted,
  scripted,
} from './script.ts';

/**
 * Names that the language itself reads from objects such as promises and descriptors, even if inherited. No code can
 * work if they are polluted.
 */
const languageNames = new Set([
  'then',
  'get',
  'set',
  'value',
  'done',
  'writable',
  'enumerable',
  'configurable',
  'constructor',
  'return',
  'length',
  'toJSON',
]);

/** Returns every identifier in the sources that a send runs through. */
function namesInSources(): readonly string[] {
  const folders = [
    'src',
    ...['core', 'exchange', 'params', 'replies', 'charsets', 'operations'].map(
      (folder) => `../protocol/src/${folder}`,
    ),
  ];
  const files = folders.flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts'))
      .map((file) => join(folder, file)),
  );
  const names = files.flatMap(
    (file) =>
      readFileSync(file, 'utf8')
        .replace(/\/\*\*[^]*?\*\/|\/\/.*/g, '')
        .match(/[A-Za-z_$][\w$]*/g) ?? [],
  );
  return [...new Set(names)].filter((name) => !languageNames.has(name) && !(name in {}));
}

const values: readonly unknown[] = [
  'connect',
  {
    mayHaveHappened: false,
    kind: 'transport',
    phase: 'connect',
    reason: 'network',
    phones: '79000000000',
    mes: 'stolen',
    cost: 1,
  },
];

const list = { id: 'm1', messages: [{ to: '380501234567', text: 'a' }] };

/** Scenarios that use a client, each with the responses of the transport. */
const uses: Readonly<
  Record<string, { readonly steps: readonly Step[]; readonly run: (setup: Scripted) => Promise<unknown> }>
> = {
  accepted: { steps: [accepted], run: ({ client }) => client.call(send, input) },
  refused: { steps: [answer(7)], run: ({ client }) => client.call(send, input) },
  lost: { steps: [reset(), accepted], run: ({ client }) => client.call(send, input) },
  'lost and found': {
    steps: [reset(), missing, delivered],
    run: async ({ client }) => {
      const sent = await client.call(send, input);
      return sent.outcome === 'unknown' && sent.settle();
    },
  },
  recovered: {
    steps: [missing],
    run: async ({ client }) => {
      const [found] = await all(client.recover({ probe: true, patienceMs: 0 }));
      return found;
    },
  },
  'a list': { steps: [accepted], run: ({ client }) => client.call(sendList, list) },
  balance: { steps: ['{"balance": "1.00"}'], run: ({ client }) => client.call(balance, {}) },
};

it.each(Object.entries(uses))(
  'properties added to Object.prototype do not change a client: %s',
  async (_, { steps, run }) => {
    const seen = async (setup: Scripted, go: () => Promise<unknown> = () => run(setup)): Promise<string> => {
      const ended = await go().catch((error: unknown) => ({
        thrown: (error as Error).name,
        message: (error as Error).message,
      }));
      const { outcome, message, error, code } = Object.assign(
        Object.create(null) as Record<string, { readonly message: string } | undefined>,
        ended,
      );
      return JSON.stringify([
        outcome,
        message,
        error && Object.getOwnPropertyDescriptor(error, 'message')?.value,
        code,
        setup.received.map(({ request }) => [
          request.path,
          request.body.kind === 'text' && request.body.text,
        ]),
      ]);
    };
    const doubt = {
      claim: { id: 'm1', token: 1 },
      operation: 'send',
      to: ['380501234567'],
      account: 'alex',
      certainInMs: 0,
    };
    const setUp = (): Scripted =>
      scripted(
        steps,
        virtualLedger(() => ({ open: () => [doubt], ended: () => true })),
      );
    const clean = await seen(setUp());
    const changed: string[] = [];
    for (const name of namesInSources()) {
      for (const value of values) {
        // Test a client created before the pollution, and one created after it.
        const early = setUp();
        const found = await whilePolluted({ [name]: value }, () => seen(early));
        const late = await whilePolluted({ [name]: value }, () => {
          const setup = setUp();
          return seen(setup);
        }).catch((error: unknown) => String(error));
        for (const each of [found, late])
          if (each !== clean) changed.push(`${name} = ${JSON.stringify(value)}: ${each.slice(0, 160)}`);
      }
    }
    expect([...new Set(changed)].slice(0, 40)).toEqual([]);
  },
);
