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

/** Group of contacts. */
export interface ContactGroup {
  /** Id of the group in the gateway. Operations on groups and contacts accept it as `group`. */
  readonly id: string;
  /** Name of the group. */
  readonly name: string | undefined;
  /** Number that addresses the group in a message: `to: { group: number }`. Different from `id`. */
  readonly number: number | undefined;
  /** Number of contacts in the group. */
  readonly count: number | undefined;
  /** Other members of the response, unchanged. */
  readonly extra: JsonObject;
}

/** New group. */
export interface AddContactGroupInput {
  /** Name of the group, one line. */
  readonly name: string;
  /** Number that addresses the group in a message, from 1. Default: chosen by the gateway. */
  readonly number?: number | undefined;
  /** Content of the group. Default: `phones`. Source: third parties. */
  readonly content?: 'phones' | 'emails' | undefined;
}

/** Changes to a group. */
export interface ChangeContactGroupInput {
  /** Id of the group. */
  readonly group: RecordId;
  /** New name of the group, one line. */
  readonly name: string;
  /** New number that addresses the group in a message. Default: unchanged. */
  readonly number?: number | undefined;
}

/** Group to remove. */
export interface RemoveContactGroupInput {
  /** Id of the group. */
  readonly group: RecordId;
}

/** Group, and the contacts to move, add or remove. */
export interface ContactsOfGroupInput {
  /** Id of the group. */
  readonly group: RecordId;
  /** Phone numbers of the contacts. */
  readonly phone: Addresses;
}

const group = /* @__PURE__ */ record('grp');
const name = /* @__PURE__ */ line('name');
const number = /* @__PURE__ */ whole('num', 1, 2147483647);
const phone = /* @__PURE__ */ phones('phone');

/**
 * Returns the groups of the address book. The list is empty if there are none.
 *
 * @example
 * ```ts
 * const groups = await smsc.call(contactGroups, {});
 * ```
 */
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

/**
 * Adds a group of contacts.
 *
 * @example
 * ```ts
 * const added = await smsc.call(addContactGroup, { name: 'Customers', number: 7 });
 * if (added.outcome === 'accepted') console.log(added.id);
 * ```
 */
export const addContactGroup: Operation<AddContactGroupInput, Created, 'spends'> = {
  name: 'addContactGroup',
  path: 'sys/phones.php',
  effect: 'spends',
  fields: {
    name,
    number,
    content: /* @__PURE__ */ choice<'phones' | 'emails'>('type', { phones: 0, emails: 1 }),
  },
  constants: { add_group: 1 },
  rules: /* @__PURE__ */ needed('name'),
  errors: contactErrors,
  format: jsonFormat,
  result: readCreated,
};

/**
 * Renames a group, and changes its number if a new number is given.
 *
 * @example
 * ```ts
 * await smsc.call(changeContactGroup, { group: 5, name: 'Regular customers' });
 * ```
 */
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

/**
 * Removes a group of contacts.
 *
 * @example
 * ```ts
 * await smsc.call(removeContactGroup, { group: 5 });
 * ```
 */
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

/**
 * Moves contacts to a group, and removes them from their other groups.
 *
 * @example
 * ```ts
 * await smsc.call(moveToGroup, { group: 5, phone: '380501234567' });
 * ```
 */
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

/**
 * Adds contacts to a group. They also stay in their other groups.
 *
 * @example
 * ```ts
 * await smsc.call(addToGroup, { group: 5, phone: ['380501234567', '380671234567'] });
 * ```
 */
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

/**
 * Removes contacts from a group.
 *
 * @example
 * ```ts
 * await smsc.call(removeFromGroup, { group: 5, phone: '380501234567' });
 * ```
 */
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
