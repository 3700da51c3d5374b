import { createJournal } from '../src/index.ts';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { balance, send, sendList } from '@smsc/protocol';
import { whilePolluted } from '@smsc/testing/pollution';
import { expect, it } from 'vitest';
import {
  accepted,
  type Act,
  answer,
  delivered,
  input,
  missing,
  reset,
  type Scripted,
  scripted,
} from './script.ts';

/** Names that promises and property descriptors read from the prototype by the language itself. No code can prevent that. */
const ofTheLanguage = new Set([
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

/** Every name that stands anywhere in the sources that a send goes through. */
function namesInSources(): readonly string[] {
  const folders = [
    'src',
    ...['core', 'exchange', 'params', 'replies', 'charsets', 'operations'].map(
      (room) => `../protocol/src/${room}`,
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
  return [...new Set(names)].filter((name) => !ofTheLanguage.has(name) && !(name in {}));
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

/** Uses of a client, each with the scripted responses. */
const jobs: Readonly<
  Record<string, { readonly acts: readonly Act[]; readonly run: (rig: Scripted) => Promise<unknown> }>
> = {
  accepted: { acts: [accepted], run: ({ client }) => client.call(send, input) },
  refused: { acts: [answer(7)], run: ({ client }) => client.call(send, input) },
  lost: { acts: [reset(), accepted], run: ({ client }) => client.call(send, input) },
  'lost and found': {
    acts: [reset(), missing, delivered],
    run: async ({ client }) => {
      const sent = await client.call(send, input);
      return sent.outcome === 'unknown' && sent.settle();
    },
  },
  recovered: {
    acts: [missing],
    run: async ({ client }) => {
      const [found] = await client.recover({ probe: true, patienceMs: 0 });
      return found;
    },
  },
  'a list': { acts: [accepted], run: ({ client }) => client.call(sendList, list) },
  balance: { acts: ['{"balance": "1.00"}'], run: ({ client }) => client.call(balance, {}) },
};

it.each(Object.entries(jobs))(
  'what something has added to every object changes nothing of a client: %s',
  async (_, { acts, run }) => {
    const seen = async (rig: Scripted, go: () => Promise<unknown> = () => run(rig)): Promise<string> => {
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
        rig.taken.map(({ request }) => [request.path, request.body.kind === 'text' && request.body.text]),
      ]);
    };
    const record = { written: () => undefined, ended: () => undefined };
    const journal = createJournal({
      plan: () => record,
      open: () => [
        { id: 'm1', operation: 'send', to: ['380501234567'], account: 'alex', at: 0, writtenAt: 1, record },
      ],
    });
    const rigOf = (): Scripted => scripted(acts, { journal });
    const clean = await seen(rigOf());
    const changed: string[] = [];
    for (const name of namesInSources()) {
      for (const value of values) {
        // Made before it happened, and after.
        const early = rigOf();
        const found = await whilePolluted({ [name]: value }, () => seen(early));
        const late = await whilePolluted({ [name]: value }, () => {
          const rig = rigOf();
          return seen(rig);
        }).catch((error: unknown) => String(error));
        for (const each of [found, late])
          if (each !== clean) changed.push(`${name} = ${JSON.stringify(value)}: ${each.slice(0, 160)}`);
      }
    }
    expect([...new Set(changed)].slice(0, 40)).toEqual([]);
  },
);
