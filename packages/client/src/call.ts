import type { Effect, Operation, TransportError, WireRequest } from '@smsc/protocol';
import {
  type CheckedRequestOptions,
  ownOperation,
  readOptions,
  type UnknownRecord,
  writeRequest,
} from '@smsc/protocol/adapter';
import { type AttemptResult, toAttemptResult } from './attempt-result.ts';
import type { CallInfo } from './interceptor.ts';
import { withId } from './message-id.ts';
import { callChecks, type CallOptions } from './call-options.ts';
import { type Cancellation, notSent } from './state/cancellation.ts';
import type { Moment } from './state/clock.ts';

/** The journal's record of one send. */
export interface SendRecord {
  /** Records that a request is about to be sent. If that fails, the request must not be sent. */
  written(): void | Promise<void>;
  /**
   * Records the outcome. Gives up when the cancellation fires. If it cannot be written, the send stays open and will be
   * settled again.
   */
  ended(outcome: AttemptResult['outcome'], cancellation?: Cancellation): Promise<unknown> | undefined;
}

/** One call. The upper members are fixed when it is made; the lower ones change while it runs. */
export interface Call {
  readonly operation: Operation<unknown, unknown>;
  readonly effect: Effect;
  readonly request: WireRequest;
  /** Description of the call for interceptors. */
  readonly info: CallInfo;
  /** True for messages. Only what has an id can be asked about, or sent again within the minute. */
  readonly hasId: boolean;
  readonly id: string | undefined;
  /** Recipients as the request names them, each once; a group is `G5`. Empty if the call is not a message. */
  readonly to: readonly string[];
  readonly options: CallOptions;
  /** Fires when the caller's signal does, or when the time limit of the call has passed. */
  cancellation: Cancellation | undefined;
  /** The journal's record of it. */
  record: SendRecord | undefined;
  /** Number of attempts so far. */
  attempts: number;
  /** Host of the latest attempt. */
  host: string | undefined;
  /** When the latest request was sent. */
  sentAt: Moment | undefined;
}

/** One attempt of a call, as it passes through the layers. A class, so that every member is an own property. */
export class Attempt {
  readonly call: Call;
  readonly cancellation: Cancellation | undefined;
  /** Recipients that count in the throttle; `undefined` if the attempt does not count. */
  readonly throttled: readonly string[] | undefined;
  /** True if the attempt must not be sent any more. */
  readonly isLate: (() => boolean) | undefined;
  /** Work that keeps the attempt's slot after it has ended. */
  pending: Promise<unknown> | undefined = undefined;

  constructor(
    call: Call,
    cancellation: Cancellation | undefined,
    throttled?: readonly string[],
    isLate?: () => boolean,
  ) {
    this.call = call;
    this.cancellation = cancellation;
    this.throttled = throttled;
    this.isLate = isLate;
  }
}

/** Makes an attempt, or the rest of one. Never rejects. */
export type AttemptStep = (attempt: Attempt) => Promise<AttemptResult>;

/** Wraps a step. */
export type AttemptLayer = (next: AttemptStep) => AttemptStep;

const notSentResult = (
  { effect, info }: Call,
  problem: string,
  reason: TransportError['reason'],
): AttemptResult => toAttemptResult(effect, notSent(info.operation, problem, reason));

/** Creates the result of a call that the client itself keeps from being sent. */
export const heldBack = (call: Call, why: string): AttemptResult =>
  notSentResult(call, `held back: ${why}`, 'held-back');

/** Creates the result of a call or attempt that was cancelled, or held back by an interceptor, before it was sent. */
export const neverStarted = (call: Call, cancellation: Cancellation | undefined): AttemptResult =>
  cancellation?.aborted
    ? notSentResult(call, `${cancellation.reason} while it waited`, cancellation.reason)
    : heldBack(call, 'by an interceptor');

/** Options of a call made without any. */
const noCallOptions = { __proto__: null } as CallOptions;

/** Settings that all requests of a client are written with. */
export interface RequestSettings {
  /** For operations that can be sent as JSON to `rest/send/`. */
  readonly rest: CheckedRequestOptions;
  /** For all others, which are always sent as a form. */
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
  const { request, recipients } = writeRequest(operation, input, operation.restPath ? rest : form);
  const id = hasId ? String((input as UnknownRecord)['id']) : undefined;
  return {
    operation,
    effect,
    request,
    info: { operation: name, effect, id },
    hasId,
    id,
    to: hasId ? [...new Set(recipients)] : [],
    options,
    cancellation: undefined,
    record: undefined,
    attempts: 0,
    host: undefined,
    sentAt: undefined,
  };
}
