import type { Field } from '../core/field.ts';
import type { IssueContext } from '../core/issues.ts';
import { isObject } from '../core/own-members.ts';
import { isEmail } from './email.ts';
import { asText } from './text.ts';
import { isWhole } from './number.ts';

/**
 * Recipient of a message.
 *
 * - An international number, with or without `+`. Without it the gateway may correct the number to what it takes to be
 *   the right form; `+` switches that off. The choice is yours and is kept. Spaces, hyphens and one pair of brackets
 *   are taken out, of what has at least 9 digits and is not two numbers; what has dots may be an address or an amount.
 * - An e-mail address, for `kind: 'email'`.
 * - A Telegram name (`@name`) or id (`#123456`), for `kind: 'telegram-bot'` and `'telegram-code'`.
 * - A group of contacts, by its number: `{ group: 3 }`. Never as text, so that a `G3` typed into a form cannot reach a
 *   whole group.
 */
export type Recipient = string | { readonly group: number };

/** One recipient or a list of them. */
export type Recipients = Recipient | readonly Recipient[];

/** Sorts of recipients. Each kind of message accepts one. */
export type Audience = 'phone' | 'email' | 'telegram';

// What people put into numbers to read them: U+0020, U+00A0, U+2010, U+2011 and the ASCII signs.
const bare = (written: string): string => written.replace(/[ \u00a0()\-\u2010\u2011]/g, '');

const number = /^\+?\d{7,15}$/;

/** Returns true for one international number, with or without the usual separators. */
export const isPhone = (value: unknown): value is string => {
  if (typeof value !== 'string') return false;
  if (number.test(value)) return true;
  // No number is longer, however it is written.
  const digits = value.length > 60 ? '' : bare(value);
  // With one pair of brackets at most, and not two numbers.
  return (
    digits.length > 8 &&
    number.test(digits) &&
    /^[^()]*(?:\(\d+\)[^()]*)?$/.test(value) &&
    !/\d{7}\D+\d{7}/.test(value)
  );
};

/** What each sort has to be, and how a complaint names it. */
const audiences: Readonly<
  Record<Audience, readonly [isOne: (value: string, at: IssueContext) => boolean, named: string]>
> = {
  phone: [isPhone, 'a number of 7 to 15 digits'],
  email: [isEmail, 'an e-mail address'],
  telegram: [
    (value) => isPhone(value) || /^(?:@\w{4,32}|#\d{1,20})$/.test(value),
    '@name, #id, a number of 7 to 15 digits',
  ],
};

const isGroup = (value: unknown): boolean =>
  isObject(value) &&
  Object.keys(value).join() === 'group' &&
  isWhole(value['group'], 1, Number.MAX_SAFE_INTEGER);

/** Adds an issue that names the likely mistake. The recipient itself is never shown. */
export function refuseRecipient(value: unknown, at: IssueContext, expected: string): void {
  const text = asText(value);
  if (text.includes(',')) at.addIssue('has a comma; pass several as an array');
  else if (/^[^@]*\p{L}[^@]*$/u.test(text)) at.addIssue(`has a letter; expected ${expected}`);
  else at.expect(false, value, expected);
}

/** Complains of recipients, which stand at `step`, that are none, or not of the sort that `audience` asks for. */
export function checkRecipients(
  value: unknown,
  at: IssueContext,
  step: string,
  audience: Audience = 'phone',
): void {
  const isList = Array.isArray(value);
  const list: readonly unknown[] = isList ? value : [value];
  const [isOne, named] = audiences[audience];
  if (!list.length) at.inside(step).addIssue('needs at least one recipient');
  // By index, which passes over no holes. A place is made for a complaint only: there may be a million recipients.
  for (let index = 0; index < list.length; index++) {
    const each = list[index];
    if (!(typeof each === 'string' ? isOne(each, at) : isGroup(each)))
      refuseRecipient(each, at.inside(isList ? `${step}[${index}]` : step), `${named} or { group: number }`);
  }
}

const written = (recipient: Recipient): string => {
  if (typeof recipient !== 'string') return `G${recipient.group}`;
  if (number.test(recipient)) return recipient;
  const digits = bare(recipient);
  return number.test(digits) ? digits : recipient;
};

/** Recipients as the gateway takes them: behind commas, which no recipient can hold. */
export const joinRecipients = (to: Recipients): string =>
  Array.isArray(to) ? (to as readonly Recipient[]).map(written).join() : written(to as Recipient);

/** The recipients. Which sort may be given depends on the kind of the message, so its rule checks them. */
export const recipients: Field<Recipients> = {
  params: ['phones'],
  check: () => undefined,
  encode: joinRecipients,
};
