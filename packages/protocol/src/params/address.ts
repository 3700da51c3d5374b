import { type Check, checkOneOrEach, checkThat } from '../core/checks.ts';
import type { Field } from '../core/field.ts';
import { isEmail } from './email.ts';
import { isPhone, encodeRecipients, rejectRecipient } from './recipients.ts';

/** Adds an issue if the value is not one phone number. Lists and groups are not accepted. */
const checkPhone: Check = (value, at) => {
  if (!isPhone(value)) rejectRecipient(value, at, 'a phone number as text (7 to 15 digits)');
};

/** Adds an issue if the value is not one e-mail address, or if the request's charset cannot encode it. */
export const checkEmail: Check = (value, at) => {
  if (isEmail(value, at)) return;
  at.expect(false, value, `one e-mail address${at.charset ? ` in ${at.charset.name}` : ''}`);
};

/**
 * One phone number or e-mail address. A comma is rejected, because the gateway would read several recipients and return
 * a list.
 */
export const address: Field<string> = {
  params: ['phone'],
  check: /* @__PURE__ */ checkThat(
    (value, at) => isEmail(value, at) || isPhone(value),
    'a phone number or an e-mail address',
  ),
  encode: encodeRecipients,
};

/** One phone number or e-mail address, or a list of them. */
export type Addresses = string | readonly string[];

const addressField = <Value extends Addresses>(param: string, check: Check): Field<Value> => ({
  params: [param],
  check,
  encode: encodeRecipients,
});

/** Creates a field for one phone number. */
export const phone = (param: string): Field<string> => addressField(param, checkPhone);

/** Creates a field for one or more phone numbers. */
export const phones = (param: string): Field<Addresses> => addressField(param, checkOneOrEach(checkPhone));

/** Creates a field for one or more e-mail addresses. */
export const emails = (param: string): Field<Addresses> => addressField(param, checkOneOrEach(checkEmail));
