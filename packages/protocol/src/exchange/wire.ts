/** Value of a request parameter. Bytes occur only in a binary message with `bin=1`. */
export type ParamValue = string | number | Uint8Array;

/** Request parameters by name, in the order in which they are written. */
export type Params = Readonly<Record<string, ParamValue>>;

/**
 * File that is sent with a request (MMS, e-mail, voice). This package does not read the file; the transport writes it
 * into the body.
 */
export interface Attachment {
  /** File name that the recipient may see: no path, no quotes, no control characters. */
  readonly name: string;
  /** Content: bytes, or a `Blob` or `File` of the platform, which may also have a MIME type. */
  readonly content: Uint8Array | BlobLike;
}

/** The members of a platform's `Blob` that this package uses. A `Response` does not match, because it has no `size`. */
export interface BlobLike {
  /** MIME type, or an empty text. */
  readonly type: string;
  /** Size in bytes. */
  readonly size: number;
  /** Resolves to the content. */
  arrayBuffer(): Promise<ArrayBuffer>;
}

/** Charset of a request. The gateway accepts these three. */
export type CharsetName = 'windows-1251' | 'utf-8' | 'koi8-r';

/** Request that is ready to be sent. Always a POST, because the credentials are only in the body. */
export interface WireRequest {
  /** Name of the operation, for logs and error messages. */
  readonly operation: string;
  /** URL path without the leading slash: `sys/send.php`, `rest/send/`. Never contains a part of the input. */
  readonly path: string;
  /** Body, with the parameters and the credentials. */
  readonly body: WireBody;
}

/**
 * Body of a request.
 *
 * - `text`: to be sent as UTF-8. A form is ASCII only; other characters are percent-encoded.
 * - `multipart`: the transport builds the body from the fields and files. Texts are sent as UTF-8 with their line breaks
 *   unchanged (`charset=utf-8` is one of the fields). Do not use `FormData`: it changes line breaks, and the gateway
 *   recognizes a comment by the separator `\n~~~\n`.
 */
export type WireBody =
  | {
      readonly kind: 'text';
      /** Value of the header `Content-Type`. */
      readonly contentType: string;
      /** The whole body. Contains the credentials. */
      readonly text: string;
    }
  | {
      readonly kind: 'multipart';
      /** Parameters, in order. They contain the credentials. */
      readonly fields: readonly (readonly [name: string, value: string])[];
      /** Files, in order. They follow the fields. */
      readonly files: readonly Attachment[];
    };

/** HTTP response, not yet parsed. */
export interface WireReply {
  /** HTTP status. The gateway responds with 200 even if there is an error; other statuses come from proxies. */
  readonly status: number;
  /** Complete body, after content decoding. */
  readonly body: Uint8Array;
  /** Value of the header `Retry-After`: seconds or a date. The gateway does not send it, but a proxy may. */
  readonly retryAfter?: string | undefined;
  /**
   * `new` if the connection was opened for this request, `used` if an earlier request may have used it. `undefined` if
   * the transport cannot tell. On a used connection the response may belong to an earlier request.
   */
  readonly connection?: 'new' | 'used' | undefined;
}

/** Sends requests to the gateway. */
export interface Transport<Options = unknown> {
  /**
   * Sends exactly one HTTP request, without following redirects. Resolves to the response, whatever its status.
   *
   * @throws {TransportError} if no complete response arrives
   * @throws {InputError} if the options of the transport are invalid; nothing was sent
   */
  send(request: WireRequest, options?: Options): Promise<WireReply>;
}
