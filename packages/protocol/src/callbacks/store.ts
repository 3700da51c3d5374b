import type { Check } from '../core/checks.ts';
import { readOptions } from '../core/options.ts';

/**
 * Store of processed callbacks, used to drop duplicates and late states. Keys are 40 hexadecimal digits, values short ASCII
 * texts; neither contains a message text or a phone number. Values may expire; a duplicate is then processed again.
 *
 * A store that several processes share makes duplicates rare, not impossible: a callback that reaches two processes at
 * the same moment is processed twice.
 */
export interface CallbackStore {
  /** Returns the value of a key, or `undefined` or `null` if there is no value. */
  get(key: string): MaybePromise<string | undefined | null>;
  /** Stores a value. Replaces an earlier value of the same key. */
  set(key: string, value: string): MaybePromise<unknown>;
}

/** A value, or a promise of it. */
export type MaybePromise<Type> = Type | PromiseLike<Type>;

/** Default maximum number of remembered messages. That many messages take about 20 MB at most. */
const defaultLimit = 100_000;

const checkLimit: Check = (value, at) => {
  const valid = Number.isSafeInteger(value) && (value as number) >= 0;
  at.expect(valid, value, 'a whole number, 0 or more');
};

/**
 * Creates a store in memory. Its content is lost when the process ends.
 *
 * @param options `limit`: maximum number of messages, 100,000 by default. The least recently updated messages are
 * dropped first. With 0, no message is remembered
 * @throws {InputError} if the limit is not a whole number, 0 or more
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
