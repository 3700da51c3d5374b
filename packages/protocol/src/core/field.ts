import type { Charset } from '../charsets/charset.ts';
import { isObject, type UnknownRecord } from './complaints.ts';
import { InputError, type Issue } from './errors.ts';
import type { Attachment, Params } from '../exchange/wire.ts';

export { isObject, type UnknownRecord };

/** What a value is, in words that do not show it: it could be a message, a code, somebody's number or a password. */
const describe = (value: unknown): string => {
  if (typeof value === 'string') return `${value.length} characters`;
  if (value === null || value === undefined || typeof value === 'boolean') return String(value);
  return Array.isArray(value) ? 'an array' : typeof value === 'object' ? 'an object' : `a ${typeof value}`;
};

/** A place in an input, where complaints about what stands there are left. */
export class IssueContext {
  /** As one would write it in code: `to[3]`. Empty for the input as a whole. */
  path: string;
  /** The charset that the request will be written in: a character that it lacks is a complaint. */
  readonly charset: Charset;
  /** The complaints about the whole input. */
  readonly issues: Issue[];

  constructor(charset: Charset, path = '', issues: Issue[] = []) {
    this.path = path;
    this.charset = charset;
    this.issues = issues;
  }

  /** Leaves a complaint. Those past the hundredth are dropped: a list of a million wrong numbers needs no million. */
  addIssue(message: string): void {
    if (this.issues.length < 100) this.issues.push({ path: this.path, message });
  }

  /** Complains of a value that is not as expected. Says whether it is. */
  expect(valid: boolean, value: unknown, expected: string): boolean {
    if (!valid) this.addIssue(`expected ${expected}, got ${describe(value)}`);
    return valid;
  }

  /** A place inside this one: `name` of an object, `[3]` of a list. */
  inside(step: string): IssueContext {
    return new IssueContext(
      this.charset,
      this.path + (this.path && step[0] !== '[' ? '.' : '') + step,
      this.issues,
    );
  }
}

/** Complains of what is wrong with a value of any type; `undefined` stands for a member that is missing. */
export type Check = (value: unknown, at: IssueContext) => void;

/** Complains of a value that is not as expected at its place. */
export const checkThat =
  (isValid: (value: unknown, at: IssueContext) => boolean, expected: string): Check =>
  (value, at) =>
    void (isValid(value, at) || at.expect(false, value, expected));

/** One member of an input: what it may be, and what it becomes on the wire. */
export interface Field<Value> {
  /** Every parameter that it can become. */
  readonly params: readonly string[];
  /** Complains of what is wrong with the value. Not called for `undefined`. */
  readonly check: Check;
  /**
   * A value that `check` has passed, as parameters; a text or a number alone is the first of `params`, and `undefined` is
   * none. `input` is the whole of it, for values that travel together.
   */
  readonly encode: (value: Value, input: UnknownRecord) => Params | string | number | undefined;
  /** The files that the value stands for. */
  readonly files?: (value: Value) => readonly Attachment[];
}

/** An object with members of its own and of no class, from whichever realm: not null, not an array. */
export function isPlain(value: unknown): value is UnknownRecord {
  if (!isObject(value)) return false;
  const above = Object.getPrototypeOf(value) as object | null;
  return !above || !Object.getPrototypeOf(above);
}

/** Complains of an object of a class: what it has from there would be checked nowhere and sent nowhere. */
export const checkPlain = (value: object, at: IssueContext): void =>
  void (isPlain(value) || at.addIssue('expected a plain object, none of a class'));

/** What copies inherit from: nothing, and nobody can add to it. Objects without any prototype are slow: engines keep them as hash tables. */
const nothing = /* @__PURE__ */ Object.freeze(/* @__PURE__ */ Object.create(null) as object);

/** A copy of an object that has what was written, each member read once: what something has added to `Object.prototype` is no input. */
export const copyOwn = <Value extends object>(value: Value): Value =>
  Object.assign<object, Value>(Object.create(nothing) as object, value);

/** A member of an object's own. */
export const getOwn = <Value extends object, Name extends keyof Value>(
  object: Value,
  name: Name,
): Value[Name] | undefined => (Object.hasOwn(object, name) ? object[name] : undefined);

const known = /* @__PURE__ */ new WeakMap<object, object>();

/**
 * An operation by its own members and its own fields, which never change: one that inherits what something has added to
 * every object could send another message.
 */
export function ownOperation<Op extends object>(operation: Op): Op {
  let found = known.get(operation) as Op | undefined;
  if (!found) {
    if (!isObject(operation)) throw new InputError('call', [{ path: '', message: 'expected an operation' }]);
    found = copyOwn(operation);
    if ('fields' in found) found.fields = copyOwn(found.fields as object);
    known.set(operation, found);
  }
  return found;
}

/** Complains of a member that `known` does not have, so that a misspelt option never silently does nothing. */
export function checkName(name: string, known: object, at: IssueContext): void {
  if (Object.hasOwn(known, name)) return;
  // A name may be a text or a number by mistake; a short one that looks like a name is safe to show.
  at.inside(/^[A-Za-z_$][\w$]{0,39}$/.test(name) ? name : '?').addIssue(
    `is not one of ${Object.keys(known).join(', ')}`,
  );
}

/** Checks an object member by member. No other member may be there, and only those in `optional` may be missing. */
export function checkShape(
  value: unknown,
  at: IssueContext,
  needed: Readonly<Record<string, Check>>,
  optional: Readonly<Record<string, Check>> = {},
): void {
  const members = { ...needed, ...optional };
  const names = Object.keys(members);
  if (!isObject(value)) return void at.expect(false, value, `{ ${names.join(', ')} }`);
  checkPlain(value, at);
  for (const name of Object.keys(value)) checkName(name, members, at);
  for (const name of names) {
    const member = getOwn(value, name);
    if (member !== undefined || Object.hasOwn(needed, name)) members[name]!(member, at.inside(name));
  }
}

/** Checks every element of a list that has to have one. */
export function checkEach(value: unknown, at: IssueContext, check: Check): void {
  if (!Array.isArray(value) || !value.length) at.addIssue('expected an array with something in it');
  // Not `forEach`, which passes over holes.
  else for (const [index, each] of value.entries()) check(each, at.inside(`[${index}]`));
}

/** Throws every complaint as one error. */
export function throwIfIssues(operation: string, { issues }: IssueContext): void {
  if (issues.length) throw new InputError(operation, issues);
}
