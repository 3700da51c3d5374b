import type { Clock } from '@smsc/client';
import type { UnknownRecord } from '@smsc/protocol/adapter';
import { messageKey, relayHeader, type RelayResponse } from '../relay-protocol.ts';
import type { AllowedOperation } from './allowed-operation.ts';
import {
  buildInput,
  checkAdded,
  checkMembers,
  checkStatusIds,
  effectOf,
  findIssues,
  readId,
} from './checks/input.ts';
import { checkSize } from './checks/size.ts';
import { checkTexts } from './checks/texts.ts';
import type { RelayContext } from './context.ts';
import { Deadline } from './deadline.ts';
import { askGuard } from './guard.ts';
import { isForm, maxJsonBytes } from './parse-form.ts';
import { parseRequest, type RelayedCall } from './parse-request.ts';
import { readRequestBody } from './read-body.ts';
import { InvalidInputError, RefusalError, toErrorResponse, toHttpResponse } from './refusal.ts';
import { RelayLimits } from './relay-limits.ts';
import type { RelaySettings } from './relay-options.ts';
import { unknownResponse } from './response.ts';
import { runReading, runSpending } from './run-operation.ts';
import { SendRegistry } from './send-registry.ts';
import { plainAddress } from './visitor-address.ts';

/** Matches the relay header of a request that spends: the key of the message, which ends with the id. */
const messageHeader = /^\S+ ([\w.-]{1,40})$/;

/** Key and id of a message. */
interface MessageName {
  readonly key: string;
  readonly id: string;
}

/** A call that passed all checks except for the guard. */
interface CheckedCall {
  readonly allowed: AllowedOperation;
  readonly call: RelayedCall;
  readonly visitor: string;
  /** The message, for operations that spend. */
  readonly message: MessageName | undefined;
  /** The whole input, before the guard adds to it. */
  readonly input: UnknownRecord;
  readonly deadline: Deadline;
}

/** Tells whether an error is temporary: the same request might have succeeded at another time. */
const isTemporary = (thrown: unknown): boolean =>
  !(thrown instanceof InvalidInputError) &&
  (!(thrown instanceof RefusalError) || ['limit', 'too-slow', 'unavailable'].includes(thrown.refusal));

/**
 * Checks that a script of a listed page made the request. A form that another page submits has a different origin and no
 * relay header.
 */
function checkOrigin({ headers }: Request, origins: readonly string[]): void {
  const site = headers.get('sec-fetch-site');
  const isListed = origins.includes(headers.get('origin') ?? '');
  if (!isListed || (site !== null && site !== 'same-origin') || headers.get(relayHeader) === null)
    throw new RefusalError('origin', 'the request does not come from a page of a listed origin');
}

/** Reads the message from the header of a request that spends. */
function readMessageHeader({ headers }: Request): MessageName | undefined {
  const [key, id] = messageHeader.exec(headers.get(relayHeader) ?? '') ?? [];
  return key === undefined || id === undefined ? undefined : { key, id };
}

/**
 * Returns the monotonic clock, or the system clock if there is none. Setting the system clock forward would lift all limits.
 */
const monotonicClock = (clock: Clock): Pick<Clock, 'now'> => ({
  now: () => (typeof clock.monotonic === 'function' ? clock.monotonic() : clock.now()),
});

/** Handles the requests of pages. */
export class RelayHandler {
  readonly #settings: RelaySettings;
  readonly #monotonic: Pick<Clock, 'now'>;
  readonly #limits: RelayLimits;
  readonly #sends: SendRegistry;

  constructor(settings: RelaySettings) {
    this.#settings = settings;
    this.#monotonic = monotonicClock(settings.clock);
    this.#limits = new RelayLimits(settings, this.#monotonic);
    this.#sends = new SendRegistry(settings, this.#monotonic);
  }

  /** Responds to a request. Never rejects. */
  async handle(request: Request, context: RelayContext): Promise<Response> {
    let response: RelayResponse | undefined;
    try {
      response = await this.#respond(request, context);
      return toHttpResponse(response, 200);
    } catch (thrown) {
      // If the result of a send cannot be written as JSON, the message may still have been sent. A refusal would claim that it
      // was not sent.
      const { id } = { __proto__: null, ...response } as unknown as { readonly id?: string };
      return id === undefined
        ? toErrorResponse(thrown, readMessageHeader(request)?.id)
        : toHttpResponse(unknownResponse(id), 200);
    }
  }

  async #respond(request: Request, context: RelayContext): Promise<RelayResponse> {
    if (request.method !== 'POST')
      throw new RefusalError('malformed', `the method is ${request.method}, expected POST`, { status: 405 });
    checkOrigin(request, this.#settings.origins);
    const message = readMessageHeader(request);
    if (!message)
      return this.#run(request, context, await this.#checkCall(request, context, undefined, false));
    const arrival = this.#sends.arrive(message.key);
    try {
      const isRetry = arrival.isKnown();
      let checked: CheckedCall;
      try {
        checked = await this.#checkCall(request, context, message.key, isRetry);
      } catch (thrown) {
        // A temporary refusal does not prove that nothing was sent: another request for the message may have succeeded.
        if (isTemporary(thrown) && (isRetry || arrival.isKnown())) return unknownResponse(message.id);
        throw thrown;
      }
      return await this.#run(request, context, checked);
    } finally {
      arrival.end();
    }
  }

  /** Reads a request, and checks it against the options of the relay. */
  async #checkCall(
    request: Request,
    context: RelayContext,
    expectedKey: string | undefined,
    isRetry: boolean,
  ): Promise<CheckedCall> {
    const { operations, timeoutMs, clock } = this.#settings;
    const visitor = this.#readVisitor(request, context);
    this.#limits.countRequest(visitor, isRetry);
    const contentType = request.headers.get('content-type') ?? '';
    const body = await this.#readBody(request, contentType);
    // The deadline is measured from the arrival of the body: the upload has its own time limit, and the relay sends nothing to
    // the gateway before the upload ends.
    const deadline = new Deadline(timeoutMs, clock, this.#monotonic);
    const call = await parseRequest(contentType, body);
    const allowed = Object.hasOwn(operations, call.operation) ? operations[call.operation] : undefined;
    if (!allowed)
      throw new RefusalError('not-listed', 'the operation is not among those that a page may call');
    const expectedEffect = effectOf(allowed.operation);
    if (expectedEffect !== call.effect)
      throw new RefusalError(
        'malformed',
        `operation effect does not match the relay's configuration: expected ${expectedEffect}`,
      );
    checkMembers(allowed, call);
    const id = readId(allowed, call);
    const message = id === undefined ? undefined : { key: messageKey(call.operation, id), id };
    if (expectedKey !== undefined && expectedKey !== message?.key)
      throw new RefusalError('malformed', `the header ${relayHeader} names another message than the body`);
    const input = buildInput(allowed, call.input, id);
    const issues = findIssues(allowed, input);
    if (issues.length > 0) throw new InvalidInputError(issues);
    checkSize(allowed, input);
    checkStatusIds(allowed, input);
    checkTexts(allowed, call.input, input);
    return { allowed, call, visitor, message, input, deadline };
  }

  #readVisitor(request: Request, context: RelayContext): string {
    const visitor: unknown = this.#settings.visitor(request, context) ?? 'unknown';
    // Rejects promises and objects: each would count as a new visitor, so no limit would apply.
    if (typeof visitor !== 'string')
      throw new RefusalError('unavailable', 'the option `visitor` did not return a text');
    return visitor;
  }

  #readBody(request: Request, contentType: string): Promise<Uint8Array<ArrayBuffer>> {
    const { maxBodyBytes, bodyTimeoutMs, clock } = this.#settings;
    const max = isForm(contentType) ? maxBodyBytes : Math.min(maxBodyBytes, maxJsonBytes);
    return readRequestBody(request, { maxBodyBytes: max, bodyTimeoutMs }, clock);
  }

  /** Runs a checked call once the guard allows it. */
  async #run(request: Request, context: RelayContext, checked: CheckedCall): Promise<RelayResponse> {
    const { client } = this.#settings;
    const { allowed, call, message, deadline } = checked;
    const { signal } = request;
    if (!message) {
      const input = await this.#authorize(request, context, checked, signal);
      return runReading(client, { allowed, input }, { signal, timeoutMs: deadline.remainingMs() });
    }
    return this.#sends.join({
      ...message,
      fingerprint: call.fingerprint,
      signal,
      perform: async (abandoned, onSending) => {
        const input = await this.#authorize(request, context, checked, abandoned);
        return runSpending(client, { allowed, input }, { id: message.id, abandoned, onSending, deadline });
      },
    });
  }

  /** Asks the guard, and counts the call. Resolves to the whole input. */
  async #authorize(
    { headers }: Request,
    { address }: RelayContext,
    { allowed, call, visitor, input, deadline }: CheckedCall,
    signal: AbortSignal,
  ): Promise<UnknownRecord> {
    const { guard, guardTimeoutMs, clock } = this.#settings;
    const { operation, input: given, token } = call;
    this.#limits.countCall(operation, visitor);
    const added = await askGuard(
      guard,
      { visitor, address: plainAddress(address), operation, input: given, token, headers, signal },
      { clock, timeoutMs: Math.min(guardTimeoutMs, deadline.remainingMs()) },
    );
    checkAdded(allowed, given, added);
    const whole: UnknownRecord = { __proto__: null, ...input, ...added };
    if (Object.keys(added).length > 0) {
      checkSize(allowed, whole);
      checkTexts(allowed, given, whole);
    }
    this.#limits.countAllowed(operation);
    return whole;
  }
}
