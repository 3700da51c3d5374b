/**
 * The four errors of a call. In a library, distinguish them by `kind`: `instanceof` fails if a program contains two copies of
 * this package.
 *
 * No error message contains a password, an API key, a text or a whole phone number.
 */
export type SmscError = InputError | TransportError | ReplyError | GatewayError;

/** One problem with an input. */
export interface Issue {
  /** Position in the input, written as in code: `to[3]`, `messages[0].text`. Empty for the whole input. */
  readonly path: string;
  /** Problem and expected value. Does not show a value that could be a secret. */
  readonly message: string;
}

// Members without a fixed value use `declare`: otherwise the compiler would emit initializers, which add code to every
// bundle.

/** The input is invalid. Nothing was encoded or sent. */
export class InputError extends Error {
  override readonly name = 'InputError';
  /** Distinguishes the errors of a call. */
  readonly kind = 'invalid-input';
  /** Always false: nothing was sent. */
  readonly mayHaveHappened = false;
  /** Name of the operation or function that rejected the input. */
  declare readonly operation: string;
  /** All issues, not only the first; at most 100. */
  declare readonly issues: readonly Issue[];

  constructor(operation: string, issues: readonly Issue[]) {
    super(`${operation}: ${issues.map(({ path, message }) => `${path} ${message}`.trim()).join('; ')}`);
    this.operation = operation;
    this.issues = issues;
  }
}

/**
 * Progress of a request when it failed.
 *
 * - `connect`: no byte was sent.
 * - `sent`: bytes of the request were sent, and no response has started. The request may have arrived.
 * - `reply`: the response has started. The request has arrived.
 */
export type Phase = 'connect' | 'sent' | 'reply';

/** The request could not be sent, or its response could not be read completely. Thrown by transports. */
export class TransportError extends Error {
  override readonly name = 'TransportError';
  /** Distinguishes the errors of a call. */
  readonly kind = 'transport';
  /** Progress of the request when it failed. */
  declare readonly phase: Phase;
  /** False only in phase `connect`: no byte was sent. */
  declare readonly mayHaveHappened: boolean;
  /**
   * Cause of the failure.
   *
   * - `network`: the connection failed.
   * - `aborted`: the caller cancelled the call.
   * - `timeout`: the time limit passed.
   * - `too-large`: the response exceeds the size limit.
   * - `held-back`: the client decided not to send the request, for example because an interceptor stopped it.
   */
  declare readonly reason: 'network' | 'aborted' | 'timeout' | 'too-large' | 'held-back';

  constructor(message: string, phase: Phase, reason: TransportError['reason']) {
    super(message);
    this.phase = phase;
    this.mayHaveHappened = phase !== 'connect';
    this.reason = reason;
  }
}

/**
 * The response cannot be read as a reply of the gateway: for example, it is an error page or has an empty body. The
 * request may have been carried out.
 */
export class ReplyError extends Error {
  override readonly name = 'ReplyError';
  /** Distinguishes the errors of a call. */
  readonly kind = 'unreadable-reply';
  /** Always true: the gateway may have carried out the request. */
  readonly mayHaveHappened = true;
  /** Name of the operation. */
  declare readonly operation: string;
  /** HTTP status of the response. */
  declare readonly status: number;

  constructor(operation: string, status: number, problem: string) {
    super(`${operation}: unreadable reply (HTTP ${status}): ${problem}; the request may have succeeded`);
    this.operation = operation;
    this.status = status;
  }
}

/** The gateway rejected the request. Nothing was done and nothing was charged. */
export class GatewayError extends Error {
  override readonly name = 'GatewayError';
  /** Distinguishes the errors of a call. */
  readonly kind = 'gateway';
  /** Always false: the gateway did nothing. */
  readonly mayHaveHappened = false;
  /** Name of the operation. */
  declare readonly operation: string;
  /** Error number of the gateway, unchanged. For sending, 1 to 9 are documented; other numbers are possible. */
  declare readonly code: number;
  /**
   * Meaning of the number, from this package's table. The gateway's own text is not used, because the text differs
   * between the gateway's sites.
   */
  declare readonly meaning: string;
  /** Id of the message. The gateway returns the id with the errors 3, 6, 7 and 8 of `send.php`. */
  declare readonly id: string | undefined;

  constructor(operation: string, code: number, meaning: string, id: string | undefined) {
    super(`${operation}: error ${code}: ${meaning}`);
    this.operation = operation;
    this.code = code;
    this.meaning = meaning;
    this.id = id;
  }
}

/**
 * Internal error of the reply readers. Its message is written by this package, because the message of a parser could
 * quote a text or a phone number from the reply.
 */
export class Unreadable extends Error {}
