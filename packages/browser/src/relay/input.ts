import { check, type Issue } from '@smsc/protocol';
import type { UnknownRecord } from '@smsc/protocol/adapter';
import type { AskedEffect } from '../talk.ts';
import { messagesOf } from './messages.ts';
import type { AllowedOperation } from './offer.ts';
import { Refused } from './refused.ts';
import type { RelayedCall } from './unpack.ts';
import { wrongNumbersOf } from './wrong-numbers.ts';

/** What pages make up: the platform's random UUIDs. */
const uuid = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i;

/** Short names that look like names can be told; others may be a text by mistake. */
const shown = (name: string): string => (/^[A-Za-z]\w{0,39}$/.test(name) ? name : 'a member');

/** What each message of a list is made of: whoever lists `messages` has listed these. */
const ofMessages: readonly string[] = ['to', 'text', 'id', 'phone'];

/**
 * What a page gave, if it gave nothing but what is listed. A message of a list may have a sender of its own, and more:
 * that has to be listed as well, and what the relay sets nobody else can.
 */
export function pick({ members = [], set = {} }: AllowedOperation, { input }: RelayedCall): UnknownRecord {
  const names: readonly string[] = members;
  const refuse = (name: string): Refused =>
    new Refused('not-listed', `${shown(name)} is not among what a page may give`);
  for (const name of Object.keys(input)) if (!names.includes(name)) throw refuse(name);
  for (const message of messagesOf(input)) {
    for (const name of Object.keys(message))
      if (Object.hasOwn(set, name) || !(names.includes(name) || ofMessages.includes(name)))
        throw refuse(name);
  }
  return input;
}

/** What a page has to take an operation for: of what spends it has to know whether its id gets to the gateway. */
export const effectOf = ({ effect, fields }: AllowedOperation['operation']): AskedEffect =>
  effect === 'spends' && !Object.hasOwn(fields, 'id') ? 'makes' : effect;

/** The message's id, of what spends. */
export function readId(
  { operation, members = [] }: AllowedOperation,
  { id }: RelayedCall,
): string | undefined {
  if (operation.effect !== 'spends') return undefined;
  if (id === undefined || !((members as readonly string[]).includes('id') || uuid.test(id)))
    throw new Refused('not-listed', 'the id is none that a page may give');
  return id;
}

/** Whether it asks about messages by their ids, and by the numbers that they went to. */
export const asksAboutMessages = ({ path }: AllowedOperation['operation']): boolean =>
  path === 'sys/status.php';

/** Refuses to ask about ids that can be guessed: whoever knows a number and counts could follow what others are sent. */
export function checkAsked({ operation, anyId = false }: AllowedOperation, input: UnknownRecord): void {
  if (anyId || !asksAboutMessages(operation)) return;
  const ids = [input, ...messagesOf(input)].map(({ id }) => id).filter((id) => id !== undefined);
  if (!ids.every((id) => typeof id === 'string' && uuid.test(id)))
    throw new Refused('not-listed', 'the id is none that a page may ask about');
}

/** Of what spends: what a page asks by when it finds out what became of it. */
const askedBy: readonly string[] = ['id', 'to', 'messages'];

/**
 * Refuses what a guard adds in place of what the page gave: the page would ask about that, and take the gateway's «there is
 * no such message» for a proof. Of what it did not give it asks nothing.
 */
export function checkAdded(
  { operation }: AllowedOperation,
  given: UnknownRecord,
  added: UnknownRecord,
): void {
  if (effectOf(operation) !== 'spends') return;
  const changed = askedBy.find(
    (name) =>
      Object.hasOwn(added, name) &&
      (name === 'id' || (Object.hasOwn(given, name) && added[name] !== given[name])),
  );
  if (changed !== undefined) throw new Refused('not-listed', `${changed} is not among what a guard may add`);
}

/** The whole input: what the page gave, what the relay sets, and the id where there is one. */
export const compose = (
  { operation, set }: AllowedOperation,
  given: UnknownRecord,
  id: string | undefined,
): UnknownRecord => ({
  __proto__: null,
  ...given,
  ...set,
  ...(id !== undefined && Object.hasOwn(operation.fields, 'id') ? { id } : {}),
});

/** What there is to say of an input, before anything else is asked about it. */
export function issuesOf({ operation }: AllowedOperation, input: UnknownRecord): readonly Issue[] {
  const issues = check(operation, input as never);
  return issues.length > 0 ? issues : wrongNumbersOf(operation, input);
}
