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

/** Of which time. */
export interface StatisticsInput {
  readonly from: Day;
  readonly to: Day;
  /** In the currency of the account. Default: in that of each row. */
  readonly inMyCurrency?: boolean | undefined;
  /** Of the second, «electronic» balance. Default: false. */
  readonly secondBalance?: boolean | undefined;
}

/** What one login has sent and spent. */
export interface StatisticsRow {
  readonly login: string | undefined;
  /** Messages. */
  readonly count: number | undefined;
  /** The member `credit`, as an exact decimal. The gateway's page calls it debit, and the other one credit: so neither is renamed. */
  readonly credit: string | undefined;
  /** The member `debit`, as an exact decimal. */
  readonly debit: string | undefined;
  /** Three letters, as the gateway has them. */
  readonly currency: string | undefined;
  /** Members of the answer that are not known here. */
  readonly extra: JsonObject;
}

/** Reads a row. Those of sub-accounts are taken to be alike: inferred. */
export const readStatistics = (row: JsonObject): StatisticsRow => ({
  login: readOptionalText(row, 'login'),
  count: readOptionalNumber(row, 'cnt'),
  credit: readOptionalAmount(row, 'credit'),
  debit: readOptionalAmount(row, 'debit'),
  currency: readOptionalText(row, 'currency'),
  extra: readExtra(row, ['login', 'cnt', 'credit', 'debit', 'currency']),
});

/** What the account has sent and spent in a time; nothing is an empty list. The gateway answers three identical requests a minute (third party). */
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
