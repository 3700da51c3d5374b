import { type Day, day } from '../params/day.ts';
import { needed } from '../params/needed.ts';
import { file } from '../replies/file.ts';
import { jsonFormat } from '../replies/json.ts';
import type { JsonObject } from '../exchange/json.ts';
import type { Operation } from '../core/operation.ts';
import { type GatewayFile, readExtra, readFile, readOptionalText, readRows } from '../core/read.ts';
import { portedErrors } from '../tables/errors.ts';

/** Which day. */
export interface PortedNumbersInput {
  readonly date: Day;
}

/** A number that was ported. The members come from third parties. */
export interface PortedNumber {
  readonly phone: string | undefined;
  /** Country and operator that it belongs to now, as digits. */
  readonly mccMnc: string | undefined;
  /** Members of the answer that are not known here. */
  readonly extra: JsonObject;
}

/** Numbers that were ported on a day; none is an empty list. That error 3 says so is inferred. */
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
 * All ported numbers as one file, which `eachPorted` reads. It is large: a client needs a limit on replies that lets it
 * through, or a `fetch` of one's own with what `toRequest` gives, so that it is read as it comes. Source: third parties.
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
