import type { Charset } from './charsets/charset.ts';
import { utf8 } from './charsets/utf-8.ts';
import { checkCredentials, type Credentials, credentialsToParams } from './credentials.ts';
import type { Issue } from './errors.ts';
import { checkInput, complain, encodeInput, type Loose, refuse } from './fields.ts';
import { toForm } from './form.ts';
import { json } from './formats/json.ts';
import type { Operation } from './operation.ts';
import type { ReplyOptions } from './reply.ts';
import type { Attachment, Params, ParamValue, WireBody, WireRequest } from './wire.ts';

/** How a request is written. */
export interface RequestOptions extends ReplyOptions {
  /**
   * `form` (the default): `sys/send.php` and its like. `json`: one JSON object to `rest/send/`, for operations that
   * have a `restPath`; always UTF-8, always answered in JSON, and without files.
   */
  readonly body?: 'form' | 'json' | undefined;
}

/** The parameters that a request's options become. */
export const optionParams: readonly string[] = ['fmt', 'charset'];

/**
 * Everything that is wrong with an input. Empty when it can be sent: nothing then is refused before the gateway has seen
 * it.
 */
export const check = <Input>(operation: Operation<Input, unknown>, input: Input, options: RequestOptions = {}): readonly Issue[] =>
  checkInput(operation, input, options.charset ?? utf8);

const isBytes = (value: ParamValue): boolean => typeof value !== 'string' && typeof value !== 'number';

/** Complains of what the chosen body cannot carry. */
function checkBody(operation: Operation<never, unknown>, params: Params, files: readonly Attachment[], options: RequestOptions): readonly Issue[] {
  const { charset = utf8, format = json, body = 'form' } = options;
  const bytes = Object.values(params).some(isBytes);
  const issues: Issue[] = [];
  if (files.length > 0 && charset.name !== 'utf-8') issues.push(...complain('files', 'travel in a multipart body, which is utf-8'));
  if (files.length > 0 && bytes) issues.push(...complain('files', 'cannot travel beside bytes; send the data as hex'));
  if (body === 'form') return issues;
  if (operation.restPath === undefined) issues.push(...complain('', 'has no JSON form; use body: «form»'));
  if (files.length > 0) issues.push(...complain('files', 'cannot travel in a JSON body; use body: «form»'));
  if (bytes) issues.push(...complain('data', 'cannot travel in a JSON body as bytes; send it as hex'));
  if (charset.name !== 'utf-8') issues.push(...complain('', 'a JSON body is always utf-8'));
  if (format.fmt !== json.fmt) issues.push(...complain('', 'a JSON body is always answered in JSON'));
  return issues;
}

function write(params: Params, files: readonly Attachment[], { charset = utf8, body = 'form' }: RequestOptions): WireBody {
  if (body === 'json') return { kind: 'text', contentType: 'application/json', text: JSON.stringify(params) };
  if (files.length === 0) return { kind: 'text', contentType: 'application/x-www-form-urlencoded', text: toForm(params, charset) };
  return { kind: 'multipart', fields: Object.entries(params).map(([name, value]) => [name, String(value)] as const), files };
}

/**
 * An operation and its input as a request, ready to be carried by any means.
 *
 * @throws {InputError} with every complaint, before anything is encoded
 */
export function toRequest<Input>(
  operation: Operation<Input, unknown>,
  input: Input,
  credentials: Credentials,
  options: RequestOptions = {},
): WireRequest {
  const { charset = utf8, format = json, body = 'form' } = options;
  refuse(operation.name, [...checkCredentials(credentials, charset), ...checkInput(operation, input, charset)]);
  const { params, files } = encodeInput(operation, input as Loose);
  refuse(operation.name, checkBody(operation, params, files, options));
  const all: Params = { ...credentialsToParams(credentials), ...params, fmt: format.fmt, charset: charset.name };
  return {
    operation: operation.name,
    path: body === 'json' ? operation.restPath! : operation.path,
    body: write(all, files, options),
  };
}
