import { type Day, day } from '../params/day.ts';
import { needed } from '../params/needed.ts';
import { file } from '../replies/file.ts';
import { jsonFormat } from '../replies/json.ts';
import type { JsonObject } from '../exchange/json.ts';
import type { Operation } from '../core/operation.ts';
import { type GatewayFile, readExtra, readFile, readOptionalText, readRows } from '../core/read.ts';
import { type ErrorTable, errorTable } from '../tables/errors.ts';

/** Day for which to list ported numbers. */
export interface PortedNumbersInput {
  /** Day, `YYYY-MM-DD`. */
  readonly date: Day;
}

/** Number that was ported. Source of its members: third parties. */
export interface PortedNumber {
  /** Phone number that was ported. */
  readonly phone: string | undefined;
  /** Mobile country and network code of the current operator, such as `25503`. */
  readonly mccMnc: string | undefined;
  /** Other members of the response, unchanged. */
  readonly extra: JsonObject;
}

/** Errors of `get_mnp.php`. Source: third parties. */
const portedErrors: ErrorTable = /* @__PURE__ */ errorTable();

/**
 * Returns the numbers that were ported on a day. The list is empty if there are none; the gateway then responds with
 * error 3 (inferred).
 *
 * @example
 * ```ts
 * const ported = await smsc.call(portedNumbers, { date: '2026-03-16' });
 * ```
 */
export const portedNumbers: Operation<PortedNumbersInput, readonly PortedNumber[], 'reads'> = {
  name: 'portedNumbers',
  path: 'sys/get_mnp.php',
  effect: 'reads',
  fields: { date: /* @__PURE__ */ day('date') },
  rules: /* @__PURE__ */ needed('date'),
  errors: portedErrors,
  empty: 3,
  format: jsonFormat,
  result: (reply) =>
    readRows(reply).map((row) => ({
      phone: readOptionalText(row, 'phone'),
      mccMnc: readOptionalText(row, 'mccmnc'),
      extra: readExtra(row, ['phone', 'mccmnc']),
    })),
};

/**
 * Downloads all ported numbers as one file. `parsePortedNumbers` reads the file. The file is large: raise the client's
 * limit for replies, or send the request from `toRequest` with an HTTP client of your own and parse the body as a
 * stream. Source: third parties.
 *
 * @example
 * ```ts
 * const { bytes } = await smsc.call(portedNumbersFile, {});
 * for await (const { phone, mccMnc } of parsePortedNumbers([bytes])) console.log(phone, mccMnc);
 * ```
 */
export const portedNumbersFile: Operation<Record<never, never>, GatewayFile, 'reads'> = {
  name: 'portedNumbersFile',
  path: 'sys/get_mnp.php',
  effect: 'reads',
  fields: {},
  errors: portedErrors,
  format: file,
  result: readFile,
};
