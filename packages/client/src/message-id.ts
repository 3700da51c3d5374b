import { InputError } from '@smsc/protocol';
import { getOwn, isPlain } from '@smsc/protocol/adapter';

/**
 * Adds an id to an input that has none. Without an id, the status of a message could not be queried if the response is
 * lost.
 *
 * @throws {InputError} if `createId` fails or returns no usable id
 */
export function withId(operation: string, input: unknown, createId: () => unknown): unknown {
  // An input that is not a plain object is reported by the operation's own checks.
  if (!isPlain(input) || getOwn(input, 'id') !== undefined) return input;
  let id: unknown;
  try {
    id = createId();
  } catch {
    // `createId` failed. Its error is dropped, because it may contain anything.
  }
  // An id must not consist of digits alone: the gateway assigns such ids itself.
  if (typeof id === 'string' && /\D/.test(id)) return { ...input, id };
  throw new InputError(operation, [
    { path: 'id', message: 'expected createId to return text that is not only digits' },
  ]);
}
