import { check, type Issue } from '@smsc/protocol';
import type { UnknownRecord } from '@smsc/protocol/adapter';
import type { AllowedOperation } from '../allowed-operation.ts';
import type { RelayedCall } from '../parse-request.ts';
import { RefusalError } from '../refusal.ts';
import type { PageEffect } from '../../relay-protocol.ts';
import { findInvalidNumbers } from './invalid-numbers.ts';
import { messagesOf } from './list-messages.ts';

/** Matches the ids that pages create: random UUIDs of the platform. */
const uuid = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i;

/**
 * Returns a name if it is short and looks like an identifier. Any other name may be a text or a phone number, so it is not
 * shown.
 */
const showName = (name: string): string => (/^[A-Za-z]\w{0,39}$/.test(name) ? name : 'a member');

/** Members of a message in `messages` that a page may always give. */
const messageMembers: readonly string[] = ['to', 'text', 'id', 'phone'];

const notAllowed = (name: string): RefusalError =>
  new RefusalError('not-listed', `${showName(name)} is not among the members that a page may give`);

/**
 * Checks that a page gave only listed members. The members of each message in `messages` must also be listed, and must not
 * replace members that the relay sets.
 */
export function checkMembers({ members = [], set = {} }: AllowedOperation, { input }: RelayedCall): void {
  const allowed: readonly string[] = members;
  for (const name of Object.keys(input)) if (!allowed.includes(name)) throw notAllowed(name);
  for (const message of messagesOf(input)) {
    for (const name of Object.keys(message))
      if (Object.hasOwn(set, name) || !(allowed.includes(name) || messageMembers.includes(name)))
        throw notAllowed(name);
  }
}

/**
 * Returns the effect that a page has to expect. An operation that spends but sends no id to the gateway is
 * `spends-without-id`: the page cannot request its status.
 */
export const effectOf = ({ effect, fields }: AllowedOperation['operation']): PageEffect =>
  effect === 'spends' && !Object.hasOwn(fields, 'id') ? 'spends-without-id' : effect;

/** Reads the id of the message, for operations that spend. */
export function readId(
  { operation, members = [] }: AllowedOperation,
  { id }: RelayedCall,
): string | undefined {
  if (operation.effect !== 'spends') return undefined;
  if (id === undefined || !((members as readonly string[]).includes('id') || uuid.test(id)))
    throw new RefusalError('not-listed', 'a page may not choose this id: expected a UUID');
  return id;
}

/** Tells whether an operation requests the status of messages. Its input names each message by id and recipient. */
export const requestsStatus = ({ path }: AllowedOperation['operation']): boolean => path === 'sys/status.php';

/**
 * Refuses status requests for ids that can be guessed: a visitor could try ids one by one and read the statuses of other
 * people's messages.
 */
export function checkStatusIds({ operation, anyId = false }: AllowedOperation, input: UnknownRecord): void {
  if (anyId || !requestsStatus(operation)) return;
  const ids = [input, ...messagesOf(input)].map(({ id }) => id).filter((id) => id !== undefined);
  if (!ids.every((id) => typeof id === 'string' && uuid.test(id)))
    throw new RefusalError('not-listed', 'a page may not request the status of this id: expected a UUID');
}

/** Members that a page uses to request the status of a send. */
const settledBy: readonly string[] = ['id', 'to', 'messages'];

/**
 * Refuses an `id` from a guard, and a `to` or `messages` that replaces the value of the page. The page would request the
 * status with its own values, and take "not found" as proof that nothing was sent.
 */
export function checkAdded(
  { operation }: AllowedOperation,
  given: UnknownRecord,
  added: UnknownRecord,
): void {
  if (effectOf(operation) !== 'spends') return;
  const changed = settledBy.find(
    (name) =>
      Object.hasOwn(added, name) &&
      (name === 'id' || (Object.hasOwn(given, name) && added[name] !== given[name])),
  );
  if (changed !== undefined)
    throw new RefusalError('not-listed', `${changed} is not among the members that a guard may add`);
}

/**
 * Builds the whole input: the members that the page gave, the members that the relay sets, and the id, if the operation has an
 * id.
 */
export const buildInput = (
  { operation, set }: AllowedOperation,
  given: UnknownRecord,
  id: string | undefined,
): UnknownRecord => ({
  __proto__: null,
  ...given,
  ...set,
  ...(id !== undefined && Object.hasOwn(operation.fields, 'id') ? { id } : {}),
});

/**
 * Returns the issues that the operation finds in an input. If there are none, returns an issue for each impossible phone
 * number.
 */
export function findIssues({ operation }: AllowedOperation, input: UnknownRecord): readonly Issue[] {
  const issues = check(operation, input as never);
  return issues.length > 0 ? issues : findInvalidNumbers(operation, input);
}
