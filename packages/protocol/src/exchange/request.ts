import type { Charset } from '../charsets/charset.ts';
import { checkCredentials, type Credentials, credentialsToParams } from './credentials.ts';
import type { Issue } from '../core/errors.ts';
import { IssueContext, throwIfIssues } from '../core/issues.ts';
import { ownOperation } from '../core/operation.ts';
import { copyOwn, getOwn } from '../core/own-members.ts';
import { toForm } from './form.ts';
import { checkInput, encodeInput } from '../core/input.ts';
import type { Operation } from '../core/operation.ts';
import { readingOf, type ReplyOptions } from './reply.ts';
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
export function check<Input>(
  given: Operation<Input, unknown>,
  input: Input,
  options: RequestOptions = {},
): readonly Issue[] {
  const operation = ownOperation(given);
  const { charset, format } = readingOf(operation, options);
  const body = getOwn(options, 'body');
  const at = new IssueContext(charset);
  const members = checkInput(operation, input, at);
  if (at.issues.length === 0) {
    const params: Record<string, ParamValue> = copyOwn({ fmt: format.fmt, charset: charset.name });
    checkBody(operation, params, encodeInput(operation, members, params), body === 'json', at);
  }
  return at.issues;
}

/** Complains of what the chosen body cannot carry. `fmt` and `charset` are among the parameters already. */
function checkBody(
  operation: Operation<never, unknown>,
  params: Params,
  files: readonly Attachment[],
  asJson: boolean,
  at: IssueContext,
): void {
  if (!asJson && !files.length) return;
  const plain =
    params['charset'] === 'utf-8' && !Object.values(params).some((value) => typeof value === 'object');
  if (files.length && (asJson || !plain))
    at.inside('files').addIssue('travel only in a utf-8 form without bytes');
  else if (asJson && !(operation.restPath && plain && params['fmt'] === 3))
    at.addIssue('cannot travel as JSON');
}

function write(params: Params, files: readonly Attachment[], asJson: boolean, charset: Charset): WireBody {
  if (files.length)
    return {
      kind: 'multipart',
      fields: Object.entries(params).map(([name, value]) => [name, String(value)] as const),
      files,
    };
  return {
    kind: 'text',
    contentType: `application/${asJson ? 'json' : 'x-www-form-urlencoded'}`,
    text: asJson ? JSON.stringify(params) : toForm(params, charset),
  };
}

/**
 * An operation and its input as a request, ready to be carried by any means.
 *
 * @throws {InputError} with every complaint, before anything is encoded
 */
export function toRequest<Input>(
  given: Operation<Input, unknown>,
  input: Input,
  credentials: Credentials,
  options: RequestOptions = {},
): WireRequest {
  const operation = ownOperation(given);
  const { charset, format } = readingOf(operation, options);
  const asJson = getOwn(options, 'body') === 'json';
  const who = copyOwn(credentials);
  // One place is lent from check to check: nothing is made while nothing is wrong.
  const at = new IssueContext(charset, 'credentials');
  checkCredentials(who, at);
  at.path = '';
  const members = checkInput(operation, input, at);
  throwIfIssues(operation.name, at);
  const params: Record<string, ParamValue> = copyOwn(credentialsToParams(who));
  const files = encodeInput(operation, members, params);
  params['fmt'] = format.fmt;
  params['charset'] = charset.name;
  checkBody(operation, params, files, asJson, at);
  throwIfIssues(operation.name, at);
  return {
    operation: operation.name,
    path: asJson ? operation.restPath! : operation.path,
    body: write(params, files, asJson, charset),
  };
}
