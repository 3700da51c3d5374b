import { type Effect, type Operation, type TransportError, type WireRequest } from '@smsc/protocol';
import {
  type CheckedRequestOptions,
  type UnknownRecord,
  ownOperation,
  readOptions,
  writeRequest,
} from '@smsc/protocol/adapter';
import type { Moment } from './clock.ts';
import { type Cancellation, notSent } from './cancellation.ts';
import { type AttemptResult, toAttemptResult } from './attempt-result.ts';
import type { CallInfo } from './interceptor.ts';
import type { JournalRecord } from './journal.ts';
import { withId } from './message-id.ts';
import { callChecks, type CallOptions } from './options.ts';
import { recipientsOf } from './recipients.ts';

/** One call: what was asked, fixed when it is made, and how far it has come. */
export interface Call {
  readonly operation: Operation<unknown, unknown>;
  readonly effect: Effect;
  readonly request: WireRequest;
  readonly info: CallInfo;
  /** Whether the message has an id of its own: only then can it be asked for, or sent again within the minute. */
  readonly hasId: boolean;
  readonly id: string | undefined;
  readonly to: readonly string[];
  readonly options: CallOptions;
  // What changes while it goes on.
  record: JournalRecord | undefined;
  attempts: number;
  host: string | undefined;
  /** When the last attempt left. */
  left: Moment | undefined;
}

/** One attempt of a call, as it passes through the layers. A class, so that every member is its own. */
export class Attempt {
  /** What keeps its place in the gate when it is over. */
  busy: Promise<unknown> | undefined = undefined;
  readonly call: Call;
  readonly ending: Cancellation | undefined;
  /** Whom it is spaced by; `undefined` for none. */
  readonly spacedBy: readonly string[] | undefined;
  /** Whether it may not leave any more. */
  readonly isLate: (() => boolean) | undefined;

  constructor(
    call: Call,
    ending: Cancellation | undefined,
    spacedBy?: readonly string[],
    isLate?: () => boolean,
  ) {
    this.call = call;
    this.ending = ending;
    this.spacedBy = spacedBy;
    this.isLate = isLate;
  }
}

/** Makes an attempt, or the rest of one. Resolves, whatever comes of it. */
export type Step = (attempt: Attempt) => Promise<AttemptResult>;

/** A step around another. */
export type Layer = (next: Step) => Step;

const gaveUp = ({ effect, info }: Call, problem: string, reason: TransportError['reason']): AttemptResult =>
  toAttemptResult(effect, notSent(info.operation, problem, reason));

/** What comes of a call that something of ours keeps from leaving. */
export const held = (call: Call, why: string): AttemptResult =>
  gaveUp(call, `held back: ${why}`, 'held-back');

/** What comes of a call or an attempt that has not begun. */
export const idle = (call: Call, ending: Cancellation | undefined): AttemptResult =>
  ending?.aborted
    ? gaveUp(call, `${ending.reason} while it waited`, ending.reason)
    : held(call, 'by an interceptor');

const none = { __proto__: null } as CallOptions;

/** Options for writing requests. */
export interface Writing {
  /** For operations that have a path for JSON. */
  readonly rest: CheckedRequestOptions;
  /** For all others, which are always sent as a form. */
  readonly form: CheckedRequestOptions;
  readonly createId: () => string;
}

/**
 * Checks the input and the options of a call, and writes the request.
 *
 * @throws {InputError} with every issue
 */
export function openCall(
  given: Operation<unknown, unknown>,
  what: unknown,
  callOptions: CallOptions | undefined,
  { rest, form, createId }: Writing,
): Call {
  const operation = ownOperation(given);
  const { name, effect } = operation;
  const options = callOptions === undefined ? none : readOptions(name, callOptions, callChecks);
  const hasId = effect === 'spends' && Object.hasOwn(operation.fields, 'id');
  const input = hasId ? withId(name, what, createId) : what;
  const request = writeRequest(operation, input, operation.restPath ? rest : form);
  const id = hasId ? String((input as UnknownRecord)['id']) : undefined;
  const to = hasId ? recipientsOf(input) : [];
  return {
    operation,
    effect,
    request,
    info: { operation: name, effect, id },
    hasId,
    id,
    to,
    options,
    record: undefined,
    attempts: 0,
    host: undefined,
    left: undefined,
  };
}
