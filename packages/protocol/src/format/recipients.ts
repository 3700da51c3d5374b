import type { Issue } from '../errors.ts';
import { complain, type Field, isObject, typeName, unknownMembers } from '../fields.ts';
import { isEmail } from './email.ts';

/**
 * Whom a message goes to.
 *
 * - An international number, with or without `+`. Without it the gateway may correct the number to what it takes to be
 *   the right form; `+` switches that off. The choice is yours and is kept. Spaces, hyphens, dots and brackets are
 *   taken out.
 * - An e-mail address, for `kind: 'email'`.
 * - A Telegram name (`@name`) or id (`#123456`), for `kind: 'telegram-bot'`.
 * - A group of contacts, by its number: `{ group: 3 }`. Never as text, so that a `G3` typed into a form cannot reach a
 *   whole group.
 */
export type Recipient = string | { readonly group: number };

/** One recipient or a list of them. */
export type Recipients = Recipient | readonly Recipient[];

/** What sorts of recipients a kind of message can have. */
export type Audience = 'phone' | 'email' | 'telegram';

type Sort = Audience | 'group';

const sortOf = (recipient: string): Audience | undefined => {
  if (/^\+?\d{7,15}$/.test(bare(recipient))) return 'phone';
  if (isEmail(recipient)) return 'email';
  return /^(?:@\w{4,32}|#\d{1,20})$/.test(recipient) ? 'telegram' : undefined;
};

// What people put into numbers to read them: U+0020, U+00A0, U+2010, U+2011 and the ASCII signs.
const bare = (number: string): string => number.replace(/[ \u00a0()\-.\u2010\u2011]/g, '');

const wanted: Readonly<Record<Audience, string>> = {
  phone: 'an international number of 7 to 15 digits or { group: n }',
  email: 'an e-mail address or { group: n }',
  telegram: '@name, #id, an international number or { group: n }',
};

const takes = (audience: Audience, sort: Sort): boolean =>
  sort === 'group' || sort === audience || (audience === 'telegram' && sort === 'phone');

function checkRecipient(value: unknown, path: string, audience: Audience): readonly Issue[] {
  const expected = wanted[audience];
  if (isObject(value)) {
    const { group } = value;
    const valid = typeof group === 'number' && Number.isSafeInteger(group) && group > 0;
    return [...unknownMembers(value, ['group'], path), ...(valid ? [] : complain(`${path}.group`, 'expected a whole number above 0'))];
  }
  if (typeof value !== 'string') return complain(path, `is ${typeName(value)}; expected ${expected}`);
  const sort = sortOf(value);
  if (sort && takes(audience, sort)) return [];
  if (/^g\d+$/i.test(value)) return complain(path, 'reads like a group; write { group: n } if one is meant');
  const digits = value.replace(/\D/g, '').length;
  return complain(path, `is ${sort ? `of the sort «${sort}»` : `no recipient (${value.length} characters, ${digits} digits)`}; expected ${expected}`);
}

/** At most this many complaints about one list: a list of a million wrong numbers needs no million complaints. */
const enough = 20;

/** Complains of recipients that are none, or not of the sort that `audience` asks for. */
export function checkRecipients(value: unknown, path: string, audience: Audience): readonly Issue[] {
  if (!Array.isArray(value)) return checkRecipient(value, path, audience);
  if (value.length === 0) return complain(path, 'needs at least one recipient');
  const issues: Issue[] = [];
  let wrong = 0;
  for (let at = 0; at < value.length; at++) {
    const found = checkRecipient(value[at], `${path}[${at}]`, audience);
    if (found.length > 0 && ++wrong <= enough) issues.push(...found);
  }
  if (wrong > enough) issues.push({ path, message: `has ${wrong - enough} more that are wrong` });
  return issues;
}

const written = (recipient: Recipient): string => {
  if (typeof recipient !== 'string') return `G${recipient.group}`;
  return recipient.includes('@') || recipient.startsWith('#') ? recipient : bare(recipient);
};

/** Recipients as the gateway takes them: behind commas, which no recipient can hold. */
export const joinRecipients = (to: Recipients): string =>
  typeof to === 'object' && !('group' in to) ? to.map(written).join(',') : written(to);

/** The recipients. Which sort may be given depends on the kind of the message, so its rule checks them. */
export const recipients: Field<Recipients> = {
  params: ['phones'],
  check: () => [],
  encode: (value) => ({ phones: joinRecipients(value) }),
};
