import type { Charset } from './charsets/charset.ts';
import { utf8 } from './charsets/utf-8.ts';
import { GatewayError, ReplyError, Unreadable } from './errors.ts';
import { readBare } from './formats/bare.ts';
import type { ReplyFormat } from './formats/format.ts';
import { json } from './formats/json.ts';
import type { Json, JsonObject } from './json.ts';
import type { Operation } from './operation.ts';
import { readOptionalNumber, readOptionalText } from './read.ts';
import type { WireReply } from './wire.ts';

/** In what the reply was asked for. Has to be what the request said. */
export interface ReplyOptions {
  /** Default: `json`. */
  readonly format?: ReplyFormat | undefined;
  /** Default: `utf8`. What the reply's own header says is wrong at times (recorded), so it is not looked at. */
  readonly charset?: Charset | undefined;
}

/** Members of this name reach an object's prototype as soon as somebody copies them carelessly. */
const poison = '__proto__';

/** Refuses a reply that names a prototype, at any depth. Not by recursion: the depth is the sender's to choose. */
function refusePoison(reply: Json): void {
  const open: Json[] = [reply];
  for (let value = open.pop(); value !== undefined; value = open.pop()) {
    if (typeof value !== 'object' || value === null) continue;
    if (Object.hasOwn(value, poison)) throw new Unreadable(`a member named ${poison}`);
    for (const member of Object.values(value) as Json[]) open.push(member);
  }
}

function parse(operation: Operation<never, unknown>, text: string, format: ReplyFormat): Json {
  // A byte order mark and white space around a reply mean nothing.
  const trimmed = text.trim();
  if (trimmed === '') throw new Unreadable('an empty body');
  const reply = readBare(trimmed) ?? format.read(trimmed, operation.layout);
  refusePoison(reply);
  return reply;
}

function throwIfRefused(operation: Operation<never, unknown>, reply: Json): void {
  if (typeof reply !== 'object' || reply === null || Array.isArray(reply)) return;
  const object = reply as JsonObject;
  const code = readOptionalNumber(object, 'error_code');
  if (code === undefined) return;
  throw new GatewayError(operation.name, code, operation.errors[code] ?? 'a code that is not documented', readOptionalText(object, 'id'));
}

/**
 * Reads an answer.
 *
 * @throws {GatewayError} when the gateway refused: nothing was done
 * @throws {ReplyError} when this is no answer of the gateway's to this operation: it may have been done
 */
export function fromReply<Output>(operation: Operation<never, Output>, reply: WireReply, options: ReplyOptions = {}): Output {
  const { format = json, charset = utf8 } = options;
  if (reply.status !== 200) throw new ReplyError(operation.name, reply.status, 'not the gateway’s status, which is always 200');
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
