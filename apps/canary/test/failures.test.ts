import { inspect } from 'node:util';
import { unwrap } from '@smsc/client';
import type { SmscOptions } from '@smsc/fetch';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { operations } from '../../../packages/protocol/test/operations.ts';
import { apiKey, password } from '../src/marks.ts';
import { leaksOf } from '../src/scan.ts';
import { carriers, type Client } from './carriers.ts';
import { everyFailure, type Somebody } from './failures.ts';
import { few, messages, oneOfEach, type Sample } from './inputs.ts';
import { records } from './records.ts';

let somebody: readonly Somebody[] = [];
beforeAll(async () => void (somebody = await everyFailure()));
afterAll(() => Promise.all(somebody.map(({ close }) => close())));

/** A request that gets no answer is given up soon, and every other not before it has one, however busy the machine is. */
const timeoutOf = (failure: string): number => (/never/.test(failure) ? 300 : 30_000);

const limits: Partial<SmscOptions> = { maxReplyBytes: 100_000, retries: 0, breaker: false, maxInFlight: 14 };

/** What a call came to, as an outcome, thrown, and settled. A result is whatever the gateway has, and is the caller's. */
async function fateOf(call: () => Promise<unknown>): Promise<readonly unknown[]> {
  let fate: unknown;
  try {
    fate = await call();
  } catch (error) {
    return [error];
  }
  const { outcome, settle } = fate as {
    readonly outcome?: string;
    readonly settle?: (options: object) => Promise<unknown>;
  };
  if (outcome === undefined || outcome === 'accepted') return [];
  const thrown = await Promise.resolve()
    .then(() => unwrap(fate as never))
    .catch((error: unknown) => error);
  return [fate, thrown, await settle?.({ patienceMs: 0, probe: true })];
}

/** All that can be seen of a client that asks for all of these. */
async function seenOf(
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
      for (const what of await fateOf(() => smsc.call(operation, input))) {
        leaks.push(...leaksOf(what, operation.name));
        if (/'timeout'/.test(inspect(what)) && !/never/.test(failure))
          leaks.push(`${operation.name} has not come so far`);
      }
    }),
  );
  return [...leaks, ...leaksOf(smsc, 'the client'), ...leaksOf(await kept(), 'a record')];
}

describe('the samples', () => {
  it('are of every operation, and of every kind of message', () => {
    expect(oneOfEach.map(({ operation }) => operation.name).sort()).toEqual(
      Object.values(operations)
        .map(({ name }) => name)
        .sort(),
    );
    expect(messages.length).toBeGreaterThan(10);
  });
});

describe.each(carriers)('over %s', (carrier, create) => {
  // What is made of a failure is the same whatever carries, so one of them carries all there is, and the others a few.
  const all = carrier === carriers[0]![0];

  it.each(['a password', 'a key'] as const)(
    'nothing that is thrown, returned, logged or recorded shows %s, a number or a text, whatever fails',
    async (who) => {
      const credentials =
        who === 'a key' ? { apiKey: apiKey.value } : { login: 'canary', password: password.value };
      const samples = who === 'a key' || !all ? few : [...oneOfEach, ...messages];
      expect(somebody.length).toBeGreaterThan(30);
      const leaks = await Promise.all(
        somebody.map(async ({ failure, host }) => {
          const form = await seenOf(create, failure, { ...credentials, host }, samples);
          const asJson = await seenOf(
            create,
            failure,
            { ...credentials, host, body: 'json' },
            messages.slice(-2),
          );
          return [...form, ...asJson].map((leak) => `${failure}: ${leak}`);
        }),
      );
      expect(leaks.flat()).toEqual([]);
      // Half a minute alone, and everything else may be tested beside it.
    },
    240_000,
  );

  it('nor when a call is called off, before or while it is on its way', async () => {
    const leaks = await Promise.all(
      oneOfEach.flatMap(({ operation, input }) =>
        [0, 20].map(async (ms) => {
          const smsc = create({
            apiKey: apiKey.value,
            host: somebody.find(({ failure }) => failure === 'headers never come')!.host,
            ...limits,
            timeoutMs: timeoutOf('never'),
          } as SmscOptions);
          const signal = ms === 0 ? AbortSignal.abort(new Error(password.value)) : AbortSignal.timeout(ms);
          const fates = await fateOf(() => smsc.call(operation, input, { signal }));
          return fates.flatMap((what) => leaksOf(what, operation.name));
        }),
      ),
    );
    expect(leaks.flat()).toEqual([]);
  });
});
