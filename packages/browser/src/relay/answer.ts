import type { SmscError } from '@smsc/protocol';
import type { UnknownRecord } from '@smsc/protocol/adapter';
import type { Failure, RelayResponse, RelayResult } from '../talk.ts';
import { findDates } from './dates.ts';
import { asksAboutMessages } from './input.ts';
import type { AllowedOperation } from './offer.ts';

/** An error by those of its members that say nothing of the server, and of credentials. */
function failureOf(error: SmscError): Failure {
  switch (error.kind) {
    case 'gateway':
      return { kind: 'gateway', code: error.code, meaning: error.meaning };
    case 'unreadable-reply':
      return { kind: 'unreadable-reply', status: error.status };
    case 'transport':
      return { kind: 'transport', phase: error.phase, reason: error.reason };
    case 'invalid-input':
      // What a page gave was valid, so it is what the relay or its client was given.
      return { kind: 'transport', phase: 'connect', reason: 'held-back' };
  }
}

const toBase64 = (bytes: Uint8Array): string => {
  let binary = '';
  for (let at = 0; at < bytes.length; at += 8192)
    binary += String.fromCharCode(...bytes.subarray(at, at + 8192));
  return btoa(binary);
};

/** What the gateway said besides, without money: an amount that could not be read is still one. */
function withoutMoney(extra: UnknownRecord, show: readonly string[] = []): UnknownRecord {
  return Object.fromEntries(
    Object.entries(extra).filter(([name]) => !/^(?:balance|cost)$/i.test(name) || show.includes(name)),
  );
}

/** What a page is told of one object of a result. What the gateway says of a message besides is for its sender alone. */
function shownOf({ operation, show }: AllowedOperation, members: UnknownRecord): UnknownRecord {
  const spends = operation.effect === 'spends';
  const isShown = (name: string): boolean =>
    show ? (show as readonly string[]).includes(name) : !(spends && name === 'balance');
  const shown: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(members))
    if (isShown(name) && name !== 'outcome') shown[name] = value;
  const { extra } = shown;
  if (isObject(extra))
    shown['extra'] = spends ? withoutMoney(extra, show) : asksAboutMessages(operation) && !show ? {} : extra;
  return shown;
}

const isObject = (value: unknown): value is UnknownRecord => typeof value === 'object' && value !== null;

/** Adds the paths of the dates in a result, if it has any. */
function withDates(outcome: 'accepted' | 'done', id: string | undefined, result: unknown): RelayResult {
  const dates = findDates(result);
  return dates.length > 0 ? { outcome, id, result, dates } : { outcome, id, result };
}

/** A result as a page is told of it; of a list each row. */
function toAnswer(
  offer: AllowedOperation,
  outcome: 'accepted' | 'done',
  id: string | undefined,
  result: unknown,
): RelayResponse {
  if (Array.isArray(result))
    return withDates(
      outcome,
      id,
      result.map((row: unknown) => (isObject(row) ? shownOf(offer, row) : row)),
    );
  if (!isObject(result)) return { outcome, id, result };
  const { bytes, ...members } = shownOf(offer, result);
  return bytes instanceof Uint8Array
    ? { ...withDates(outcome, id, members), bytes: toBase64(bytes) }
    : withDates(outcome, id, { ...members, bytes });
}

/** Nobody knows what became of it. */
export const unknownToAnswer = (id: string, reason: 'network' | 'aborted' = 'network'): RelayResponse => ({
  outcome: 'unknown',
  id,
  error: { kind: 'transport', phase: 'sent', reason },
});

/** The error number of a request that came twice within a minute; or of too many at once. */
const twice = 9;

/** What a client came to, of what spends: one of the four outcomes. */
export function outcomeToAnswer(offer: AllowedOperation, id: string, ended: UnknownRecord): RelayResponse {
  const outcome = ended['outcome'] as 'accepted' | 'rejected' | 'not-sent' | 'unknown';
  // The first of the two may be the page's own: a browser that sends again, and a relay that was started anew in between.
  if (outcome === 'rejected' && ended['code'] === twice) return unknownToAnswer(id);
  return outcome === 'accepted'
    ? toAnswer(offer, outcome, id, ended)
    : { outcome, id, error: failureOf(ended['error'] as SmscError) };
}

export const resultToAnswer = (offer: AllowedOperation, result: unknown): RelayResponse =>
  toAnswer(offer, 'done', undefined, result);

/** What was thrown, if it is one of the four errors. */
export const errorOf = (thrown: unknown): SmscError | undefined =>
  ['gateway', 'unreadable-reply', 'transport', 'invalid-input'].includes(
    String((thrown as Partial<SmscError> | null | undefined)?.kind),
  )
    ? (thrown as SmscError)
    : undefined;

/** A failure of what spends nothing. */
export const failureToAnswer = (error: SmscError): RelayResponse => ({
  outcome: 'failed',
  error: failureOf(error),
});

/** A refusal before anything was sent, of what was to be sent after it. */
export const rejectedToAnswer = (id: string, error: SmscError): RelayResponse => ({
  outcome: 'rejected',
  id,
  error: failureOf(error),
});
