import { type Fault, faultOf, type SmscError } from '@smsc/protocol';
import type { UnknownRecord } from '@smsc/protocol/adapter';
import type { RelayResponse, RelayResult, SerializedError } from '../relay-protocol.ts';
import type { AllowedOperation } from './allowed-operation.ts';
import { requestsStatus } from './checks/input.ts';
import { findDates } from './dates.ts';

/**
 * Keeps the members of an error that reveal nothing about the server or the credentials.
 *
 * @param fault fault of a rejected send
 */
function serializeError(error: SmscError, fault?: Fault): SerializedError {
  switch (error.kind) {
    case 'gateway':
      return { kind: 'gateway', code: error.code, meaning: error.meaning, fault };
    case 'unreadable-reply':
      return { kind: 'unreadable-reply', status: error.status };
    case 'transport':
      return { kind: 'transport', phase: error.phase, reason: error.reason };
    case 'invalid-input':
      // The page's input was valid, so the error is about a value of the relay or its client.
      return { kind: 'transport', phase: 'connect', reason: 'held-back' };
  }
}

const toBase64 = (bytes: Uint8Array): string => {
  const chunkLength = 8192;
  let binary = '';
  for (let start = 0; start < bytes.length; start += chunkLength)
    binary += String.fromCharCode(...bytes.subarray(start, start + chunkLength));
  return btoa(binary);
};

const isObject = (value: unknown): value is UnknownRecord => typeof value === 'object' && value !== null;

/** Removes amounts from `extra`, unless `show` lists them. `extra` contains amounts that could not be parsed. */
const withoutAmounts = (extra: UnknownRecord, show: readonly string[] = []): UnknownRecord =>
  Object.fromEntries(
    Object.entries(extra).filter(([name]) => !/^(?:balance|cost)$/i.test(name) || show.includes(name)),
  );

/** Returns the part of `extra` that a page may see. */
function visibleExtra({ operation, show }: AllowedOperation, extra: UnknownRecord): UnknownRecord {
  if (operation.effect === 'spends') return withoutAmounts(extra, show);
  // The `extra` values of a status are meant only for the sender of the message.
  return requestsStatus(operation) && !show ? {} : extra;
}

/** Returns the members of a result, or of one row, that a page may see. */
function visibleMembers(allowed: AllowedOperation, members: UnknownRecord): UnknownRecord {
  const { operation, show } = allowed;
  const isVisible = (name: string): boolean =>
    show
      ? (show as readonly string[]).includes(name)
      : !(operation.effect === 'spends' && name === 'balance');
  const visible: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(members))
    if (isVisible(name) && name !== 'outcome') visible[name] = value;
  const { extra } = visible;
  if (isObject(extra)) visible['extra'] = visibleExtra(allowed, extra);
  return visible;
}

/** Adds the paths of the dates in a result, if it has any. */
function withDates(outcome: RelayResult['outcome'], id: string | undefined, result: unknown): RelayResult {
  const dates = findDates(result);
  return dates.length > 0 ? { outcome, id, result, dates } : { outcome, id, result };
}

/** Creates the response with a result. */
function toResponse(
  allowed: AllowedOperation,
  outcome: RelayResult['outcome'],
  id: string | undefined,
  result: unknown,
): RelayResponse {
  if (Array.isArray(result)) {
    const rows = result.map((row: unknown) => (isObject(row) ? visibleMembers(allowed, row) : row));
    return withDates(outcome, id, rows);
  }
  if (!isObject(result)) return { outcome, id, result };
  const { bytes, ...members } = visibleMembers(allowed, result);
  return bytes instanceof Uint8Array
    ? { ...withDates(outcome, id, members), bytes: toBase64(bytes) }
    : withDates(outcome, id, { ...members, bytes });
}

/** Creates the response for a send whose outcome is unknown. */
export const unknownResponse = (id: string, reason: 'network' | 'aborted' = 'network'): RelayResponse => ({
  outcome: 'unknown',
  id,
  error: { kind: 'transport', phase: 'sent', reason },
});

/** Error code of the gateway for a duplicate message within a minute, and for too many messages at once. */
const duplicateOrTooMany = 9;

/** Creates the response with the outcome of a send. */
export function sendResponse(allowed: AllowedOperation, id: string, sent: UnknownRecord): RelayResponse {
  const outcome = sent['outcome'] as 'accepted' | 'rejected' | 'not-sent' | 'unknown';
  // Before a restart of the relay, an earlier request of the same page may have sent this message. Then this request is only
  // a duplicate.
  if (outcome === 'rejected' && sent['code'] === duplicateOrTooMany) return unknownResponse(id);
  return outcome === 'accepted'
    ? toResponse(allowed, outcome, id, sent)
    : { outcome, id, error: serializeError(sent['error'] as SmscError, sent['fault'] as Fault) };
}

/** Creates the response with the result of an operation that spends nothing. */
export const resultResponse = (allowed: AllowedOperation, result: unknown): RelayResponse =>
  toResponse(allowed, 'done', undefined, result);

/** Returns the value if it is one of the client's four errors. */
export const asSmscError = (thrown: unknown): SmscError | undefined =>
  ['gateway', 'unreadable-reply', 'transport', 'invalid-input'].includes(
    String((thrown as Partial<SmscError> | null | undefined)?.kind),
  )
    ? (thrown as SmscError)
    : undefined;

/** Creates the response for a failed operation that spends nothing. */
export const failureResponse = (error: SmscError): RelayResponse => ({
  outcome: 'failed',
  error: serializeError(error),
});

/** Creates the response for a send whose cost request was rejected by the gateway. */
export const rejectedResponse = (id: string, error: SmscError): RelayResponse => ({
  outcome: 'rejected',
  id,
  error: serializeError(error, error.kind === 'gateway' ? faultOf(error.code, true) : undefined),
});
