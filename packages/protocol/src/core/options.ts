import { utf8 } from '../charsets/utf-8.ts';
import {
  type Check,
  checkShape,
  isObject,
  type UnknownRecord,
  copyOwn,
  IssueContext,
  throwIfIssues,
} from './field.ts';

type Checks = Readonly<Record<string, Check>>;

/**
 * Options of a client, a transport or a call: a copy that has the members that were written, and no prototype. What
 * something has added to `Object.prototype` is no option: a host there would be told the password.
 *
 * @param of whose options they are, as errors name it
 * @param rule complains of what no member is by itself
 * @throws {InputError} with every complaint: a member that nobody knows, one that is missing, a value that cannot be meant
 */
export function readOptions<Options extends object>(
  of: string,
  options: Options,
  optional: Checks,
  needed: Checks = {},
  rule?: (options: UnknownRecord, at: IssueContext) => void,
): Options {
  const at = new IssueContext(utf8);
  checkShape(options, at, needed, optional);
  if (isObject(options)) rule?.(copyOwn(options), at);
  throwIfIssues(of, at);
  return copyOwn(options);
}
