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

/** Contact in the address book. A member that the gateway did not send is `undefined`. */
export interface Contact {
  /** Id that you chose for the contact. */
  readonly ownId: string | undefined;
  /** Id of the contact in the gateway. The filter `after` accepts it. Source: third parties. */
  readonly serverId: string | undefined;
  /** Name of the contact as the address book shows it. */
  readonly name: string | undefined;
  /** Phone number of the contact. */
  readonly phone: string | undefined;
  /** Ids of the groups that contain the contact. Empty if there are none. */
  readonly groups: readonly string[];
  /** First name. */
  readonly firstName: string | undefined;
  /** Last name. */
  readonly lastName: string | undefined;
  /** Middle name or patronymic. */
  readonly middleName: string | undefined;
  /** Date of birth, `YYYY-MM-DD`. */
  readonly birthday: string | undefined;
  /** Note on the contact. */
  readonly comment: string | undefined;
  /** Tags, as one text. */
  readonly tags: string | undefined;
  /** Further phone numbers, as one text. */
  readonly otherPhones: string | undefined;
  /** Other members of the response, unchanged. */
  readonly extra: JsonObject;
}

/** Details of a contact. Source, except for `name`: third parties that mirror the gateway's page. */
export interface ContactFields {
  /** Name of the contact as the address book shows it, one line. */
  readonly name?: string | undefined;
  /** Ids of the groups of the contact. */
  readonly groups?: RecordId | readonly RecordId[] | undefined;
  /** First name, one line. */
  readonly firstName?: string | undefined;
  /** Last name, one line. */
  readonly lastName?: string | undefined;
  /** Middle name or patronymic, one line. */
  readonly middleName?: string | undefined;
  /** Date of birth, `YYYY-MM-DD`. */
  readonly birthday?: Day | undefined;
  /** Id that you choose for the contact. */
  readonly ownId?: string | undefined;
  /** Note on the contact. May contain line breaks. */
  readonly comment?: string | undefined;
  /** Tags, as one text. */
  readonly tags?: string | undefined;
  /** Further phone numbers, as one text. */
  readonly otherPhones?: string | undefined;
}

/** Phone numbers or e-mail addresses that identify contacts. */
export interface ContactKey {
  /** Phone numbers of the contacts. */
  readonly phone?: Addresses | undefined;
  /** E-mail addresses of the contacts. */
  readonly email?: Addresses | undefined;
}

/** New contact. Needs a name, and a phone number or an e-mail address. */
export interface AddContactInput extends ContactFields, ContactKey {
  /** Name of the contact as the address book shows it, one line. */
  readonly name: string;
}

/** Changes to a contact. Needs a phone number or an e-mail address, and at least one change. */
export interface ChangeContactInput extends ContactFields, ContactKey {
  /** New phone number. Default: unchanged. */
  readonly newPhone?: string | undefined;
  /** New e-mail address. Default: unchanged. */
  readonly newEmail?: string | undefined;
}

/** Filter for the list of contacts. Default: all contacts. */
export interface ContactsInput {
  /** Only contacts in the group with this id. */
  readonly group?: RecordId | undefined;
  /** Only the contact with this phone number. */
  readonly phone?: string | undefined;
  /** Only contacts whose full name contains this text. */
  readonly fullName?: string | undefined;
  /** Only contacts with this text in any of their members. */
  readonly search?: string | undefined;
  /** Only contacts after the contact with this `serverId`. */
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

/** Splits a list of group ids at commas or vertical bars. Leaves out 0, which means no group. */
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

/**
 * Returns contacts of the address book. The list is empty if there are none. New and changed contacts can take some
 * seconds to appear (recorded).
 *
 * @example
 * ```ts
 * const customers = await smsc.call(contacts, { group: 5 });
 * ```
 */
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

/**
 * Adds a contact to the address book.
 *
 * @example
 * ```ts
 * const added = await smsc.call(addContact, { name: 'Olena', phone: '380501234567', groups: 5 });
 * if (added.outcome === 'accepted') console.log(added.id);
 * ```
 */
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

/**
 * Changes a contact. Members that are left out stay unchanged.
 *
 * @example
 * ```ts
 * await smsc.call(changeContact, { phone: '380501234567', name: 'Olena K.' });
 * ```
 */
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

/**
 * Removes a contact by its phone number or its e-mail address.
 *
 * @example
 * ```ts
 * await smsc.call(removeContact, { phone: '380501234567' });
 * ```
 */
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
