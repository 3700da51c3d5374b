import { Unreadable } from '../core/errors.ts';
import { type ConfirmationCall, readCall, signedOfCall } from './confirmation-call.ts';
import { CallbackError } from './error.ts';
import { checkOptions, type ReadCallbackOptions } from './options.ts';
import type { CallbackFields } from './fields.ts';
import { readReceived, type ReceivedMessage, signedOfReceived } from './received-message.ts';
import { type DeliveryReport, type HlrReport, readReport, signedOfReport } from './delivery-report.ts';
import { type CallbackRequest, readFields } from './request.ts';
import { type SignatureAlgorithm, verify } from './signature.ts';

/** Something that the gateway tells, told apart by `event`. */
export type Callback = DeliveryReport | HlrReport | ReceivedMessage | ConfirmationCall;

/**
 * Most bytes of a push unless another limit is given. The longest text that can come in, 255 parts, has some 100 KiB in a
 * form; and whoever knows the address can have as many read, long before a signature is looked at.
 */
export const defaultMaxBytes: number = 256 * 1024;

/** The signatures that count unless others are named. */
const defaultAlgorithms: readonly SignatureAlgorithm[] = ['md5', 'sha1'];

/** How one sort of push is read: what is signed of it, and what it becomes. */
interface Reader {
  readonly signed: (pushed: CallbackFields) => readonly string[];
  readonly read: (signed: readonly string[], pushed: CallbackFields) => Callback;
}

/** Which push it is. In this order third parties tell them apart. */
function readerOf(pushed: CallbackFields): Reader {
  if (pushed.has('mes')) return { signed: signedOfReceived, read: readReceived };
  if (pushed.has('waitcall')) return { signed: signedOfCall, read: readCall };
  return { signed: signedOfReport, read: readReport };
}

/** The same as `readCallback`, with options that were looked at before. */
export function readTrusted(request: CallbackRequest, options: ReadCallbackOptions): Callback {
  // What somebody has put on the prototype of all objects is nobody's option.
  const own = { __proto__: null, ...options };
  const { secret, algorithms = defaultAlgorithms, charset: name, maxBytes = defaultMaxBytes } = own;
  try {
    const { pushed, charset } = readFields(request, name, maxBytes);
    const { signed, read } = readerOf(pushed);
    const values = signed(pushed);
    if (secret !== undefined) verify(pushed, values, secret, algorithms, charset);
    return read(values, pushed);
  } catch (error) {
    if (error instanceof CallbackError) throw error;
    // A parser's own words could quote what it read.
    throw new CallbackError(
      'unreadable',
      error instanceof Unreadable ? error.message : 'not a push of the gateway',
    );
  }
}

/**
 * Reads and verifies a push of the gateway's, in one step: there is no result that was not verified, unless you have said
 * that you check by yourself.
 *
 * @throws {CallbackError} for everything that is no push, or that is not signed as it should be; `status` says with what to
 *   answer
 * @throws {InputError} when the options do not say what to trust
 */
export function readCallback(request: CallbackRequest, options: ReadCallbackOptions): Callback {
  checkOptions('readCallback', options);
  return readTrusted(request, options);
}
