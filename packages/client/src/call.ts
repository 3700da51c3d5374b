import type { Effect, Operation, TransportError, WireRequest } from '@smsc/protocol';
import {
  type CheckedRequestOptions,
  ownOperation,
  readOptions,
  type RequestParts,
  type UnknownRecord,
  writeRequest,
} from '@smsc/protocol/adapter';
import { type AttemptResult, toAttemptResult } from './attempt-result.ts';
import type { CallInfo } from './interceptor.ts';
import { withId } from './message-id.ts';
import { callChecks, type CallOptions } from './call-options.ts';
import type { FoundOutcome, Unknown } from './outcome.ts';
import type { Cancellation } from './state/cancellation.ts';
import { notSent } from './transport-error.ts';
import type { Moment } from './state/clock.ts';

/** The ledger's record of one send. */
export interface SendRecord {
  /**
   * Records that a request is about to be sent. Resolves to `false` if another client has taken the send over. If
   * recording fails or resolves to `false`, the request must not be sent.
   */
  written(): boolean | Promise<boolean>;
  /** Called with the result of each attempt, before interceptors see it. */
  answered(result: AttemptResult): void;
  /** Time from now until the gateway's answer "no such message" proves that nothing was sent, in milliseconds. */
  readonly certainInMs: number;
  /** Records what `settle()` found. Resolves to `false` if the finding must not be reported. */
  confirm(found: FoundOutcome, cancellation: Cancellation): Promise<boolean>;
  /** Returns a `settle()` that asks the ledger first. */
  wrap(settle: Unknown['settle']): Unknown['settle'];
}

/** State of one call. The readonly members are set when the call is created; the others change while it runs. */
export interface Call {
  readonly operation: Operation<unknown, unknown>;
  readonly effect: Effect;
  readonly request: WireRequest;
  /** Description of the call for interceptors. */
  readonly info: CallInfo;
  /** True for messages: operations that spend money and have an `id` field. Only messages can be settled or sent again. */
  readonly hasId: boolean;
  readonly id: string | undefined;
  /** True if the client created the id. */
  readonly temporary: boolean;
  /** Parameters and files of the request. */
  readonly parts: RequestParts;
  /** Recipients as written in the request, without duplicates; group 5 is `G5`. Empty if the call is not a message. */
  readonly to: readonly string[];
  readonly options: CallOptions;
  /** Fires when the caller's signal is aborted, or when the time limit of the call has passed. */
  cancellation: Cancellation | undefined;
  /** The ledger's record of the call. `undefined` without a ledger. */
  record: SendRecord | undefined;
  /** Number of attempts so far. */
  attempts: number;
  /** Host of the latest attempt. */
  host: string | undefined;
  /** Time of the latest request. */
  sentAt: Moment | undefined;
}

/** One attempt of a call, as it passes through the layers. Every member is an own property, so that none is inherited. */
export interface Attempt {
  readonly call: Call;
  readonly cancellation: Cancellation | undefined;
  /** Returns true once it is too late to send the attempt. `undefined` unless the attempt sends a message again. */
  readonly isLate: (() => boolean) | undefined;
  /** Work that keeps the attempt's slot occupied after the attempt has ended: a running probe. */
  pending: Promise<unknown> | undefined;
}

/** A step of an attempt: runs the remaining layers and sends the request. Never rejects. */
export type AttemptStep = (attempt: Attempt) => Promise<AttemptResult>;

/** Wraps the next step, to do something before or after it. */
export type AttemptLayer = (next: AttemptStep) => AttemptStep;

const notSentResult = (
  { effect, info }: Call,
  problem: string,
  reason: TransportError['reason'],
): AttemptResult => toAttemptResult(effect, notSent(info.operation, problem, reason));

/** Creates the result of a call that the client decided not to send. */
export const heldBack = (call: Call, why: string): AttemptResult =>
  notSentResult(call, `held back: ${why}`, 'held-back');

/** Creates the result of a call or attempt that was cancelled, or held back by an interceptor, before it was sent. */
export const neverStarted = (call: Call, cancellation: Cancellation | undefined): AttemptResult =>
  cancellation?.aborted
    ? notSentResult(call, `${cancellation.reason} while waiting`, cancellation.reason)
    : heldBack(call, 'by an interceptor');

/** Options used if the caller passes none. */
const noCallOptions = { __proto__: null } as CallOptions;

/** Settings for writing the requests of a client. */
export interface RequestSettings {
  /** Settings for operations that can be sent as JSON to `rest/send/`. */
  readonly rest: CheckedRequestOptions;
  /** Settings for operations that are always sent as a form. */
  readonly form: CheckedRequestOptions;
  readonly createId: () => string;
}

/**
 * Checks the input and the options of a call, and writes its request.
 *
 * @throws {InputError} with every issue
 */
export function openCall(
  given: Operation<unknown, unknown>,
  givenInput: unknown,
  callOptions: CallOptions | undefined,
  { rest, form, createId }: RequestSettings,
): Call {
  const operation = ownOperation(given);
  const { name, effect } = operation;
  const options = callOptions === undefined ? noCallOptions : readOptions(name, callOptions, callChecks);
  const hasId = effect === 'spends' && Object.hasOwn(operation.fields, 'id');
  const input = hasId ? withId(name, givenInput, createId) : givenInput;
  const { request, parts } = writeRequest(operation, input, operation.restPath ? rest : form);
  const id = hasId ? String((input as UnknownRecord)['id']) : undefined;
  return {
    operation,
    effect,
    request,
    info: { operation: name, effect, id },
    hasId,
    id,
    temporary: input !== givenInput,
    parts,
    to: hasId ? [...new Set(parts.recipients)] : [],
    options,
    cancellation: undefined,
    record: undefined,
    attempts: 0,
    host: undefined,
    sentAt: undefined,
  };
}
