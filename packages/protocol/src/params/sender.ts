import { type Check, checkThat } from '../core/checks.ts';
import type { Field } from '../core/field.ts';
import { asIs } from './as-is.ts';
import { isEmail } from './email.ts';

/**
 * Checks the sender that a phone shows: up to 11 characters of printable ASCII, or up to 15 digits. The gateway's page
 * allows «English letters, digits, space and some symbols» without a list of the symbols, so all symbols are accepted
 * here. E-mail addresses are accepted too; `checkKind` rejects them for all kinds except e-mail.
 */
const checkSender: Check = /* @__PURE__ */ checkThat(
  (value, at) =>
    isEmail(value, at) || (typeof value === 'string' && /^(?:\+?\d{1,15}|[\x20-\x7e]{1,11})$/.test(value)),
  '1 to 11 ASCII characters, or up to 15 digits',
);

/** Sender. The value `.` turns the account's default sender off (source: the vendor's own libraries). */
export const sender: Field<string> = /* @__PURE__ */ asIs('sender', checkSender);
