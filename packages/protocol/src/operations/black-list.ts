import { type Addresses, phones } from '../params/address.ts';
import { choice } from '../params/choice.ts';
import { needed } from '../params/needed.ts';
import { jsonFormat } from '../replies/json.ts';
import type { Operation } from '../core/operation.ts';
import { type Done, readDone, readAcknowledged, type Acknowledged } from '../core/read.ts';
import { contactErrors } from '../tables/errors.ts';

/** Numbers to block or unblock. */
export interface BlackListInput {
  /** One phone number or a list of them. */
  readonly phone: Addresses;
  /** Messages to block: all, mass mailings only, or single messages only. Default: `all`. Source: third parties. */
  readonly scope?: 'all' | 'mass' | 'single' | undefined;
}

const phone = /* @__PURE__ */ phones('phone');
const scope = /* @__PURE__ */ choice<'all' | 'mass' | 'single'>('type', { all: 0, mass: 1, single: 2 });

/**
 * Adds numbers to the black list. The gateway then blocks messages to these numbers.
 *
 * @example
 * ```ts
 * await smsc.call(addToBlackList, { phone: ['380501234567', '380671234567'], scope: 'mass' });
 * ```
 */
export const addToBlackList: Operation<BlackListInput, Acknowledged, 'idempotent'> = {
  name: 'addToBlackList',
  path: 'sys/phones.php',
  effect: 'idempotent',
  fields: { phone, scope },
  constants: { add_black: 1 },
  rules: /* @__PURE__ */ needed('phone'),
  errors: contactErrors,
  format: jsonFormat,
  result: readAcknowledged,
};

/**
 * Removes numbers from the black list.
 *
 * @example
 * ```ts
 * await smsc.call(removeFromBlackList, { phone: '380501234567' });
 * ```
 */
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
