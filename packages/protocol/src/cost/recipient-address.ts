import type { Kind } from '../operations/kinds.ts';

/** Whom the gateway would send to. */
export interface RecipientAddress {
  /** The number in international form, digits only; or the e-mail address, name or id. */
  readonly phone: string;
  /** Whether it is a number. */
  readonly isNumber: boolean;
  /** Where the number was mended: the number as it was written, which it would be otherwise. */
  readonly asWritten: string | undefined;
}

/**
 * How a number without `+` is mended. That it may be is the gateway's word, how is assumed: what is dialed at home in
 * Ukraine and Russia gets its country, and 00 in front goes.
 */
function mend(digits: string): string {
  const { length } = digits;
  if (digits.startsWith('00')) return digits.slice(2);
  if (length === 10 && digits.startsWith('0')) return `38${digits}`;
  if (length === 11 && digits.startsWith('80')) return `3${digits}`;
  if (length === 11 && digits.startsWith('8')) return `7${digits.slice(1)}`;
  if (length === 10 && digits.startsWith('9')) return `7${digits}`;
  return digits;
}

/** Source: E.164 for 15 digits at most; that there are 8 at least is assumed. */
const isNumber = (digits: string): boolean => /^[1-9]\d{7,14}$/.test(digits);

/** Longer than any number, however it is written. */
const longest = 60;

function readNumber(written: string): RecipientAddress | undefined {
  if (written.length > longest) return undefined;
  // Signs that people put into numbers are not sent.
  const bare = written.replace(/[ \u00a0()\-.\u2010\u2011]/g, '');
  if (!/^\+?\d{7,15}$/.test(bare)) return undefined;
  if (bare.startsWith('+'))
    return isNumber(bare.slice(1))
      ? { phone: bare.slice(1), isNumber: true, asWritten: undefined }
      : undefined;
  const phone = mend(bare);
  return isNumber(phone)
    ? { phone, isNumber: true, asWritten: phone === bare ? undefined : bare }
    : undefined;
}

const isEmail = (written: string): boolean =>
  written.length <= 320 && /^[^\s@,;<>"]+@[^\s@,;<>".]+(?:\.[^\s@,;<>".]+)+$/.test(written);
const isName = (written: string): boolean => /^(?:@\w{3,32}|#\d{1,20})$/.test(written);

/** What a recipient of a kind is, however it is written; `undefined` for what is none. */
export function readAddress(written: string, kind: Kind): RecipientAddress | undefined {
  const other = (valid: boolean): RecipientAddress | undefined =>
    valid ? { phone: written, isNumber: false, asWritten: undefined } : undefined;
  if (kind === 'email') return other(isEmail(written));
  if (kind === 'telegram-bot' || kind === 'telegram-code')
    return other(isName(written)) ?? readNumber(written);
  return readNumber(written);
}

/** Whether a number of so many digits, beginning with this one, is mended where it is written without `+`. */
export const mayBeCorrected = (first: number, digits: number): boolean =>
  first === 0 || (first === 8 && digits === 11) || (first === 9 && digits === 10);
