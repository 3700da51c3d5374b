/**
 * The four errors of a call. In a library, distinguish them by `kind`: `instanceof` fails if a program contains two copies of
 * this package.
 *
 * No message holds a password, a key, a text or a whole phone number.
 */
export type SmscError = InputError | TransportError | ReplyError | GatewayError;

/** One thing that is wrong with an input. */
export interface Issue {
  /** Position, written as in code: `to[3]`, `messages[0].text`. Empty for the input as a whole. */
  readonly path: string;
  /** Problem and expectation, without the value if it could be a secret. */
  readonly message: string;
}

// Members are declared, not defined: a definition would be in every bundle, once for each.

/** The input was refused before anything was encoded. Nothing left the machine. */
export class InputError extends Error {
  override readonly name = 'InputError';
  readonly kind = 'invalid-input';
  /** Always false: nothing was sent. */
  readonly mayHaveHappened = false;
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
 * Progress of a request when it failed. `connect`: no byte was written. In every later phase the request may have
 * arrived.
 */
export type Phase = 'connect' | 'sent' | 'reply';

/** The request could not be sent, or its response could not be read completely. Thrown by transports. */
export class TransportError extends Error {
  override readonly name = 'TransportError';
  readonly kind = 'transport';
  declare readonly phase: Phase;
  /** False only for phase `connect`, when surely no byte left. */
  declare readonly mayHaveHappened: boolean;
  /**
   * Cause: the network, the caller's signal, the time limit, the size of the reply, or a client that held the request
   * back.
   */
  declare readonly reason: 'network' | 'aborted' | 'timeout' | 'too-large' | 'held-back';

  constructor(message: string, phase: Phase, reason: TransportError['reason']) {
    super(message);
    this.phase = phase;
    this.mayHaveHappened = phase !== 'connect';
    this.reason = reason;
  }
}

/** An answer came, but not one of the gateway's: an error page, half a reply, nothing. The message may have gone out. */
export class ReplyError extends Error {
  override readonly name = 'ReplyError';
  readonly kind = 'unreadable-reply';
  /** True: the gateway may have done what was asked, only its word for it did not arrive. */
  readonly mayHaveHappened = true;
  declare readonly operation: string;
  /** The HTTP status of the answer. */
  declare readonly status: number;

  constructor(operation: string, status: number, problem: string) {
    super(`${operation}: unreadable reply (HTTP ${status}): ${problem}; it may have been carried out`);
    this.operation = operation;
    this.status = status;
  }
}

/** The gateway refused the request. Nothing was done and nothing was charged. */
export class GatewayError extends Error {
  override readonly name = 'GatewayError';
  readonly kind = 'gateway';
  /** Always false: the gateway refused. */
  readonly mayHaveHappened = false;
  declare readonly operation: string;
  /** Error number of the gateway, as received. 1 to 9 for sending; numbers that no table knows pass through. */
  declare readonly code: number;
  /** Meaning of the number, from this package's table; never the gateway's own wording, which varies by site. */
  declare readonly meaning: string;
  /** The message's id, which the gateway gives with errors 3, 6, 7 and 8 of sending. */
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
 * Thrown by readers inside this package. Its message never comes from a parser, which could quote the reply, and with it
 * a text or a number.
 */
export class Unreadable extends Error {}
