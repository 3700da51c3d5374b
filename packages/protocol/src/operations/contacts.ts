import { type Addresses, checkEmail, emails, phone as onePhone, phones } from '../params/address.ts';
import { asIs } from '../params/as-is.ts';
import { type Day, day, fromWireDay } from '../params/day.ts';
import { all, anyOf, needed, oneOf } from '../params/needed.ts';
import { record, type RecordId, records } from '../params/record.ts';
import { checkLine, line, words } from '../params/text.ts';
import { jsonFormat } from '../replies/json.ts';
import type { JsonObject } from '../exchange/json.ts';
import type { Fields, Operation } from '../core/operation.ts';
import {
  type Created,
  type Done,
  readCreated,
  readDone,
  readExtra,
  readOptionalText,
  readRows,
} from '../core/read.ts';
import { contactErrors } from '../tables/errors.ts';

/** Somebody in the address book. What the gateway did not say is `undefined`. */
export interface Contact {
  /** Your own id for the contact, as `ownId` gave it. */
  readonly ownId: string | undefined;
  /** The gateway's number for the contact: what `after` takes. Source: third parties. */
  readonly serverId: string | undefined;
  readonly name: string | undefined;
  readonly phone: string | undefined;
  /** Numbers of the groups that the contact is in; none is an empty list. */
  readonly groups: readonly string[];
  readonly firstName: string | undefined;
  readonly lastName: string | undefined;
  readonly middleName: string | undefined;
  /** `YYYY-MM-DD`. */
  readonly birthday: string | undefined;
  readonly comment: string | undefined;
  readonly tags: string | undefined;
  readonly otherPhones: string | undefined;
  /** Members of the answer that are not known here. */
  readonly extra: JsonObject;
}

/** What can be said of a contact. Source of all but the name: third parties that mirror the gateway's page. */
export interface ContactFields {
  readonly name?: string | undefined;
  /** The group or groups to be in. */
  readonly groups?: RecordId | readonly RecordId[] | undefined;
  readonly firstName?: string | undefined;
  readonly lastName?: string | undefined;
  readonly middleName?: string | undefined;
  readonly birthday?: Day | undefined;
  /** An id of your own. */
  readonly ownId?: string | undefined;
  readonly comment?: string | undefined;
  readonly tags?: string | undefined;
  /** Further numbers, as text. */
  readonly otherPhones?: string | undefined;
}

/** Whom, by number or by e-mail address. */
export interface ContactKey {
  readonly phone?: Addresses | undefined;
  readonly email?: Addresses | undefined;
}

/** A new contact: a name, and a number or an address. */
export interface AddContactInput extends ContactFields, ContactKey {
  readonly name: string;
}

/** Which contact, and what is to be other. */
export interface ChangeContactInput extends ContactFields, ContactKey {
  readonly newPhone?: string | undefined;
  readonly newEmail?: string | undefined;
}

/** Which contacts to list. Default: all of them. */
export interface ContactsInput {
  /** Only those in this group. */
  readonly group?: RecordId | undefined;
  /** Only this number. */
  readonly phone?: string | undefined;
  /** Only those whose full name has this in it. */
  readonly fullName?: string | undefined;
  /** Only those with this anywhere. */
  readonly search?: string | undefined;
  /** Only those behind the contact of this `serverId`. */
  readonly after?: RecordId | undefined;
}

const details: Fields<ContactFields> = {
  name: /* @__PURE__ */ line('name'),
  groups: /* @__PURE__ */ records('grp'),
  firstName: /* @__PURE__ */ line('fnm'),
  lastName: /* @__PURE__ */ line('lnm'),
  middleName: /* @__PURE__ */ line('mnm'),
  birthday: /* @__PURE__ */ day('bd'),
  ownId: /* @__PURE__ */ asIs<string>('myid', checkLine),
  comment: /* @__PURE__ */ words('cmt'),
  tags: /* @__PURE__ */ line('tags'),
  otherPhones: /* @__PURE__ */ line('pho'),
};

const key: Fields<ContactKey> = {
  phone: /* @__PURE__ */ phones('phone'),
  email: /* @__PURE__ */ emails('mail'),
};

const known = [
  'id',
  'int_id',
  'name',
  'phone',
  'group',
  'first_name',
  'last_name',
  'middle_name',
  'birthday',
  'comments',
  'tags',
  'phone_other',
];

/** Groups stand behind commas or bars; nought is none. */
const readGroups = (text = ''): readonly string[] =>
  text
    .split(/[,|]/)
    .map((group) => group.trim())
    .filter((group) => group !== '' && group !== '0');

const readContact = (row: JsonObject): Contact => {
  const birthday = readOptionalText(row, 'birthday');
  return {
    ownId: readOptionalText(row, 'id'),
    serverId: readOptionalText(row, 'int_id'),
    name: readOptionalText(row, 'name'),
    phone: readOptionalText(row, 'phone'),
    groups: readGroups(readOptionalText(row, 'group')),
    firstName: readOptionalText(row, 'first_name'),
    lastName: readOptionalText(row, 'last_name'),
    middleName: readOptionalText(row, 'middle_name'),
    birthday: birthday === undefined ? undefined : fromWireDay(birthday),
    comment: readOptionalText(row, 'comments'),
    tags: readOptionalText(row, 'tags'),
    otherPhones: readOptionalText(row, 'phone_other'),
    extra: readExtra(row, known),
  };
};

/** Contacts; none is an empty list. What was just written can take some seconds to be seen (recorded). */
export const contacts: Operation<ContactsInput, readonly Contact[], 'reads'> = {
  name: 'contacts',
  path: 'sys/phones.php',
  effect: 'reads',
  fields: {
    group: /* @__PURE__ */ record('grp'),
    phone: /* @__PURE__ */ onePhone('phone'),
    fullName: /* @__PURE__ */ line('fio'),
    search: /* @__PURE__ */ line('search'),
    after: /* @__PURE__ */ record('after_id'),
  },
  constants: { get: 1 },
  errors: contactErrors,
  empty: 3,
  format: jsonFormat,
  result: (reply) => readRows(reply).map(readContact),
};

/** Adds a contact. */
export const addContact: Operation<AddContactInput, Created, 'spends'> = {
  name: 'addContact',
  path: 'sys/phones.php',
  effect: 'spends',
  fields: /* @__PURE__ */ Object.assign({}, key, details),
  constants: { add: 1 },
  rules: /* @__PURE__ */ all(/* @__PURE__ */ needed('name'), /* @__PURE__ */ anyOf('phone', 'email')),
  errors: contactErrors,
  format: jsonFormat,
  result: readCreated,
};

/** Changes a contact. What is left out stays as it is. */
export const changeContact: Operation<ChangeContactInput, Done, 'idempotent'> = {
  name: 'changeContact',
  path: 'sys/phones.php',
  effect: 'idempotent',
  fields: /* @__PURE__ */ Object.assign(
    {
      newPhone: /* @__PURE__ */ onePhone('new_phone'),
      newEmail: /* @__PURE__ */ asIs<string>('new_mail', checkEmail),
    },
    key,
    details,
  ),
  constants: { chg: 1 },
  rules: (input, at) => {
    anyOf('phone', 'email')(input, at);
    anyOf('newPhone', 'newEmail', ...Object.keys(details))(input, at);
  },
  errors: contactErrors,
  format: jsonFormat,
  result: readDone,
};

/** Removes a contact, by its number or its address. */
export const removeContact: Operation<ContactKey, Done, 'idempotent'> = {
  name: 'removeContact',
  path: 'sys/phones.php',
  effect: 'idempotent',
  fields: key,
  constants: { del: 1 },
  rules: /* @__PURE__ */ oneOf('phone', 'email'),
  errors: contactErrors,
  format: jsonFormat,
  result: readDone,
};
