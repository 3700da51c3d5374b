import type { Check } from '../core/checks.ts';
import { readOptions } from '../core/options.ts';

/**
 * Remembers which pushes were taken, so that repeats and late states are dropped. Keys are 40 hexadecimal digits, values
 * short ASCII texts; neither holds a text or a number of anybody's. Values may be forgotten after a while: what is
 * forgotten is passed on once more.
 *
 * With several processes, one store for all of them makes repeats rare, not impossible: a push that comes to two at the
 * same moment is passed on twice.
 */
export interface CallbackStore {
  /** What was set; `undefined` or `null` for what never was, or was forgotten. */
  get(key: string): MaybePromise<string | undefined | null>;
  set(key: string, value: string): MaybePromise<unknown>;
}

export type MaybePromise<Type> = Type | PromiseLike<Type>;

/** Messages that are remembered unless another limit is given: some 20 MB at most. */
const defaultLimit = 100_000;

const checkLimit: Check = (value, at) => {
  const valid = Number.isSafeInteger(value) && (value as number) >= 0;
  at.expect(valid, value, 'a whole number, 0 or more');
};

/**
 * Remembers in memory, as long as the process lives.
 *
 * @param options `limit`: how many messages at most, 100,000 by default; those that nothing was heard of for longest are
 *   forgotten first. 0 remembers none
 * @throws {InputError}
 */
export function memoryStore(options: { readonly limit?: number | undefined } = {}): CallbackStore {
  const { limit = defaultLimit } = readOptions('memoryStore', options, { limit: checkLimit });
  const values = new Map<string, string>();
  return {
    get: (key) => values.get(key),
    set: (key, value) => {
      values.delete(key);
      values.set(key, value);
      for (const oldest of values.keys()) {
        if (values.size <= limit) break;
        values.delete(oldest);
      }
    },
  };
}
