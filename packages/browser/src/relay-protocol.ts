import type { Effect, Fault, Issue, TransportError } from '@smsc/protocol';

/**
 * Effect of an operation, as the page sees it. `spends-without-id` means that the operation spends money but sends no id to
 * the gateway, so the page cannot request its status.
 */
export type PageEffect = Effect | 'spends-without-id';

/**
 * Request of a page to its relay. Sent as JSON, or as a form if it contains bytes or files: the part `call` holds the JSON,
 * and the parts `file0`, `file1` … hold the bytes. Texts, numbers and file names are sent only inside the JSON, so user input
 * cannot change a header or the structure of the form.
 */
export interface RelayRequest {
  /** Name of the operation in the relay's options. */
  readonly operation: string;
  /** Effect that the page expects. The relay rejects the request if the operation has another effect. */
  readonly effect: PageEffect;
  /** Id of the message, for operations that spend. The same in every attempt. */
  readonly id?: string | undefined;
  /** Token for the relay's guard, such as a captcha response. */
  readonly token?: string | undefined;
  readonly input: unknown;
  readonly special: readonly SpecialValue[];
}

/** Steps to a value inside an input or a result: member names and list indexes. */
export type ValuePath = readonly (string | number)[];

/**
 * Value that JSON cannot express; the input has `null` in its place. The array contains the path, the kind, and a value: for
 * a date the milliseconds since 1970, for a file its index.
 */
export type SpecialValue = readonly [path: ValuePath, kind: 'date' | 'bytes' | 'file', value: number | null];

/**
 * Reason why a relay refused a request. The relay sent nothing for this request, but another request for the same message may
 * have succeeded.
 */
export type Refusal =
  /** The request was made without this package, or by an incompatible version of it. */
  | 'malformed'
  /** The request came from an origin that is not listed. */
  | 'origin'
  /** The operation, or a member of its input, is not listed. */
  | 'not-listed'
  /** The request has more bytes, recipients or parts than allowed. */
  | 'too-large'
  /** The body did not arrive in time. */
  | 'too-slow'
  /** The visitor, or all visitors together, made too many requests. `retryAfterMs` tells when to try again. */
  | 'limit'
  /** The guard refused the request. */
  | 'guard'
  /** The message would cost more than allowed. */
  | 'cost'
  /** Another message was sent under this id. */
  | 'conflict'
  /** The relay failed. */
  | 'unavailable';

/** Response to a call that succeeded. */
export interface RelayResult {
  readonly outcome: 'accepted' | 'done';
  readonly id?: string | undefined;
  readonly result: unknown;
  /** Bytes of a file, in base64. */
  readonly bytes?: string | undefined;
  /** Paths of the dates in `result`, where JSON has ISO 8601 texts. */
  readonly dates?: readonly ValuePath[] | undefined;
}

/** Response of a relay, as JSON. */
export type RelayResponse =
  | {
      readonly refused: Refusal;
      /** Id of the message that the request was for, for operations that spend. */
      readonly id?: string | undefined;
      readonly message: string;
      readonly retryAfterMs?: number | undefined;
    }
  | { readonly outcome: 'invalid'; readonly id?: string | undefined; readonly issues: readonly Issue[] }
  | RelayResult
  | {
      readonly outcome: 'rejected' | 'not-sent' | 'unknown' | 'failed';
      readonly id?: string | undefined;
      readonly error: SerializedError;
    };

/** Members of an error that a page may see. */
export type SerializedError =
  | {
      readonly kind: 'gateway';
      readonly code: number;
      readonly meaning: string;
      /** Fault of a rejected send. */
      readonly fault?: Fault | undefined;
    }
  | {
      readonly kind: 'transport';
      readonly phase: TransportError['phase'];
      readonly reason: TransportError['reason'];
    }
  | { readonly kind: 'unreadable-reply'; readonly status: number };

/**
 * Header of every request to a relay. A page of another origin cannot send this header without a CORS preflight. For
 * operations that spend, the value of the header is the key of the message.
 */
export const relayHeader = 'smsc-relay';

/**
 * Returns the key of a message. Pages send it in a header, so that the relay can identify the message before the body arrives.
 */
export const messageKey = (operation: string, id: string): string => `${encodeURIComponent(operation)} ${id}`;
