import type { MessageKind } from './kinds.ts';

/** Looks up the recipients of a contact group by its number. */
export interface Groups {
  get(number: string): readonly string[] | undefined;
}

/** Recipients of one text, without duplicates. */
export interface Recipients {
  readonly valid: readonly string[];
  /** Invalid recipients, as they were written. */
  readonly wrong: readonly string[];
}

/**
 * Converts a number to international form. The gateway's page says that numbers with `+` are not changed and that all other
 * numbers «may be corrected». It does not say how. Assumptions: punctuation between digits is removed, `00` in front is
 * removed, and a Ukrainian or Russian number in its domestic form gets its country code.
 */
function toInternational(written: string): string {
  const digits = written.replace(/\D/g, '');
  if (written.startsWith('+')) return digits;
  if (digits.startsWith('00')) return digits.slice(2);
  if (/^0\d{9}$/.test(digits)) return `38${digits}`;
  if (/^80\d{9}$/.test(digits)) return `3${digits}`;
  if (/^8\d{10}$/.test(digits)) return `7${digits.slice(1)}`;
  if (/^9\d{9}$/.test(digits)) return `7${digits}`;
  return digits;
}

/**
 * Reads a phone number and returns it in international form, or `undefined` if it is not a number. E.164 allows at most 15
 * digits. The minimum of 8 is an assumption.
 */
export function readPhone(written: string): string | undefined {
  if (!/^\+?[\d\s().-]+$/.test(written)) return undefined;
  const phone = toInternational(written);
  return /^[1-9]\d{7,14}$/.test(phone) ? phone : undefined;
}

/** Returns true for a text that has the form of an e-mail address. */
export const isEmail = (written: string): boolean =>
  /^[^\s@,;<>"]+@[^\s@,;<>"]+\.[^\s@,;<>".]+$/.test(written);

/**
 * Reads a recipient of a messenger: a nickname, an id such as `#123`, or a phone number that the subscriber has shared. Source:
 * the gateway's pages.
 */
const readMessengerRecipient = (written: string): string | undefined =>
  /^(?:@\w{3,32}|#\d{1,20})$/.test(written) ? written : readPhone(written);

const groupPattern = /^G(\d+)$/;

/** Returns true for a recipient that a list can contain: a number, a nickname, an id, or a group. */
export const isRecipient = (written: string): boolean =>
  groupPattern.test(written) || readMessengerRecipient(written) !== undefined;

function readerOf(kind: MessageKind): (written: string) => string | undefined {
  if (kind === 'mail') return (written) => (isEmail(written) ? written : undefined);
  return kind === 'tg' || kind === 'bot' ? readMessengerRecipient : readPhone;
}

/**
 * Reads the parameter `phones`, a list separated by commas or semicolons. `G<number>` stands for the members of a group.
 * Assumptions: an unknown group is a wrong number, and a recipient that is named twice gets one message.
 */
export function readRecipients(phones: string, kind: MessageKind, groups: Groups): Recipients {
  // Fast path for one number that is already in international form.
  if (kind !== 'mail' && /^[1-9]\d{10,14}$/.test(phones) && phones[0] !== '8' && phones[0] !== '9')
    return { valid: [phones], wrong: [] };
  const read = readerOf(kind);
  const valid = new Set<string>();
  const wrong = new Set<string>();
  const add = (written: string): void => {
    const recipient = read(written);
    if (recipient === undefined) wrong.add(written);
    else valid.add(recipient);
  };
  for (const item of new Set(phones.split(/[,;]/))) {
    const written = item.trim();
    if (written === '') continue;
    const group = groupPattern.exec(written);
    const members = group ? groups.get(group[1]!) : undefined;
    if (members) for (const member of members) add(member.trim());
    else add(written);
  }
  return { valid: [...valid], wrong: [...wrong] };
}

/** Splits a list of numbers or addresses. Commas are documented; the other separators are an assumption. */
export const splitList = (list: string): readonly string[] =>
  list
    .split(/[,;|\n]/)
    .map((item) => item.trim())
    .filter((item) => item !== '');

/** Reads a list of phone numbers. Returns `undefined` if one of them is invalid. */
export function readPhoneList(list: string): readonly string[] | undefined {
  const phones = splitList(list).map(readPhone);
  return phones.every((phone) => phone !== undefined) ? phones : undefined;
}

/** Reads a list of e-mail addresses. Returns `undefined` if one of them is invalid. */
export function readEmailList(list: string): readonly string[] | undefined {
  const addresses = splitList(list);
  return addresses.every(isEmail) ? addresses : undefined;
}
