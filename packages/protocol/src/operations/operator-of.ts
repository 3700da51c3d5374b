import { isObject } from '../core/own-members.ts';
import { type Addresses, phone, phones } from '../params/address.ts';
import { needed } from '../params/needed.ts';
import { jsonFormat } from '../replies/json.ts';
import type { Json, JsonObject } from '../exchange/json.ts';
import type { Operation } from '../core/operation.ts';
import { readExtra, readObject, readOptionalText, readRowOrRows } from '../core/read.ts';
import { adviceTable, type AdviceTable } from '../tables/advice.ts';
import { type ErrorTable, errorTable } from '../tables/errors.ts';

/** Number to look up. */
export interface OperatorOfInput {
  /** Phone number in international format. */
  readonly phone: string;
}

/** Numbers to look up. */
export interface OperatorsOfInput {
  /** Phone numbers in international format. */
  readonly phones: Addresses;
}

/** Country and operator of a number. A member that the gateway did not send is `undefined`. */
export interface OperatorOf {
  /** Country of the number. */
  readonly country: string | undefined;
  /** Operator of the number. */
  readonly operator: string | undefined;
  /** Region of the number. */
  readonly region: string | undefined;
  /** Mobile country code, as digits. */
  readonly mcc: string | undefined;
  /** Mobile network code, as digits. */
  readonly mnc: string | undefined;
  /** Time zone of the region, as the gateway writes it. */
  readonly timeZone: string | undefined;
  /** Other members of the response, unchanged. */
  readonly extra: JsonObject;
}

/** Country and operator of one of several numbers. */
export interface OperatorOfMany extends OperatorOf {
  /** Phone number. */
  readonly phone: string | undefined;
}

/** Errors of `info.php`. Source: the gateway's page for operators. */
const operatorErrors: ErrorTable = /* @__PURE__ */ errorTable({ 3: 'operator not found' });

/** Advice on the errors of `operatorOf` and `operatorsOf`. */
export const operatorAdvice: AdviceTable = /* @__PURE__ */ adviceTable({ 3: 'check the phone number' });

const members = ['country', 'operator', 'region', 'mcc', 'mnc', 'tz'];

const read = (object: JsonObject, known: readonly string[]): OperatorOf => ({
  country: readOptionalText(object, 'country'),
  operator: readOptionalText(object, 'operator'),
  region: readOptionalText(object, 'region'),
  mcc: readOptionalText(object, 'mcc'),
  mnc: readOptionalText(object, 'mnc'),
  timeZone: readOptionalText(object, 'tz'),
  extra: readExtra(object, known),
});

/**
 * Returns the rows of a reply about several numbers: a list, one row, or an object whose member names are the numbers
 * (inferred).
 */
function rowsOf(reply: Json): readonly JsonObject[] {
  if (!isObject(reply)) return readRowOrRows(reply);
  const entries = Object.entries(reply);
  const byNumber = entries.length > 0 && entries.every(([, value]) => isObject(value));
  return byNumber
    ? entries.map(([number, value]) => ({ phone: number, ...readObject(value) }))
    : readRowOrRows(reply);
}

/**
 * Returns country, operator and region of one number. The gateway accepts three identical requests a minute, and a
 * hundred requests a minute in all.
 *
 * @example
 * ```ts
 * const { operator, region } = await smsc.call(operatorOf, { phone: '380501234567' });
 * ```
 */
export const operatorOf: Operation<OperatorOfInput, OperatorOf, 'reads'> = {
  name: 'operatorOf',
  path: 'sys/info.php',
  effect: 'reads',
  fields: { phone: /* @__PURE__ */ phone('phone') },
  constants: { get_operator: 1 },
  rules: /* @__PURE__ */ needed('phone'),
  errors: operatorErrors,
  format: jsonFormat,
  result: (reply) => read(readObject(reply), members),
};

/**
 * Returns country, operator and region of several numbers in one request.
 *
 * @example
 * ```ts
 * const rows = await smsc.call(operatorsOf, { phones: ['380501234567', '77011234567'] });
 * ```
 */
export const operatorsOf: Operation<OperatorsOfInput, readonly OperatorOfMany[], 'reads'> = {
  name: 'operatorsOf',
  path: 'sys/info.php',
  effect: 'reads',
  fields: { phones: /* @__PURE__ */ phones('phone') },
  constants: { get_operator: 1 },
  rules: /* @__PURE__ */ needed('phones'),
  errors: operatorErrors,
  format: jsonFormat,
  result: (reply) =>
    rowsOf(reply).map((row) => ({
      phone: readOptionalText(row, 'phone'),
      ...read(row, [...members, 'phone']),
    })),
};
