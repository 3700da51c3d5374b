import type { MessageKind } from './kinds.ts';

/** Contact groups by their number: the recipients in each. */
export interface Groups {
  get(number: string): readonly string[] | undefined;
}

/** Recipients of one text, each once. */
export interface Recipients {
  readonly valid: readonly string[];
  /** As they were written. */
  readonly wrong: readonly string[];
}

/**
 * Mends a number. With `+` it is taken as it is, without one it «may be mended», says the gateway's page and not how.
 * Assumed: signs between digits go; `00` in front goes; a Ukrainian or Russian number as it is dialed at home gets its
 * country.
 */
function mend(written: string): string {
  const digits = written.replace(/\D/g, '');
  if (written.startsWith('+')) return digits;
  if (digits.startsWith('00')) return digits.slice(2);
  if (/^0\d{9}$/.test(digits)) return `38${digits}`;
  if (/^80\d{9}$/.test(digits)) return `3${digits}`;
  if (/^8\d{10}$/.test(digits)) return `7${digits.slice(1)}`;
  if (/^9\d{9}$/.test(digits)) return `7${digits}`;
  return digits;
}

/** A number in international form; `undefined` for what is none. E.164 has 15 digits at most; 8 at least is assumed. */
export function readPhone(written: string): string | undefined {
  if (!/^\+?[\d\s().-]+$/.test(written)) return undefined;
  const phone = mend(written);
  return /^[1-9]\d{7,14}$/.test(phone) ? phone : undefined;
}

/** An e-mail address, roughly. */
export const isEmail = (written: string): boolean =>
  /^[^\s@,;<>"]+@[^\s@,;<>"]+\.[^\s@,;<>".]+$/.test(written);

/** «For Telegram a nick, or an id as #ID»; a phone where the subscriber has shared it. Source: the gateway's pages. */
const readNick = (written: string): string | undefined =>
  /^(?:@\w{3,32}|#\d{1,20})$/.test(written) ? written : readPhone(written);

const groupForm = /^G(\d+)$/;

/** Whether a text is a recipient of a kind that lists are for: a number, a nick, an id, or a group. */
export const isRecipient = (written: string): boolean =>
  groupForm.test(written) || readNick(written) !== undefined;

const readerOf = (kind: MessageKind): ((written: string) => string | undefined) => {
  if (kind === 'mail') return (written) => (isEmail(written) ? written : undefined);
  return kind === 'tg' || kind === 'bot' ? readNick : readPhone;
};

/**
 * Reads `phones`: a list with commas or semicolons. `G<number>` stands for the numbers of a group; a group that does not
 * exist is a wrong number: assumed. A recipient that is named twice gets one message: assumed.
 */
export function readRecipients(phones: string, kind: MessageKind, groups: Groups): Recipients {
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
    const group = groupForm.exec(written);
    const members = group ? groups.get(group[1]!) : undefined;
    if (members) for (const member of members) add(member.trim());
    else add(written);
  }
  return { valid: [...valid], wrong: [...wrong] };
}
