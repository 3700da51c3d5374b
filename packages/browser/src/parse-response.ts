import { GatewayError, InputError, type Issue, ReplyError, type WireReply } from '@smsc/protocol';
import type { Refusal, SerializedError, ValuePath } from './relay-protocol.ts';
import { RelayError } from './transport.ts';

/** All members that a `RelayResponse` may have. */
interface ResponseMembers {
  readonly refused?: Refusal;
  readonly message?: string;
  readonly retryAfterMs?: number;
  readonly outcome?: string;
  readonly issues?: readonly Issue[];
  readonly error?: SerializedError;
  result?: unknown;
  readonly bytes?: string;
  readonly dates?: readonly ValuePath[];
  readonly id?: string;
}

type Container = Record<string | number, unknown>;

/** Returns an own member. Throws if there is none. */
function memberOf(container: unknown, step: string | number): unknown {
  if (!Object.hasOwn(container as Container, step)) throw new Error();
  return (container as Container)[step];
}

/** Replaces the ISO 8601 text at a path by a `Date`. Throws if the result has no such path. */
function restoreDate(result: unknown, path: ValuePath): void {
  const last = path.at(-1)!;
  const container = path.slice(0, -1).reduce(memberOf, result) as Container;
  container[last] = new Date(memberOf(container, last) as string);
}

/**
 * Reads the members of a response. Returns an empty object if the body is malformed, or if it does not name the message: it
 * may be the late response to another request.
 */
function readMembers(body: Uint8Array, id: string | undefined): ResponseMembers {
  try {
    const members = { __proto__: null, ...JSON.parse(new TextDecoder().decode(body)) } as ResponseMembers;
    if (members.id !== id) throw new Error();
    if (members.bytes)
      members.result = {
        ...(members.result as object),
        bytes: Uint8Array.from(atob(members.bytes), (character) => character.charCodeAt(0)),
      };
    for (const path of members.dates ?? []) restoreDate(members.result, path);
    return members;
  } catch {
    return { __proto__: null } as ResponseMembers;
  }
}

function toError(operation: string, error: SerializedError): Error {
  if (error.kind === 'gateway')
    return Object.assign(new GatewayError(operation, error.code, error.meaning, undefined), {
      fault: error.fault,
    });
  if (error.kind === 'unreadable-reply') return new ReplyError(operation, error.status, 'gateway to relay');
  const problem = `relay to gateway: ${error.reason}`;
  return new RelayError(operation, problem, error);
}

/**
 * Parses the response of a relay.
 *
 * @param id id of the message, for operations that spend
 * @param isOnlyRequest true if no other request for the message may have succeeded. Otherwise a refusal does not prove that
 *   nothing was sent
 * @returns the result of the operation
 * @throws the error that the relay reports, or a `ReplyError` if the response is not from a relay
 */
export function parseResponse(
  operation: string,
  id: string | undefined,
  { status, body }: WireReply,
  isOnlyRequest: boolean,
): unknown {
  const spends = id !== undefined;
  const { refused, message, retryAfterMs, outcome, issues, error, result } = readMembers(body, id);
  if (status > 399 && refused) {
    // "conflict" means that the id belongs to another message, so no request for this message succeeded.
    const mayHaveHappened = spends && !isOnlyRequest && refused !== 'conflict';
    throw new RelayError(operation, message ?? refused, {
      phase: mayHaveHappened ? 'sent' : 'connect',
      reason: 'held-back',
      refusal: refused,
      retryAfterMs,
    });
  }
  if (status > 399 && outcome === 'invalid' && Array.isArray(issues)) throw new InputError(operation, issues);
  if (status === 200) {
    if (outcome === (spends ? 'accepted' : 'done')) return result;
    if (error) throw toError(operation, error);
  }
  throw new ReplyError(operation, status, 'not from a relay');
}
