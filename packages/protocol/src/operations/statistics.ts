import { checkPeriod, type Day, day } from '../params/day.ts';
import { flag } from '../params/flag.ts';
import { all, needed } from '../params/needed.ts';
import { jsonFormat } from '../replies/json.ts';
import type { JsonObject } from '../exchange/json.ts';
import type { Operation } from '../core/operation.ts';
import {
  readExtra,
  readOptionalAmount,
  readOptionalNumber,
  readOptionalText,
  readRows,
} from '../core/read.ts';
import { dataErrors } from '../tables/errors.ts';

/** Period of the statistics. */
export interface StatisticsInput {
  /** First day, `YYYY-MM-DD`. */
  readonly from: Day;
  /** Last day. */
  readonly to: Day;
  /** Converts amounts to the currency of the account. Default: false, which leaves each row in its own currency. */
  readonly inMyCurrency?: boolean | undefined;
  /** Returns the statistics of the second, electronic balance. Default: false. */
  readonly secondBalance?: boolean | undefined;
}

/** Messages and amounts of one login. */
export interface StatisticsRow {
  /** Login of the account or sub-account. */
  readonly login: string | undefined;
  /** Number of messages. */
  readonly count: number | undefined;
  /** Member `credit` of the reply, as an exact decimal. The gateway's page describes it as debit. */
  readonly credit: string | undefined;
  /** Member `debit` of the reply, as an exact decimal. The gateway's page describes it as credit. */
  readonly debit: string | undefined;
  /** Currency in the gateway's spelling, three letters. */
  readonly currency: string | undefined;
  /** Other members of the response, unchanged. */
  readonly extra: JsonObject;
}

/** Reads one row. Inferred: rows of sub-accounts have the same members. */
export const readStatistics = (row: JsonObject): StatisticsRow => ({
  login: readOptionalText(row, 'login'),
  count: readOptionalNumber(row, 'cnt'),
  credit: readOptionalAmount(row, 'credit'),
  debit: readOptionalAmount(row, 'debit'),
  currency: readOptionalText(row, 'currency'),
  extra: readExtra(row, ['login', 'cnt', 'credit', 'debit', 'currency']),
});

/**
 * Returns how many messages were sent in a period, and the amounts credited and debited. The list is empty if there
 * are none. The gateway accepts three identical requests a minute (third party).
 *
 * @example
 * ```ts
 * const rows = await smsc.call(statistics, { from: '2026-03-01', to: '2026-03-31' });
 * ```
 */
export const statistics: Operation<StatisticsInput, readonly StatisticsRow[], 'reads'> = {
  name: 'statistics',
  path: 'sys/get.php',
  effect: 'reads',
  fields: {
    from: /* @__PURE__ */ day('start'),
    to: /* @__PURE__ */ day('end'),
    inMyCurrency: /* @__PURE__ */ flag('mycur'),
    secondBalance: /* @__PURE__ */ flag('balance2'),
  },
  constants: { get_stat: 1 },
  rules: /* @__PURE__ */ all(/* @__PURE__ */ needed('from', 'to'), checkPeriod),
  errors: dataErrors,
  empty: 3,
  format: jsonFormat,
  result: (reply) => readRows(reply).map(readStatistics),
};
