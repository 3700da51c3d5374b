import { type Check, checkThat } from '../core/checks.ts';
import type { Field } from '../core/field.ts';
import { isEmail } from './email.ts';
import { isPhone, joinRecipients, refuseRecipient } from './recipients.ts';

/** Complains of what is not one number. Lists and groups are other things. */
const checkPhone: Check = (value, at) => {
  if (!isPhone(value)) refuseRecipient(value, at, 'one number of 7 to 15 digits');
};

/** Complains of what is not one e-mail address, or cannot be written in the request's charset. */
export const checkEmail: Check = (value, at) => {
  if (isEmail(value, at)) return;
  at.expect(false, value, `one e-mail address${at.charset ? ` in ${at.charset.name}` : ''}`);
};

/** One number or e-mail address. A comma would make a list of it, and of the answer. */
export const address: Field<string> = {
  params: ['phone'],
  check: /* @__PURE__ */ checkThat(
    (value, at) => isEmail(value, at) || isPhone(value),
    'one number or e-mail address',
  ),
  encode: joinRecipients,
};

/** One address or many, none of which can hold a separator. */
export type Addresses = string | readonly string[];

const addressed = <Value extends Addresses>(param: string, check: Check): Field<Value> => ({
  params: [param],
  check,
  encode: joinRecipients,
});

const checkAll =
  (check: Check): Check =>
  (value, at) => {
    if (!Array.isArray(value)) check(value, at);
    else if (value.length === 0) at.addIssue('needs at least one');
    else for (const [index, each] of value.entries()) check(each, at.inside(`[${index}]`));
  };

/** One number. */
export const phone = (param: string): Field<string> => addressed(param, checkPhone);

/** Numbers. */
export const phones = (param: string): Field<Addresses> => addressed(param, checkAll(checkPhone));

/** E-mail addresses. */
export const emails = (param: string): Field<Addresses> => addressed(param, checkAll(checkEmail));
