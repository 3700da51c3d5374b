import { utf8 } from '../charsets/utf-8.ts';
import { type Checks, checkShape } from './checks.ts';
import { IssueContext, throwIfIssues } from './issues.ts';
import { copyOwn, isObject, type UnknownRecord } from './own-members.ts';

/**
 * Checks the options of a client, a transport or a call. Returns a copy of the options without inherited members:
 * otherwise, a `host` that was added to `Object.prototype` would receive the password.
 *
 * @param owner name of the function that takes the options, for errors
 * @param rule function that checks several options together
 * @throws {InputError} with all issues: unknown options, missing options, invalid values
 */
// eslint-disable-next-line max-params -- few callers pass the last two; an object for them would be in every bundle
export function readOptions<Options extends object>(
  owner: string,
  options: Options,
  optional: Checks,
  needed: Checks = {},
  rule?: (options: UnknownRecord, at: IssueContext) => void,
): Options {
  const at = new IssueContext(utf8);
  checkShape(options, at, needed, optional);
  if (isObject(options)) rule?.(copyOwn(options), at);
  throwIfIssues(owner, at);
  return copyOwn(options);
}
