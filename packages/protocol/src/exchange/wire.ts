/** A parameter's value on the wire. Bytes occur only for `bin=1`, whose octets are not text. */
export type ParamValue = string | number | Uint8Array;

/** Parameters by their names on the wire, in the order in which they are written. */
export type Params = Readonly<Record<string, ParamValue>>;

/**
 * A file that travels with a request (MMS, e-mail, voice). This package only says that it is there: a transport writes
 * it into the body.
 */
export interface Attachment {
  /** File name as the recipient may see it. No path, no quotes, no control characters. */
  readonly name: string;
  /** The content: bytes, or a `Blob` or `File` of the platform, which can say its MIME type. */
  readonly content: Uint8Array | BlobLike;
}

/** What this package needs to know of a platform's `Blob`. A `Response`, which has no size, is none. */
export interface BlobLike {
  readonly type: string;
  readonly size: number;
  arrayBuffer(): Promise<ArrayBuffer>;
}

/** The three charsets that the gateway takes. */
export type CharsetName = 'windows-1251' | 'utf-8' | 'koi8-r';

/** A request, ready to be carried. Always a POST: the credentials are in the body and only there. */
export interface WireRequest {
  /** The operation's name, for logs and errors. */
  readonly operation: string;
  /** Path below the host, without a leading slash: `sys/send.php`, `rest/send/`. Holds nothing of the caller's. */
  readonly path: string;
  readonly body: WireBody;
}

/**
 * The body. Text is ASCII for forms (everything else is percent-encoded) and is to be sent as UTF-8. A multipart body
 * is for the transport to build from its fields and files, and always carries `charset=utf-8`: each text goes as its bytes
 * in UTF-8, line breaks as they are. A `FormData` changes them, and `\n~~~\n` is what a comment is known by.
 */
export type WireBody =
  | { readonly kind: 'text'; readonly contentType: string; readonly text: string }
  | {
      readonly kind: 'multipart';
      readonly fields: readonly (readonly [name: string, value: string])[];
      readonly files: readonly Attachment[];
    };

/** An answer as it came. */
export interface WireReply {
  /** HTTP status. The gateway answers 200 to everything, errors included; others come from what stands in between. */
  readonly status: number;
  /** The whole body, after content decoding. */
  readonly body: Uint8Array;
  /** What the header `Retry-After` said, seconds or a date, if there was one. The gateway sends none; what stands before it may. */
  readonly retryAfter?: string | undefined;
}

/** Sends requests. A wrapper around another transport only needs `send`. */
export interface Transport<Options = unknown> {
  /**
   * Sends exactly one HTTP request and resolves to its reply, whatever the status. Follows no redirect. Throws a
   * {@link TransportError} and nothing else, except an {@link InputError} about its own options before anything is sent.
   */
  send(request: WireRequest, options?: Options): Promise<WireReply>;
}
