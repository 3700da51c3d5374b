import type { Effect, Issue, TransportError } from '@smsc/protocol';

/** What a repeated call could do. `makes`: it spends, and the gateway knows it under no id of the page's. */
export type AskedEffect = Effect | 'makes';

/**
 * What page and relay say to each other. A page asks with JSON; where bytes or files come along, with a form whose part
 * `call` is that JSON and whose parts `file0`, `file1` … are the bytes. No text, number or file name is ever part of a
 * header or of a form's markup, so nothing that a visitor types can end one.
 */
export interface Ask {
  /** The name that the relay lists the operation under. */
  readonly operation: string;
  /** What the page takes a repeated call to do. The relay refuses if it knows otherwise. */
  readonly effect: AskedEffect;
  /** Of what spends: the message's id, the same in every attempt. */
  readonly id?: string | undefined;
  /** For the relay's guard, such as a captcha's. */
  readonly token?: string | undefined;
  readonly input: unknown;
  readonly special: readonly Special[];
}

/** A value that JSON has no form for; in the input `null` stands in its place. The number: milliseconds, or which file. */
export type Special = readonly [
  path: readonly (string | number)[],
  kind: 'date' | 'bytes' | 'file',
  value: number | null,
];

/** Why a relay would not have a call. It has sent nothing then, and does not know of another request for the same. */
export type Refusal =
  /** Not a call of this package's. */
  | 'malformed'
  /** It came from a page that is not listed. */
  | 'origin'
  /** The operation, or a member of its input, is not listed. */
  | 'not-listed'
  /** More bytes, recipients or parts than are taken. */
  | 'too-large'
  /** Its body did not come in time. */
  | 'too-slow'
  /** Too many calls, of this visitor or of all: `retryAfterMs` says when to come back. */
  | 'limit'
  /** The guard said no. */
  | 'guard'
  /** It would cost more than it may. */
  | 'cost'
  /** Another message went out under this id. */
  | 'conflict'
  /** The relay could not do its work. */
  | 'unavailable';

/** Response to a call that succeeded. */
export interface RelayResult {
  readonly outcome: 'accepted' | 'done';
  readonly id?: string | undefined;
  readonly result: unknown;
  /** Bytes of a file, in base64. */
  readonly bytes?: string | undefined;
  /** Paths of the dates in `result`, where JSON has ISO 8601 texts. */
  readonly dates?: readonly (readonly (string | number)[])[] | undefined;
}

/** What a relay answers, as JSON. */
export type RelayResponse =
  | { readonly refused: Refusal; readonly message: string; readonly retryAfterMs?: number | undefined }
  | { readonly outcome: 'invalid'; readonly issues: readonly Issue[] }
  | RelayResult
  | {
      readonly outcome: 'rejected' | 'not-sent' | 'unknown' | 'failed';
      readonly id?: string | undefined;
      readonly error: Failure;
    };

/** One of the errors, by its members. */
export type Failure =
  | {
      readonly kind: 'gateway';
      readonly code: number;
      readonly meaning: string;
      readonly id?: string | undefined;
    }
  | {
      readonly kind: 'transport';
      readonly phase: TransportError['phase'];
      readonly reason: TransportError['reason'];
    }
  | { readonly kind: 'unreadable-reply'; readonly status: number };

/** A header that no page of another origin can send without asking first. Of what spends it says which message it is. */
export const mark = 'smsc-relay';

/** What a message is known by before its body has come, as a header can hold it. */
export const keyOf = (operation: string, id: string): string => `${encodeURIComponent(operation)} ${id}`;
