import type { IssueContext } from './issues.ts';
import { getOwn, isObject, isPlain, type UnknownRecord } from './own-members.ts';
import { suggest } from './suggest.ts';

/** Adds an issue to the context if the value is not valid. `undefined` stands for a missing member. */
export type Check = (value: unknown, at: IssueContext) => void;

/** Table of checks, by member name. */
export type Checks = Readonly<Record<string, Check>>;

/** Creates a check from a predicate and a description of what is expected. */
export const checkThat =
  (isValid: (value: unknown, at: IssueContext) => boolean, expected: string): Check =>
  (value, at) =>
    void (isValid(value, at) || at.expect(false, value, expected));

/** Checks for `true` or `false`. */
export const checkFlag: Check = /* @__PURE__ */ checkThat(
  (value) => typeof value === 'boolean',
  'true or false',
);

/**
 * Adds an issue if the object is an instance of a class. The members that such an object inherits would be neither
 * checked nor sent.
 */
export const checkPlain = (value: object, at: IssueContext): void =>
  void (isPlain(value) || at.addIssue('expected a plain object'));

/** Adds an issue if `known` has no member of this name, so that a misspelled option is not ignored silently. */
export function checkName(name: string, known: object, at: IssueContext): void {
  // Looks for no suggestion that would not be shown: an input can have many unknown members.
  if (Object.hasOwn(known, name) || at.isFull()) return;
  // Shows the name only if it is a short identifier: a text or a phone number passed by mistake must not appear in an
  // error.
  const shown = /^[A-Za-z_]\w{0,39}$/.test(name) ? name : '?';
  const names = Object.keys(known);
  const suggestion = suggest(shown, known as UnknownRecord);
  at.inside(shown).addIssue(
    `is unknown; ${
      suggestion
        ? `did you mean \`${suggestion}\`?`
        : `valid names: ${names.slice(0, 5).join(', ') || 'none'}${names[5] ? ' …' : ''}`
    }`,
  );
}

/**
 * Checks an object member by member. Adds an issue for each unknown member, and for each member of `needed` that is
 * missing.
 */
export function checkShape(value: unknown, at: IssueContext, needed: Checks, optional: Checks = {}): void {
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

/** Checks every element of an array. Adds an issue if the value is not an array or the array is empty. */
export function checkEach(value: unknown, at: IssueContext, check: Check): void {
  if (!Array.isArray(value) || !value.length) at.addIssue('expected a non-empty array');
  // Uses a loop, because `forEach` would skip holes in the array.
  else for (const [index, each] of value.entries()) check(each, at.inside(`[${index}]`));
}

/** Creates a check of one value or of an array of values. */
export const checkOneOrEach =
  (check: Check): Check =>
  (value, at) =>
    Array.isArray(value) ? checkEach(value, at, check) : check(value, at);
