import { type Check, checkThat } from '../core/checks.ts';
import type { Field } from '../core/field.ts';
import { asIs } from './as-is.ts';
import { isEmail } from './email.ts';

/**
 * What a phone shows as a sender: 11 characters of printable ASCII, or 15 digits. The page says «English letters,
 * digits, space and some symbols» without naming them, so which symbols pass is the gateway's to say. An address is the
 * sender of an e-mail, and of nothing else: that is a rule of the kind.
 */
const checkSender: Check = /* @__PURE__ */ checkThat(
  (value, at) =>
    isEmail(value, at) || (typeof value === 'string' && /^(?:\+?\d{1,15}|[\x20-\x7e]{1,11})$/.test(value)),
  '1 to 11 ASCII characters, or up to 15 digits',
);

/** The sender's name. `.` switches the account's default off (source: the vendor's own libraries). */
export const sender: Field<string> = /* @__PURE__ */ asIs('sender', checkSender);
