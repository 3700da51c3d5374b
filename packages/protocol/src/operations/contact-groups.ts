import { type Addresses, phones } from '../params/address.ts';
import { choice } from '../params/choice.ts';
import { needed } from '../params/needed.ts';
import { whole } from '../params/number.ts';
import { record, type RecordId } from '../params/record.ts';
import { line } from '../params/text.ts';
import { jsonFormat } from '../replies/json.ts';
import type { JsonObject } from '../exchange/json.ts';
import type { Operation } from '../core/operation.ts';
import {
  type Created,
  type Done,
  readCreated,
  readDone,
  readExtra,
  readOptionalNumber,
  readOptionalText,
  readRows,
  readText,
} from '../core/read.ts';
import { contactErrors } from '../tables/errors.ts';

/** A group of contacts. */
export interface ContactGroup {
  /** The gateway's number for it: what `group` takes here. */
  readonly id: string;
  readonly name: string | undefined;
  /** The number to send to it by: `to: { group: number }`. Not the same as `id`. */
  readonly number: number | undefined;
  /** How many contacts are in it. */
  readonly count: number | undefined;
  /** Members of the answer that are not known here. */
  readonly extra: JsonObject;
}

/** A new group. */
export interface AddContactGroupInput {
  readonly name: string;
  /** The number to send to it by. */
  readonly number?: number | undefined;
  /** What is in it. Default: phones. Source: third parties. */
  readonly holds?: 'phones' | 'emails' | undefined;
}

/** Which group, and what it is to be called. */
export interface ChangeContactGroupInput {
  readonly group: RecordId;
  readonly name: string;
  /** The number to send to it by. Default: as it is. */
  readonly number?: number | undefined;
}

/** Which group. */
export interface RemoveContactGroupInput {
  readonly group: RecordId;
}

/** Which contacts, and which group. */
export interface ContactsOfGroupInput {
  readonly group: RecordId;
  readonly phone: Addresses;
}

const group = /* @__PURE__ */ record('grp');
const name = /* @__PURE__ */ line('name');
const number = /* @__PURE__ */ whole('num', 1, 2147483647);
const phone = /* @__PURE__ */ phones('phone');

/** The groups of the address book; none is an empty list. */
export const contactGroups: Operation<Record<never, never>, readonly ContactGroup[], 'reads'> = {
  name: 'contactGroups',
  path: 'sys/phones.php',
  effect: 'reads',
  fields: {},
  constants: { get_group: 1 },
  errors: contactErrors,
  empty: 3,
  format: jsonFormat,
  result: (reply) =>
    readRows(reply).map((row) => ({
      id: readText(row, 'id'),
      name: readOptionalText(row, 'name'),
      number: readOptionalNumber(row, 'number'),
      count: readOptionalNumber(row, 'cnt'),
      extra: readExtra(row, ['id', 'name', 'number', 'cnt']),
    })),
};

/** Adds a group. */
export const addContactGroup: Operation<AddContactGroupInput, Created, 'spends'> = {
  name: 'addContactGroup',
  path: 'sys/phones.php',
  effect: 'spends',
  fields: {
    name,
    number,
    holds: /* @__PURE__ */ choice<'phones' | 'emails'>('type', { phones: 0, emails: 1 }),
  },
  constants: { add_group: 1 },
  rules: /* @__PURE__ */ needed('name'),
  errors: contactErrors,
  format: jsonFormat,
  result: readCreated,
};

/** Renames a group, and gives it another number. */
export const changeContactGroup: Operation<ChangeContactGroupInput, Done, 'idempotent'> = {
  name: 'changeContactGroup',
  path: 'sys/phones.php',
  effect: 'idempotent',
  fields: { group, name, number },
  constants: { chg_group: 1 },
  rules: /* @__PURE__ */ needed('group', 'name'),
  errors: contactErrors,
  format: jsonFormat,
  result: readDone,
};

/** Removes a group. */
export const removeContactGroup: Operation<RemoveContactGroupInput, Done, 'idempotent'> = {
  name: 'removeContactGroup',
  path: 'sys/phones.php',
  effect: 'idempotent',
  fields: { group },
  constants: { del_group: 1 },
  rules: /* @__PURE__ */ needed('group'),
  errors: contactErrors,
  format: jsonFormat,
  result: readDone,
};

/** Moves contacts to a group, out of those that they are in. */
export const moveToGroup: Operation<ContactsOfGroupInput, Done, 'idempotent'> = {
  name: 'moveToGroup',
  path: 'sys/phones.php',
  effect: 'idempotent',
  fields: { group, phone },
  constants: { move_group: 1 },
  rules: /* @__PURE__ */ needed('group', 'phone'),
  errors: contactErrors,
  format: jsonFormat,
  result: readDone,
};

/** Adds contacts to one group more. */
export const addToGroup: Operation<ContactsOfGroupInput, Done, 'idempotent'> = {
  name: 'addToGroup',
  path: 'sys/phones.php',
  effect: 'idempotent',
  fields: { group, phone },
  constants: { move_group: 2 },
  rules: /* @__PURE__ */ needed('group', 'phone'),
  errors: contactErrors,
  format: jsonFormat,
  result: readDone,
};

/** Takes contacts out of a group. */
export const removeFromGroup: Operation<ContactsOfGroupInput, Done, 'idempotent'> = {
  name: 'removeFromGroup',
  path: 'sys/phones.php',
  effect: 'idempotent',
  fields: { group, phone },
  constants: { move_group: 3 },
  rules: /* @__PURE__ */ needed('group', 'phone'),
  errors: contactErrors,
  format: jsonFormat,
  result: readDone,
};
