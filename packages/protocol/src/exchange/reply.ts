import type { Charset } from '../charsets/charset.ts';
import { utf8 } from '../charsets/utf-8.ts';
import { GatewayError, ReplyError, Unreadable } from '../core/errors.ts';
import { ownOperation } from '../core/operation.ts';
import { getOwn, isObject } from '../core/own-members.ts';
import { readBare } from '../replies/bare.ts';
import type { ReplyFormat } from '../replies/format.ts';
import { jsonFormat } from '../replies/json.ts';
import type { Json } from './json.ts';
import type { Operation } from '../core/operation.ts';
import { readNumber, readOptionalText } from '../core/read.ts';
import type { WireReply } from './wire.ts';

/** In what the reply was asked for. Has to be what the request said. */
export interface ReplyOptions {
  /** Default: `json`. */
  readonly format?: ReplyFormat | undefined;
  /** Default: `utf8`. What the reply's own header says is wrong at times (recorded), so it is not looked at. */
  readonly charset?: Charset | undefined;
}

/** In which format and charset to ask and to read. What the operation says of its format has the last word. */
export const readingOf = (
  { format }: Pick<Operation<never, unknown>, 'format'>,
  options: ReplyOptions,
): { readonly format: ReplyFormat; readonly charset: Charset } => ({
  format: format ?? getOwn(options, 'format') ?? jsonFormat,
  charset: getOwn(options, 'charset') ?? utf8,
});

/**
 * A reply that is no refusal; that there is nothing is none. Numbers that no table knows pass through. Where money is
 * spent, what no gateway would say is no refusal, nor is one with a count of what was sent beside it: whoever believes
 * that sends a second time.
 */
function accepted(operation: Operation<never, unknown>, reply: Json): Json {
  if (!isObject(reply) || !Object.hasOwn(reply, 'error_code')) return reply;
  const code = readNumber(reply, 'error_code');
  if (code === operation.empty) return [];
  // Those that are known have two digits at most; 504 is a proxy's.
  if (operation.effect === 'spends' && (code < 1 || code > 99 || Object.hasOwn(reply, 'cnt')))
    throw new Unreadable('an error that the gateway does not give');
  const meaning = getOwn(operation.errors, code);
  throw new GatewayError(
    operation.name,
    code,
    meaning ?? 'a code that is not documented',
    readOptionalText(reply, 'id'),
  );
}

/**
 * Reads an answer.
 *
 * @throws {GatewayError} when the gateway refused: nothing was done
 * @throws {ReplyError} when this is no answer of the gateway's to this operation: it may have been done
 */
export function fromReply<Output>(
  given: Operation<never, Output>,
  reply: WireReply,
  options: ReplyOptions = {},
): Output {
  const operation = ownOperation(given);
  const { format, charset } = readingOf(operation, options);
  try {
    if (reply.status !== 200) throw new Unreadable('the gateway always answers 200');
    // A byte order mark and white space around it mean nothing.
    const text = charset.decode(reply.body).trim();
    if (text === '') throw new Unreadable('an empty body');
    return operation.result(
      accepted(operation, readBare(text) ?? format.read(text, operation.layout)),
      reply.body,
    );
  } catch (error) {
    if (error instanceof GatewayError) throw error;
    throw new ReplyError(
      operation.name,
      reply.status,
      error instanceof Unreadable ? error.message : 'not of the format that was asked for',
    );
  }
}
