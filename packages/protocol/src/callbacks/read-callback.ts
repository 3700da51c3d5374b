import { Unreadable } from '../core/errors.ts';
import { type ConfirmationCall, readCall, signedOfCall } from './confirmation-call.ts';
import { CallbackError } from './error.ts';
import { checkOptions, type ReadCallbackOptions } from './options.ts';
import type { CallbackFields } from './fields.ts';
import { readReceived, type ReceivedMessage, signedOfReceived } from './received-message.ts';
import { type DeliveryReport, type HlrReport, readReport, signedOfReport } from './delivery-report.ts';
import { type CallbackRequest, readFields } from './request.ts';
import { type SignatureAlgorithm, verify } from './signature.ts';

/** A callback of the gateway. The member `event` is its kind. */
export type Callback = DeliveryReport | HlrReport | ReceivedMessage | ConfirmationCall;

/**
 * Default limit of a callback in bytes. The longest incoming text, 255 parts, takes about 100 KiB in a form. Anyone who
 * knows the URL of the handler can make the handler read this many bytes before it checks the signature.
 */
export const defaultMaxBytes: number = 256 * 1024;

/** Signatures that are accepted by default. */
const defaultAlgorithms: readonly SignatureAlgorithm[] = ['md5', 'sha1'];

/** Reader of one kind of callback. */
interface Reader {
  readonly signed: (fields: CallbackFields) => readonly string[];
  readonly read: (signed: readonly string[], fields: CallbackFields) => Callback;
}

/** Chooses the reader of a callback by its fields. Third-party code checks the fields in the same order. */
function readerOf(fields: CallbackFields): Reader {
  if (fields.has('mes')) return { signed: signedOfReceived, read: readReceived };
  if (fields.has('waitcall')) return { signed: signedOfCall, read: readCall };
  return { signed: signedOfReport, read: readReport };
}

/** Reads a callback with checked options. */
export function readTrusted(request: CallbackRequest, options: ReadCallbackOptions): Callback {
  // A copy without inherited members, since `Object.prototype` may be polluted.
  const own = { __proto__: null, ...options };
  const { secret, algorithms = defaultAlgorithms, charset: name, maxBytes = defaultMaxBytes } = own;
  try {
    const { fields, charset } = readFields(request, name, maxBytes);
    const { signed, read } = readerOf(fields);
    const values = signed(fields);
    if (secret !== undefined) verify(fields, values, { secret, accepted: algorithms }, charset);
    return read(values, fields);
  } catch (error) {
    if (error instanceof CallbackError) throw error;
    // Replaces the message of any other error, because a parser's message could quote the input.
    throw new CallbackError(
      'unreadable',
      error instanceof Unreadable ? error.message : 'not a callback of the gateway',
    );
  }
}

/**
 * Reads a callback of the gateway and verifies its signature. The signature is always verified, unless you set
 * `unsigned`.
 *
 * @throws {CallbackError} if the request is not a callback or is not signed correctly; `status` is the HTTP status to
 * respond with
 * @throws {InputError} if an option is invalid, or if there is neither `secret` nor `unsigned`
 * @example
 * ```ts
 * const callback = readCallback({ method, url, body }, { secret });
 * if (callback.event === 'status') update(callback.id, callback.state);
 * ```
 */
export function readCallback(request: CallbackRequest, options: ReadCallbackOptions): Callback {
  checkOptions('readCallback', options);
  return readTrusted(request, options);
}
