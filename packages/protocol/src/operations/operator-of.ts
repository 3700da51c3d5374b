import { isObject } from '../core/own-members.ts';
import { type Addresses, phone, phones } from '../params/address.ts';
import { needed } from '../params/needed.ts';
import { jsonFormat } from '../replies/json.ts';
import type { Json, JsonObject } from '../exchange/json.ts';
import type { Operation } from '../core/operation.ts';
import { readExtra, readObject, readOptionalText, readRowOrRows } from '../core/read.ts';
import { operatorErrors } from '../tables/errors.ts';

/** Which number. */
export interface OperatorOfInput {
  readonly phone: string;
}

/** Which numbers. */
export interface OperatorsOfInput {
  readonly phones: Addresses;
}

/** Where a number belongs. What the gateway did not say is `undefined`. */
export interface OperatorOf {
  readonly country: string | undefined;
  readonly operator: string | undefined;
  readonly region: string | undefined;
  /** Mobile country code, digits. */
  readonly mcc: string | undefined;
  /** Mobile network code, digits. */
  readonly mnc: string | undefined;
  /** The region's time zone, as the gateway writes it. */
  readonly timeZone: string | undefined;
  /** Members of the answer that are not known here. */
  readonly extra: JsonObject;
}

/** The same for one of many numbers. */
export interface OperatorOfMany extends OperatorOf {
  readonly phone: string | undefined;
}

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

/** How an answer about many numbers looks is inferred: a list, one of them, or an object by number. */
function rowsOf(reply: Json): readonly JsonObject[] {
  if (!isObject(reply)) return readRowOrRows(reply);
  const entries = Object.entries(reply);
  const byNumber = entries.length > 0 && entries.every(([, value]) => isObject(value));
  return byNumber
    ? entries.map(([number, value]) => ({ phone: number, ...readObject(value) }))
    : readRowOrRows(reply);
}

/** Country, operator and region of one number. The gateway answers three identical requests and a hundred in all a minute. */
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

/** The same of many numbers in one request. */
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
