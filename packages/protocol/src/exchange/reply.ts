import { GatewayError, ReplyError, Unreadable } from '../core/errors.ts';
import { type Operation, ownOperation } from '../core/operation.ts';
import { getOwn, isObject } from '../core/own-members.ts';
import { readNumber, readOptionalText } from '../core/read.ts';
import { readBare } from '../replies/bare.ts';
import type { Json } from './json.ts';
import { readingOf, type ReplyOptions } from './reading.ts';
import type { WireReply } from './wire.ts';

/**
 * Returns the reply if it is not an error of the gateway. The error "no records" becomes an empty list. Undocumented
 * error numbers are errors too.
 *
 * For an operation with the effect `spends`, a reply is unreadable if its error number is outside 1 to 99, or if the
 * reply contains both an error and a count of messages. The message may have been sent, and a `GatewayError` would make
 * the caller send the message again.
 *
 * @throws {GatewayError} for an error of the gateway
 */
function throwIfRejected(operation: Operation<never, unknown>, reply: Json): Json {
  if (!isObject(reply) || !Object.hasOwn(reply, 'error_code')) return reply;
  const code = readNumber(reply, 'error_code');
  if (code === operation.empty) return [];
  // Known error numbers have at most two digits. A number such as 504 comes from a proxy.
  if (operation.effect === 'spends' && (code < 1 || code > 99 || Object.hasOwn(reply, 'cnt')))
    throw new Unreadable(`unexpected error code ${code}`);
  const meaning = getOwn(operation.errors, code);
  throw new GatewayError(operation.name, code, meaning ?? 'undocumented code', readOptionalText(reply, 'id'));
}

/**
 * Does the same as `fromReply`, but `operation` must be a result of `ownOperation`. For callers that run an operation
 * many times.
 *
 * @throws {GatewayError} if the gateway rejected the request; nothing was done
 * @throws {ReplyError} if the reply does not come from the gateway or cannot be read; the operation may have been done
 */
export function readReply<Output>(
  operation: Operation<never, Output>,
  reply: WireReply,
  options: ReplyOptions,
): Output {
  const { format, charset } = readingOf(operation, options);
  try {
    if (reply.status !== 200) throw new Unreadable('expected HTTP 200');
    // Removes a byte order mark and white space around the reply.
    const text = charset.decode(reply.body).trim();
    if (text === '') throw new Unreadable('an empty body');
    return operation.result(
      throwIfRejected(operation, readBare(text) ?? format.read(text, operation.layout)),
      reply.body,
    );
  } catch (error) {
    if (error instanceof GatewayError) throw error;
    throw new ReplyError(
      operation.name,
      reply.status,
      error instanceof Unreadable ? error.message : 'not in the requested format',
    );
  }
}

/**
 * Reads the reply to a request.
 *
 * @throws {GatewayError} if the gateway rejected the request; nothing was done
 * @throws {ReplyError} if the reply does not come from the gateway or cannot be read; the operation may have been done
 */
export const fromReply = <Output>(
  operation: Operation<never, Output>,
  reply: WireReply,
  options: ReplyOptions = {},
): Output => readReply(ownOperation(operation), reply, options);
