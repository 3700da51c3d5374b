import { inspect } from 'node:util';
import { unwrap } from '@smsc/client';
import type { SmscOptions } from '@smsc/fetch';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { operations } from '../../../packages/protocol/test/operations.ts';
import { apiKey, password } from '../src/marks.ts';
import { leaksOf } from '../src/scan.ts';
import { carriers, type Client } from './carriers.ts';
import { everyFailure, type FailingServer } from './failures.ts';
import { few, messages, oneOfEach, type Sample } from './inputs.ts';
import { ledgerFiles, records } from './records.ts';

let servers: readonly FailingServer[] = [];
beforeAll(async () => void (servers = await everyFailure()));
afterAll(() => Promise.all(servers.map(({ close }) => close())));

/** Timeout in ms: short if no response will come. Otherwise long enough for a response on a busy machine. */
const timeoutOf = (failure: string): number => (/never/.test(failure) ? 300 : 30_000);

const limits: Partial<SmscOptions> = { maxReplyBytes: 100_000, retries: 0, breaker: false, maxInFlight: 14 };

/**
 * Returns what the caller of a failed call can see: the error thrown, or the outcome, its error and its settled outcome.
 * Returns nothing for a success, because a result belongs to the caller.
 */
async function seenByCaller(call: () => Promise<unknown>): Promise<readonly unknown[]> {
  let outcome: unknown;
  try {
    outcome = await call();
  } catch (error) {
    return [error];
  }
  const { outcome: kind, settle } = outcome as {
    readonly outcome?: string;
    readonly settle?: (options: object) => Promise<unknown>;
  };
  if (kind === undefined || kind === 'accepted') return [];
  const thrown = await Promise.resolve()
    .then(() => unwrap(outcome as never))
    .catch((error: unknown) => error);
  return [outcome, thrown, await settle?.({ patienceMs: 0, probe: true })];
}

/** Returns the leaks of a client that makes a call for each sample: in results, in the client itself and in its records. */
async function leaksOfClient(
  create: (options: SmscOptions) => Client,
  failure: string,
  options: SmscOptions,
  samples: readonly Sample[],
): Promise<readonly string[]> {
  const { options: recorded, kept } = records();
  const smsc = create({ ...options, ...limits, timeoutMs: timeoutOf(failure), ...recorded } as SmscOptions);
  const leaks: string[] = [];
  await Promise.all(
    samples.map(async ({ operation, input }) => {
      for (const seen of await seenByCaller(() => smsc.call(operation, input))) {
        leaks.push(...leaksOf(seen, operation.name));
        if (/'timeout'/.test(inspect(seen)) && !/never/.test(failure))
          leaks.push(`${operation.name} timed out unexpectedly`);
      }
    }),
  );
  return [...leaks, ...leaksOf(smsc, 'the client'), ...leaksOf(await kept(), 'a record')];
}

describe('the sample inputs', () => {
  it('cover every operation and every kind of message', () => {
    expect(oneOfEach.map(({ operation }) => operation.name).sort()).toEqual(
      Object.values(operations)
        .map(({ name }) => name)
        .sort(),
    );
    expect(messages.length).toBeGreaterThan(10);
  });
});

describe.each(carriers)('a client over %s', (name, create) => {
  // The client handles failures in the same way for all transports. So only one transport runs every sample, and all others
  // run a few.
  const all = name === carriers[0]![0];

  it.each(['a password', 'a key'] as const)(
    'shows %s, phone numbers and texts in no error, outcome, log or record, whatever fails',
    async (kind) => {
      const credentials =
        kind === 'a key' ? { apiKey: apiKey.value } : { login: 'canary', password: password.value };
      const samples = kind === 'a key' || !all ? few : [...oneOfEach, ...messages];
      expect(servers.length).toBeGreaterThan(30);
      const leaks = await Promise.all(
        servers.map(async ({ failure, host }) => {
          const form = await leaksOfClient(create, failure, { ...credentials, host }, samples);
          const asJson = await leaksOfClient(
            create,
            failure,
            { ...credentials, host, body: 'json' },
            messages.slice(-2),
          );
          return [...form, ...asJson].map((leak) => `${failure}: ${leak}`);
        }),
      );
      expect(leaks.flat()).toEqual([]);
      // Takes half a minute on an idle machine. Other tests may run at the same time.
    },
    240_000,
  );

  it('shows no secret if a call is cancelled before it starts or while it runs', async () => {
    const leaks = await Promise.all(
      oneOfEach.flatMap(({ operation, input }) =>
        [0, 20].map(async (ms) => {
          const smsc = create({
            apiKey: apiKey.value,
            host: servers.find(({ failure }) => failure === 'headers never come')!.host,
            ...limits,
            timeoutMs: timeoutOf('never'),
          } as SmscOptions);
          const signal = ms === 0 ? AbortSignal.abort(new Error(password.value)) : AbortSignal.timeout(ms);
          const seen = await seenByCaller(() => smsc.call(operation, input, { signal }));
          return seen.flatMap((each) => leaksOf(each, operation.name));
        }),
      ),
    );
    expect(leaks.flat()).toEqual([]);
  });
});

describe('the ledger file of all clients', () => {
  it('contains no secret, phone number or text', () => {
    const files = ledgerFiles();
    expect(files.join('').length).toBeGreaterThan(100_000);
    expect(files.flatMap((file) => leaksOf(file, 'the file'))).toEqual([]);
  });
});
