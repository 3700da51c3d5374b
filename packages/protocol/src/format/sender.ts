import type { Issue } from '../errors.ts';
import { complain, type Field, fine, typeName } from '../fields.ts';
import { isEmail } from './email.ts';

const letters = 11;
const digits = 15;

/**
 * Complains of what no phone shows as a sender: 11 characters of printable ASCII, or 15 digits. The page says «English
 * letters, digits, space and some symbols» without naming them, so which symbols pass is the gateway's to say.
 */
export function checkSender(value: unknown, path: string): readonly Issue[] {
  if (typeof value !== 'string') return complain(path, `is ${typeName(value)}; expected text`);
  if (/^\+?\d+$/.test(value)) {
    const count = value.replace('+', '').length;
    return count <= digits ? fine : complain(path, `has ${count} digits; at most ${digits}`);
  }
  if (value === '') return complain(path, 'is empty; «.» switches the account’s default sender off');
  // An e-mail address is the sender of an e-mail, and of nothing else: that is a rule of the kind.
  if (isEmail(value)) return fine;
  const issues: Issue[] = [];
  if (value.length > letters) issues.push({ path, message: `has ${value.length} characters; at most ${letters}, or ${digits} digits` });
  if (!/^[\x20-\x7e]*$/.test(value)) issues.push({ path, message: 'has characters other than English letters, digits, space and ASCII signs' });
  return issues;
}

/** The sender's name. `.` switches the account's default off (source: the vendor's own libraries). */
export const sender: Field<string> = {
  params: ['sender'],
  check: checkSender,
  encode: (value) => ({ sender: value }),
};
