import { InputError } from '@smsc/protocol';
import { isPlain, getOwn } from '@smsc/protocol/adapter';

/** An input with an id: a message without one could not be asked for when its answer is lost. */
export function withId(operation: string, input: unknown, createId: () => unknown): unknown {
  // What is no plain object is for the check to complain of.
  if (!isPlain(input) || getOwn(input, 'id') !== undefined) return input;
  let id: unknown;
  try {
    id = createId();
  } catch {
    // What was thrown is not ours and can hold anything; or the platform has no random UUIDs.
  }
  // Digits alone are a number to the gateway, and it gives such numbers itself.
  if (typeof id === 'string' && /\D/.test(id)) return { ...input, id };
  throw new InputError(operation, [{ path: 'id', message: 'is needed: createId made none' }]);
}
