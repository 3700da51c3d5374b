import { checkFlag } from '../core/checks.ts';
import type { Field } from '../core/field.ts';
import { phone as onePhone } from '../params/address.ts';
import { needed } from '../params/needed.ts';
import { jsonFormat } from '../replies/json.ts';
import type { JsonObject } from '../exchange/json.ts';
import type { Operation } from '../core/operation.ts';
import { readExtra, readOptionalText, readRows, readAcknowledged, type Acknowledged } from '../core/read.ts';
import { adviceTable, type AdviceTable } from '../tables/advice.ts';
import { type ErrorTable, errorTable } from '../tables/errors.ts';

/**
 * Phone number that can be rented for receiving messages. Source: third parties, which show only that the response is a
 * list.
 */
export interface RentableNumber {
  /** Phone number that can be rented. */
  readonly phone: string | undefined;
  /** Other members of the response, unchanged, such as price and city. */
  readonly extra: JsonObject;
}

/** Number to rent. */
export interface RentNumberInput {
  /** Number from `rentableNumbers`. */
  readonly phone: string;
  /** Renews the rental automatically at the end of the month. Default: true. */
  readonly renew?: boolean | undefined;
}

/** Change to the rental of a number. */
export interface ChangeRentInput {
  /** Rented number. */
  readonly phone: string;
  /** Renews the rental automatically at the end of the month. */
  readonly renew: boolean;
}

/** Errors of `receive_phones.php`. Source: third parties. */
const rentalErrors: ErrorTable = /* @__PURE__ */ errorTable({ 3: 'not enough money for the rent' });

/** Advice on the errors of rented numbers. */
export const rentalAdvice: AdviceTable = /* @__PURE__ */ adviceTable({ 3: 'top up the account' });

const phone = /* @__PURE__ */ onePhone('phone');

/** Inverts the value: the gateway's parameter turns the renewal off. */
const renew: Field<boolean> = {
  params: ['noprolong'],
  check: checkFlag,
  encode: (value) => ({ noprolong: value ? 0 : 1 }),
};

/**
 * Returns the phone numbers that can be rented for receiving messages. The gateway accepts two identical requests a
 * minute. Source: third parties.
 *
 * @example
 * ```ts
 * const numbers = await smsc.call(rentableNumbers, {});
 * ```
 */
export const rentableNumbers: Operation<Record<never, never>, readonly RentableNumber[], 'reads'> = {
  name: 'rentableNumbers',
  path: 'sys/receive_phones.php',
  effect: 'reads',
  fields: {},
  constants: { get: 1 },
  errors: rentalErrors,
  format: jsonFormat,
  result: (reply) =>
    readRows(reply).map((row) => ({
      phone: readOptionalText(row, 'phone'),
      extra: readExtra(row, ['phone']),
    })),
};

/**
 * Rents a number. The remaining days of the month are charged at once. The response is not documented.
 *
 * @example
 * ```ts
 * const rented = await smsc.call(rentNumber, { phone: '380930000001', renew: false });
 * ```
 */
export const rentNumber: Operation<RentNumberInput, Acknowledged, 'spends'> = {
  name: 'rentNumber',
  path: 'sys/receive_phones.php',
  effect: 'spends',
  fields: { phone, renew },
  constants: { buy: 1 },
  rules: /* @__PURE__ */ needed('phone'),
  errors: rentalErrors,
  format: jsonFormat,
  result: readAcknowledged,
};

/**
 * Turns the automatic renewal of a rental on or off. The response is not documented.
 *
 * @example
 * ```ts
 * await smsc.call(changeRent, { phone: '380930000001', renew: false });
 * ```
 */
export const changeRent: Operation<ChangeRentInput, Acknowledged, 'idempotent'> = {
  name: 'changeRent',
  path: 'sys/receive_phones.php',
  effect: 'idempotent',
  fields: { phone, renew },
  constants: { chg: 1 },
  rules: /* @__PURE__ */ needed('phone', 'renew'),
  errors: rentalErrors,
  format: jsonFormat,
  result: readAcknowledged,
};
