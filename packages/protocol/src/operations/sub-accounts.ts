import { amount } from '../params/amount.ts';
import { checkPeriod, type Day, day } from '../params/day.ts';
import { flag } from '../params/flag.ts';
import { all, needed } from '../params/needed.ts';
import { record, type RecordId } from '../params/record.ts';
import { line } from '../params/text.ts';
import { jsonFormat } from '../replies/json.ts';
import type { JsonObject } from '../exchange/json.ts';
import type { Operation } from '../core/operation.ts';
import {
  type Created,
  type Done,
  readCreated,
  readDone,
  readExtra,
  readObject,
  readOptionalAmount,
  readRows,
} from '../core/read.ts';
import { adviceTable, type AdviceTable, notFound, retryLater } from '../tables/advice.ts';
import { type ErrorTable, errorTable } from '../tables/errors.ts';
import { readStatistics, type StatisticsRow } from './statistics.ts';
import { settingFields, type SubAccountSettings } from './sub-account-fields.ts';

/** New sub-account. */
export interface AddSubAccountInput extends SubAccountSettings {
  /** Login of the new sub-account. */
  readonly login: string;
  /** Password of the new sub-account. */
  readonly password: string;
}

/** Changes of a sub-account. */
export interface ChangeSubAccountInput extends SubAccountSettings {
  /** Login of the sub-account. */
  readonly login: string;
  /** New login. */
  readonly newLogin?: string | undefined;
  /** New password. */
  readonly password?: string | undefined;
  /** Current password. Source: third parties. */
  readonly currentPassword?: string | undefined;
}

/** Payment to a sub-account. */
export interface PaySubAccountInput {
  /** Login of the sub-account. */
  readonly login: string;
  /** Amount in the currency of the main account, as an exact decimal. A negative amount takes money back (inferred). */
  readonly sum: string;
}

/** Result of a payment. The reply is not documented. */
export interface SubAccountPayment {
  /** New balance, if the reply has it (inferred). */
  readonly balance: string | undefined;
  /** Other members of the response, unchanged. */
  readonly extra: JsonObject;
}

/** Period and filter of the statistics. */
export interface SubAccountStatisticsInput {
  /** First day, `YYYY-MM-DD`. */
  readonly from: Day;
  /** Last day. */
  readonly to: Day;
  /** Login of one sub-account. Default: all sub-accounts. */
  readonly login?: string | undefined;
  /** Id of one sub-account. */
  readonly userId?: RecordId | undefined;
  /**
   * Returns sub-accounts with their own balance, instead of sub-accounts that share the balance of the main account.
   * Default: false.
   */
  readonly ownBalance?: boolean | undefined;
  /** Returns the statistics of the second, electronic balance. Default: false. */
  readonly secondBalance?: boolean | undefined;
  /** Converts amounts to the currency of the main account. Default: false. */
  readonly inMyCurrency?: boolean | undefined;
  /** Leaves out sub-accounts that were removed. Default: false. */
  readonly hideRemoved?: boolean | undefined;
}

const login = /* @__PURE__ */ line('user');
const password = /* @__PURE__ */ line('password');

/** Errors of `users.php`. Source: the gateway's page for sub-accounts. */
const subAccountErrors: ErrorTable = /* @__PURE__ */ errorTable({
  3: 'nothing found',
  5: 'request could not be carried out',
  6: 'no such sub-account',
  7: 'the sub-account shares the balance of the main account, or the second balance was not named',
  8: 'sub-account could not be saved',
  10: 'not enough money on the main account',
});

/** Advice on the errors of sub-accounts. */
export const subAccountAdvice: AdviceTable = /* @__PURE__ */ adviceTable({
  3: notFound,
  5: retryLater,
  6: 'correct the login',
  7: 'pay to a sub-account with its own balance, or name the second balance',
  8: retryLater,
  10: 'top up the main account',
});

const statisticsFields = {
  from: /* @__PURE__ */ day('start'),
  to: /* @__PURE__ */ day('end'),
  login,
  userId: /* @__PURE__ */ record('user_id'),
  ownBalance: /* @__PURE__ */ flag('reseller'),
  secondBalance: /* @__PURE__ */ flag('balance2'),
  // The spelling `mycur` comes from the example on the gateway's page. A third party writes `mycurr`.
  inMyCurrency: /* @__PURE__ */ flag('mycur'),
  hideRemoved: /* @__PURE__ */ flag('hide_deleted'),
};

/**
 * Adds a sub-account. The gateway accepts three such requests a minute.
 *
 * @example
 * ```ts
 * const added = await smsc.call(addSubAccount, { login: 'branch', password: newPassword, billing: 'own' });
 * if (added.outcome === 'accepted') console.log(added.id);
 * ```
 */
export const addSubAccount: Operation<AddSubAccountInput, Created, 'spends'> = {
  name: 'addSubAccount',
  path: 'sys/users.php',
  effect: 'spends',
  fields: /* @__PURE__ */ Object.assign({ login, password }, settingFields),
  constants: { add: 1 },
  rules: /* @__PURE__ */ needed('login', 'password'),
  errors: subAccountErrors,
  format: jsonFormat,
  result: readCreated,
};

/**
 * Changes a sub-account. Settings that are left out stay unchanged. The gateway accepts three such requests a minute for
 * each sub-account.
 *
 * @example
 * ```ts
 * await smsc.call(changeSubAccount, { login: 'branch', switches: { blocked: true } });
 * ```
 */
export const changeSubAccount: Operation<ChangeSubAccountInput, Done, 'idempotent'> = {
  name: 'changeSubAccount',
  path: 'sys/users.php',
  effect: 'idempotent',
  fields: /* @__PURE__ */ Object.assign(
    {
      login,
      newLogin: /* @__PURE__ */ line('new_login'),
      password,
      currentPassword: /* @__PURE__ */ line('pswc'),
    },
    settingFields,
  ),
  constants: { chg: 1 },
  rules: /* @__PURE__ */ needed('login'),
  errors: subAccountErrors,
  format: jsonFormat,
  result: readDone,
};

/**
 * Transfers money from the main account to a sub-account.
 *
 * @example
 * ```ts
 * const paid = await smsc.call(paySubAccount, { login: 'branch', sum: '100.00' });
 * ```
 */
export const paySubAccount: Operation<PaySubAccountInput, SubAccountPayment, 'spends'> = {
  name: 'paySubAccount',
  path: 'sys/users.php',
  effect: 'spends',
  fields: { login, sum: /* @__PURE__ */ amount('sum', true) },
  constants: { pay: 1 },
  rules: /* @__PURE__ */ needed('login', 'sum'),
  errors: subAccountErrors,
  format: jsonFormat,
  result: (reply) => {
    const object = readObject(reply);
    return {
      balance: readOptionalAmount(object, 'balance'),
      extra: readExtra(object, ['balance', 'result']),
    };
  },
};

const checkStatistics = /* @__PURE__ */ all(/* @__PURE__ */ needed('from', 'to'), checkPeriod);

/**
 * Returns how many messages each sub-account sent in a period, and the amounts credited and debited. The list is empty
 * if there are none.
 *
 * @example
 * ```ts
 * const rows = await smsc.call(subAccountStatistics, { from: '2026-03-01', to: '2026-03-31' });
 * ```
 */
export const subAccountStatistics: Operation<SubAccountStatisticsInput, readonly StatisticsRow[], 'reads'> = {
  name: 'subAccountStatistics',
  path: 'sys/users.php',
  effect: 'reads',
  fields: statisticsFields,
  constants: { get_stat: 1 },
  rules: checkStatistics,
  errors: subAccountErrors,
  empty: 3,
  format: jsonFormat,
  result: (reply) => readRows(reply).map(readStatistics),
};

/**
 * Returns the statistics of sub-accounts in more detail. The additional members are not documented; they are in
 * `extra`.
 *
 * @example
 * ```ts
 * const rows = await smsc.call(subAccountStatisticsInDetail, { from: '2026-03-01', to: '2026-03-31', login: 'branch' });
 * ```
 */
export const subAccountStatisticsInDetail: Operation<
  SubAccountStatisticsInput,
  readonly StatisticsRow[],
  'reads'
> = {
  name: 'subAccountStatisticsInDetail',
  path: 'sys/users.php',
  effect: 'reads',
  fields: statisticsFields,
  constants: { get_stat_all: 1 },
  rules: checkStatistics,
  errors: subAccountErrors,
  empty: 3,
  format: jsonFormat,
  result: (reply) => readRows(reply).map(readStatistics),
};
