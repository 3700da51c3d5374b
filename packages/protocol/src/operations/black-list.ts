import { type Addresses, phones } from '../params/address.ts';
import { choice } from '../params/choice.ts';
import { needed } from '../params/needed.ts';
import { jsonFormat } from '../replies/json.ts';
import type { Operation } from '../core/operation.ts';
import { type Done, readDone, readTaken, type Taken } from '../core/read.ts';
import { contactErrors } from '../tables/errors.ts';

/** Which numbers, and from what they are kept. */
export interface BlackListInput {
  readonly phone: Addresses;
  /** From which messages: all, those of mass mailings, single ones. Default: all. Source: third parties. */
  readonly scope?: 'all' | 'mass' | 'single' | undefined;
}

const phone = /* @__PURE__ */ phones('phone');
const scope = /* @__PURE__ */ choice<'all' | 'mass' | 'single'>('type', { all: 0, mass: 1, single: 2 });

/** Puts numbers on the black list: messages to them are not sent. */
export const addToBlackList: Operation<BlackListInput, Taken, 'idempotent'> = {
  name: 'addToBlackList',
  path: 'sys/phones.php',
  effect: 'idempotent',
  fields: { phone, scope },
  constants: { add_black: 1 },
  rules: /* @__PURE__ */ needed('phone'),
  errors: contactErrors,
  format: jsonFormat,
  result: readTaken,
};

/** Takes numbers off the black list. */
export const removeFromBlackList: Operation<BlackListInput, Done, 'idempotent'> = {
  name: 'removeFromBlackList',
  path: 'sys/phones.php',
  effect: 'idempotent',
  fields: { phone, scope },
  constants: { del_black: 1 },
  rules: /* @__PURE__ */ needed('phone'),
  errors: contactErrors,
  format: jsonFormat,
  result: readDone,
};
