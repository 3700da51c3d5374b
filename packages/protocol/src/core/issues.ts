import type { Charset } from '../charsets/charset.ts';
import { InputError, type Issue } from './errors.ts';
import { isWhole } from './whole.ts';

/** Maximum number of issues that one error lists. */
const maxIssues = 100;

/** Describes a value without showing it: it could be a message, a code, a phone number or a password. */
const describe = (value: unknown): string => {
  if (typeof value === 'string') return `a string of length ${value.length}`;
  if (value === null || value === undefined || typeof value === 'boolean') return String(value);
  if (Array.isArray(value)) return 'an array';
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
};

/** Shows a number that is out of range, unless it is long enough to be a phone number. */
const describeNumber = (value: number): string => {
  const digits = String(value).replace(/\D/g, '').length;
  return digits < 9 ? String(value) : `a number of ${digits} digits`;
};

/**
 * Context of a check: the position in an input or in options, and the list to which checks add their issues. The
 * members of this class are defined, not assigned, so that an accessor on `Object.prototype` cannot replace a member.
 */
export class IssueContext {
  /** The position, written as in code: `to[3]`. Empty for the whole input. */
  path: string;
  /** Charset of the request, if it is known. Text that the charset cannot encode is an issue. */
  readonly charset: Charset | undefined;
  /** All issues found so far, at any position. At most 100. */
  readonly issues: Issue[];

  constructor(charset?: Charset, path = '', issues: Issue[] = []) {
    this.path = path;
    this.charset = charset;
    this.issues = issues;
  }

  /** Returns true if there are already 100 issues, so that no further one is added. */
  isFull(): boolean {
    return this.issues.length >= maxIssues;
  }

  /** Adds an issue at this position, unless the list is full. */
  addIssue(message: string): void {
    if (!this.isFull()) this.issues.push({ path: this.path, message });
  }

  /** Adds an issue if `valid` is false. Returns `valid`. */
  expect(valid: boolean, value: unknown, expected: string): boolean {
    if (!valid) this.addIssue(`expected ${expected}, got ${describe(value)}`);
    return valid;
  }

  /** Returns true for a whole number in the range, both limits included. Adds an issue for any other value. */
  expectWhole(value: unknown, min: number, max: number, unit = ''): value is number {
    if (isWhole(value, min, max)) return true;
    const got = typeof value === 'number' ? describeNumber(value) : describe(value);
    this.addIssue(`expected a whole number from ${min} to ${max}${unit}, got ${got}`);
    return false;
  }

  /** Returns true if the request's charset can encode the text, or if no charset is known. */
  canEncode(text: string): boolean {
    // Returns true if `charset` is not a charset object. Another check reports the wrong type of that option.
    return !(this.charset as Partial<Charset> | undefined)?.unencodable?.(text).length;
  }

  /** Creates the context of a member (`name`) or of a list element (`[3]`) inside this position. */
  inside(step: string): IssueContext {
    return new IssueContext(
      this.charset,
      this.path + (this.path && step[0] !== '[' ? '.' : '') + step,
      this.issues,
    );
  }
}

/**
 * Throws all issues as one error, if there are any.
 *
 * @throws {InputError}
 */
export function throwIfIssues(operation: string, { issues }: IssueContext): void {
  if (issues.length) throw new InputError(operation, issues);
}
