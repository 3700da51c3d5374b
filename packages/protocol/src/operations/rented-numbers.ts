import type { Field } from '../core/field.ts';
import { phone as onePhone } from '../params/address.ts';
import { needed } from '../params/needed.ts';
import { jsonFormat } from '../replies/json.ts';
import type { JsonObject } from '../exchange/json.ts';
import type { Operation } from '../core/operation.ts';
import { readExtra, readOptionalText, readRows, readTaken, type Taken } from '../core/read.ts';
import { rentalErrors } from '../tables/errors.ts';

/** A number for receiving messages. Only that the answer is a list is attested. */
export interface RentableNumber {
  readonly phone: string | undefined;
  /** Everything else of the answer, as it came: price, city and the like. */
  readonly extra: JsonObject;
}

/** Which number. */
export interface RentNumberInput {
  readonly phone: string;
  /** Whether the rent goes on by itself at the end of the month. Default: true. */
  readonly renew?: boolean | undefined;
}

/** Which number, and what is to be. */
export interface ChangeRentInput {
  readonly phone: string;
  /** Whether the rent goes on by itself at the end of the month. */
  readonly renew: boolean;
}

const phone = /* @__PURE__ */ onePhone('phone');

/** The gateway says it the other way round. */
const renew: Field<boolean> = {
  params: ['noprolong'],
  check: (value, at) => void at.expect(typeof value === 'boolean', value, 'true or false'),
  encode: (value) => ({ noprolong: value ? 0 : 1 }),
};

/** Numbers for receiving messages that can be rented. The gateway answers two identical requests a minute (third party). */
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

/** Rents a number. The days that are left of this month are charged at once. How the answer looks is not documented where we could read it. */
export const rentNumber: Operation<RentNumberInput, Taken, 'spends'> = {
  name: 'rentNumber',
  path: 'sys/receive_phones.php',
  effect: 'spends',
  fields: { phone, renew },
  constants: { buy: 1 },
  rules: /* @__PURE__ */ needed('phone'),
  errors: rentalErrors,
  format: jsonFormat,
  result: readTaken,
};

/** Says whether the rent of a number goes on by itself. How the answer looks is not documented where we could read it. */
export const changeRent: Operation<ChangeRentInput, Taken, 'idempotent'> = {
  name: 'changeRent',
  path: 'sys/receive_phones.php',
  effect: 'idempotent',
  fields: { phone, renew },
  constants: { chg: 1 },
  rules: /* @__PURE__ */ needed('phone', 'renew'),
  errors: rentalErrors,
  format: jsonFormat,
  result: readTaken,
};
