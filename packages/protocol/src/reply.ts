import type { Charset } from './charsets/charset.ts';
import { utf8 } from './charsets/utf-8.ts';
import { GatewayError, ReplyError, Unreadable } from './errors.ts';
import { isObject } from './fields.ts';
import { readBare } from './formats/bare.ts';
import type { ReplyFormat } from './formats/format.ts';
import { json } from './formats/json.ts';
import type { Json } from './json.ts';
import type { Operation } from './operation.ts';
import { readNumber, readOptionalText } from './read.ts';
import type { WireReply } from './wire.ts';

/** In what the reply was asked for. Has to be what the request said. */
export interface ReplyOptions {
  /** Default: `json`. */
  readonly format?: ReplyFormat | undefined;
  /** Default: `utf8`. What the reply's own header says is wrong at times (recorded), so it is not looked at. */
  readonly charset?: Charset | undefined;
}

/** The reply's members. A byte order mark and white space around it mean nothing. */
function parse(operation: Operation<never, unknown>, body: string, format: ReplyFormat): Json {
  const text = body.trim();
  if (text === '') throw new Unreadable('an empty body');
  return readBare(text) ?? format.read(text, operation.layout);
}

function throwIfRefused(operation: Operation<never, unknown>, reply: Json): void {
  if (!isObject(reply) || reply['error_code'] === undefined) return;
  const code = readNumber(reply, 'error_code');
  throw new GatewayError(operation.name, code, operation.errors[code] ?? 'a code that is not documented', readOptionalText(reply, 'id'));
}

/**
 * Reads an answer.
 *
 * @throws {GatewayError} when the gateway refused: nothing was done
 * @throws {ReplyError} when this is no answer of the gateway's to this operation: it may have been done
 */
export function fromReply<Output>(operation: Operation<never, Output>, reply: WireReply, options: ReplyOptions = {}): Output {
  const { format = json, charset = utf8 } = options;
  if (reply.status !== 200) throw new ReplyError(operation.name, reply.status, 'the gateway always answers 200');
  try {
    const members = parse(operation, charset.decode(reply.body), format);
    throwIfRefused(operation, members);
    return operation.result(members);
  } catch (error) {
    if (error instanceof GatewayError) throw error;
    throw new ReplyError(operation.name, reply.status, describe(error));
  }
}

const describe = (error: unknown): string =>
  error instanceof Unreadable ? error.message : 'not of the format that was asked for';
