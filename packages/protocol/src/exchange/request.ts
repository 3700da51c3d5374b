import type { Charset } from '../charsets/charset.ts';
import type { Issue } from '../core/errors.ts';
import type { RequestParts } from '../core/field.ts';
import { checkInput, encodeInput } from '../core/input.ts';
import { IssueContext, throwIfIssues } from '../core/issues.ts';
import { type Operation, ownOperation } from '../core/operation.ts';
import { copyOwn, getOwn } from '../core/own-members.ts';
import { checkCredentials, type Credentials, credentialsToParams } from './credentials.ts';
import { toForm } from './form.ts';
import { readingOf, type ReplyOptions } from './reading.ts';
import type { Params, WireBody, WireRequest } from './wire.ts';

/** Options for writing a request. */
export interface RequestOptions extends ReplyOptions {
  /**
   * `form` (the default): a form to `sys/send.php` and other pages. `json`: one JSON object to `rest/send/`, only for
   * operations that have a `restPath`. A JSON body requires the charset UTF-8 and the JSON reply format, and cannot
   * contain files.
   */
  readonly body?: 'form' | 'json' | undefined;
}

/** Names of the parameters whose values come from the request options. */
export const optionParams: readonly string[] = ['fmt', 'charset'];

/** Returns all issues of an input. An empty list means that the input can be sent. */
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
    const parts = partsOver({ fmt: format.fmt, charset: charset.name });
    encodeInput(operation, members, parts);
    checkBody(operation, parts, body === 'json', at);
  }
  return at.issues;
}

/** Creates the parts of a request that has these parameters, and no files or recipients yet. */
const partsOver = (params: Params): RequestParts => ({
  params: copyOwn(params),
  files: [],
  recipients: [],
});

/**
 * Adds an issue if the chosen kind of body cannot contain the files or parameters. `params` must already contain `fmt`
 * and `charset`.
 */
function checkBody(
  operation: Operation<never, unknown>,
  { params, files }: RequestParts,
  asJson: boolean,
  at: IssueContext,
): void {
  if (!asJson && !files.length) return;
  const plain =
    params['charset'] === 'utf-8' && !Object.values(params).some((value) => typeof value === 'object');
  if (files.length && (asJson || !plain)) at.inside('files').addIssue('require body: form and charset: utf8');
  else if (asJson && !(operation.restPath && plain && params['fmt'] === 3))
    at.addIssue('cannot be sent as JSON; use body: form');
}

function writeBody({ params, files }: RequestParts, asJson: boolean, charset: Charset): WireBody {
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

/** Options of a request, with credentials that have been checked already. */
export interface CheckedRequestOptions extends RequestOptions {
  /** Credentials that `checkCredentials` has accepted. */
  readonly credentials: Credentials;
}

/** A request, and the parts that it was written from. */
export interface WrittenRequest {
  /** The request. */
  readonly request: WireRequest;
  /** Parameters, files and recipients of the request. The parameters contain the credentials. */
  readonly parts: RequestParts;
}

/**
 * Does the same as `toRequest`, but `operation` must be a result of `ownOperation`, and the credentials must have been
 * checked. For callers that run many operations.
 *
 * @param given context with the issues found so far
 * @throws {InputError} if the input is invalid; the error lists all issues
 */
export function writeRequest<Input>(
  operation: Operation<Input, unknown>,
  input: Input,
  options: CheckedRequestOptions,
  given?: IssueContext,
): WrittenRequest {
  const { charset, format } = readingOf(operation, options);
  const at = given ?? new IssueContext(charset);
  const asJson = getOwn(options, 'body') === 'json';
  const members = checkInput(operation, input, at);
  throwIfIssues(operation.name, at);
  const parts = partsOver(credentialsToParams(options.credentials));
  encodeInput(operation, members, parts);
  parts.params['fmt'] = format.fmt;
  parts.params['charset'] = charset.name;
  checkBody(operation, parts, asJson, at);
  throwIfIssues(operation.name, at);
  const request = {
    operation: operation.name,
    path: asJson ? operation.restPath! : operation.path,
    body: writeBody(parts, asJson, charset),
  };
  return { request, parts };
}

/**
 * Writes an operation and its input as a request, for any transport.
 *
 * @throws {InputError} if the input or the credentials are invalid; the error lists all issues
 */
export function toRequest<Input>(
  given: Operation<Input, unknown>,
  input: Input,
  credentials: Credentials,
  options: RequestOptions = {},
): WireRequest {
  const operation = ownOperation(given);
  const own = copyOwn(credentials);
  const at = new IssueContext(readingOf(operation, options).charset, 'credentials');
  checkCredentials(own, at);
  at.path = '';
  return writeRequest(operation, input, { ...options, credentials: own }, at).request;
}
