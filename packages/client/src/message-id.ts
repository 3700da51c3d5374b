import { InputError, isPlain } from '@smsc/protocol';

/** What came of calling `createId`, or of the platform's want of random UUIDs. */
function newId(operation: string, createId: () => unknown): string {
  try {
    const id = createId();
    // Digits alone are a number to the gateway, and it gives such numbers itself.
    if (typeof id === 'string' && /\D/.test(id)) return id;
  } catch {
    // What was thrown is not ours and can hold anything.
  }
  throw new InputError(operation, [{ path: 'id', message: 'is needed: createId made none' }]);
}

/** An input with an id: a message without one could not be asked for when its answer is lost. */
export function withId(operation: string, input: unknown, createId: () => unknown): unknown {
  // What is no plain object is for the check to complain of.
  if (!isPlain(input) || (Object.hasOwn(input, 'id') && input['id'] !== undefined)) return input;
  return { ...input, id: newId(operation, createId) };
}
