import type { Field } from '../core/field.ts';
import type { IssueContext } from '../core/issues.ts';
import { isObject } from '../core/own-members.ts';
import { isEmail } from './email.ts';
import { asText } from './text.ts';
import { isWhole } from '../core/whole.ts';

/**
 * Recipient of a message.
 *
 * - An international number, with or without `+`. Without `+`, the gateway may correct the number; with `+`, it does
 *   not. This package neither adds nor removes the `+`. Spaces, hyphens and one pair of parentheses are removed if the
 *   number has at least 9 digits. A number with dots is rejected, because it may be an IP address or an amount.
 * - An e-mail address, for `kind: 'email'`.
 * - A Telegram name (`@name`) or id (`#123456`), for `kind: 'telegram-bot'` and `'telegram-code'`.
 * - A group of contacts, by its number: `{ group: 3 }`. Text is not accepted, so that `G3` typed into a form cannot
 *   reach a whole group.
 */
export type Recipient =
  | string
  | {
      /** Number of the contact group, from 1. */
      readonly group: number;
    };

/** One recipient or a list of them. */
export type Recipients = Recipient | readonly Recipient[];

/** Type of recipient. Each kind of message accepts one type. */
export type Audience = 'phone' | 'email' | 'telegram';

// Removes spaces (U+0020, U+00A0), hyphens (U+002D, U+2010, U+2011) and parentheses.
const removeSeparators = (number: string): string => number.replace(/[ \u00a0()\-\u2010\u2011]/g, '');

const numberPattern = /^\+?\d{7,15}$/;

/** Returns true for one international number, with or without the usual separators. */
export const isPhone = (value: unknown): value is string => {
  if (typeof value !== 'string') return false;
  if (numberPattern.test(value)) return true;
  // Skips longer texts: a phone number with separators has at most 60 characters.
  const digits = value.length > 60 ? '' : removeSeparators(value);
  // Accepts at most one pair of parentheses, and rejects two numbers in one text.
  return (
    digits.length > 8 &&
    numberPattern.test(digits) &&
    /^[^()]*(?:\(\d+\)[^()]*)?$/.test(value) &&
    !/\d{7}\D+\d{7}/.test(value)
  );
};

/** Predicate of each type of recipient, and the words that describe the type in issues. */
const audiences: Readonly<
  Record<Audience, readonly [isValid: (value: string, at: IssueContext) => boolean, expected: string]>
> = {
  phone: [isPhone, 'a phone number as text (7 to 15 digits)'],
  email: [isEmail, 'an e-mail address'],
  telegram: [
    (value) => isPhone(value) || /^(?:@\w{4,32}|#\d{1,20})$/.test(value),
    '@name, #id, a phone number as text (7 to 15 digits)',
  ],
};

const isGroup = (value: unknown): boolean =>
  isObject(value) &&
  Object.keys(value).join() === 'group' &&
  isWhole(value['group'], 1, Number.MAX_SAFE_INTEGER);

/** Adds an issue that names the likely mistake. The recipient itself is never shown. */
export function rejectRecipient(value: unknown, at: IssueContext, expected: string): void {
  const text = asText(value);
  if (text.includes(',')) at.addIssue('has a comma; pass several recipients as an array');
  else if (/^[^@]*\p{L}[^@]*$/u.test(text)) at.addIssue(`has a letter; expected ${expected}`);
  else at.expect(false, value, expected);
}

/**
 * Adds an issue for each recipient that is not valid or not of the type `audience`. `step` is the path of the
 * recipients inside `at`.
 */
export function checkRecipients(
  value: unknown,
  at: IssueContext,
  step: string,
  audience: Audience = 'phone',
): void {
  const isList = Array.isArray(value);
  const list: readonly unknown[] = isList ? value : [value];
  const [isValid, expected] = audiences[audience];
  if (!list.length) at.inside(step).addIssue('expected a non-empty array');
  // Loops by index, so that holes are not skipped. Creates a context only for an issue, because there may be a million
  // recipients.
  for (let index = 0; index < list.length; index++) {
    const each = list[index];
    if (!(typeof each === 'string' ? isValid(each, at) : isGroup(each)))
      rejectRecipient(
        each,
        at.inside(isList ? `${step}[${index}]` : step),
        `${expected} or { group: number }`,
      );
  }
}

const writeRecipient = (recipient: Recipient): string => {
  if (typeof recipient !== 'string') return `G${recipient.group}`;
  if (numberPattern.test(recipient)) return recipient;
  const digits = removeSeparators(recipient);
  return numberPattern.test(digits) ? digits : recipient;
};

/** Joins recipients with commas. Adds each of them to `all`. No recipient can contain a comma. */
export function joinRecipients(to: Recipients, all: string[]): string {
  const written = [to].flat().map(writeRecipient);
  // Adds one by one: a spread of a million arguments would overflow the stack.
  for (const each of written) all.push(each);
  return written.join();
}

/** Encodes the value of a field that contains one recipient or several. */
export const encodeRecipients: Field<Recipients>['encode'] = (to, _input, { recipients }) =>
  joinRecipients(to, recipients);

/** Recipients. `checkKind` checks them, because their type depends on the kind of message. */
export const recipients: Field<Recipients> = {
  params: ['phones'],
  check: () => undefined,
  encode: encodeRecipients,
};
