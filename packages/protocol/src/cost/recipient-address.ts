import type { Kind } from '../operations/kinds.ts';

/** The address to which the gateway would send a message. */
export interface RecipientAddress {
  /** Number in international form, digits only; or an e-mail address, a name or an id. */
  readonly phone: string;
  /** `true` if `phone` is a phone number. */
  readonly isNumber: boolean;
  /** Digits as the caller wrote them, if the number was corrected; otherwise `undefined`. */
  readonly asWritten: string | undefined;
}

/**
 * Corrects a number without `+`. The gateway documents that it corrects numbers, but not how. Assumption: national
 * numbers of Ukraine and Russia get their country code, and a leading 00 is dropped.
 */
function correctNumber(digits: string): string {
  const { length } = digits;
  if (digits.startsWith('00')) return digits.slice(2);
  if (length === 10 && digits.startsWith('0')) return `38${digits}`;
  if (length === 11 && digits.startsWith('80')) return `3${digits}`;
  if (length === 11 && digits.startsWith('8')) return `7${digits.slice(1)}`;
  if (length === 10 && digits.startsWith('9')) return `7${digits}`;
  return digits;
}

/** Returns true if digits form an international number: at most 15 (source: E.164), at least 8 (assumption). */
const isInternational = (digits: string): boolean => /^[1-9]\d{7,14}$/.test(digits);

/** Maximum length of a number as the caller wrote it, including separators. */
const maxLength = 60;

function readNumber(written: string): RecipientAddress | undefined {
  if (written.length > maxLength) return undefined;
  // Separators in a number are not sent.
  const bare = written.replace(/[ \u00a0()\-.\u2010\u2011]/g, '');
  if (!/^\+?\d{7,15}$/.test(bare)) return undefined;
  if (bare.startsWith('+'))
    return isInternational(bare.slice(1))
      ? { phone: bare.slice(1), isNumber: true, asWritten: undefined }
      : undefined;
  const phone = correctNumber(bare);
  return isInternational(phone)
    ? { phone, isNumber: true, asWritten: phone === bare ? undefined : bare }
    : undefined;
}

const isEmail = (written: string): boolean =>
  written.length <= 320 && /^[^\s@,;<>"]+@[^\s@,;<>".]+(?:\.[^\s@,;<>".]+)+$/.test(written);
const isName = (written: string): boolean => /^(?:@\w{3,32}|#\d{1,20})$/.test(written);

/** Reads a recipient of a message of the given kind. Returns `undefined` if the recipient is not valid. */
export function readAddress(written: string, kind: Kind): RecipientAddress | undefined {
  const toAddress = (valid: boolean): RecipientAddress | undefined =>
    valid ? { phone: written, isNumber: false, asWritten: undefined } : undefined;
  if (kind === 'email') return toAddress(isEmail(written));
  if (kind === 'telegram-bot' || kind === 'telegram-code')
    return toAddress(isName(written)) ?? readNumber(written);
  return readNumber(written);
}

/** Returns true if a number without `+` may be corrected, given its first digit and its length. */
export const mayBeCorrected = (first: number, digits: number): boolean =>
  first === 0 || (first === 8 && digits === 11) || (first === 9 && digits === 10);
