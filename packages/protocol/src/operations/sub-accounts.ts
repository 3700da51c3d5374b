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
import { subAccountErrors } from '../tables/errors.ts';
import { readStatistics, type StatisticsRow } from './statistics.ts';
import { settingFields, type SubAccountSettings } from './sub-account-fields.ts';

/** A new sub-account. */
export interface AddSubAccountInput extends SubAccountSettings {
  readonly login: string;
  readonly password: string;
}

/** Which sub-account, and what is to be other. */
export interface ChangeSubAccountInput extends SubAccountSettings {
  readonly login: string;
  readonly newLogin?: string | undefined;
  /** The new password. */
  readonly password?: string | undefined;
  /** The password that it has now. Source: third parties. */
  readonly currentPassword?: string | undefined;
}

/** What to pass on, and to whom. */
export interface PaySubAccountInput {
  readonly login: string;
  /** In the currency of the main account, as an exact decimal. Below zero it presumably takes back, which is inferred. */
  readonly sum: string;
}

/** What came of a payment. How the answer looks is not documented. */
export interface SubAccountPayment {
  /** The new balance, if the answer has it, which is inferred. */
  readonly balance: string | undefined;
  /** Members of the answer that are not known here. */
  readonly extra: JsonObject;
}

/** Of whom, and of which time. */
export interface SubAccountStatisticsInput {
  readonly from: Day;
  readonly to: Day;
  /** Of one sub-account, by its login. Default: of all. */
  readonly login?: string | undefined;
  /** Of one sub-account, by its number. */
  readonly userId?: RecordId | undefined;
  /** Of those with a balance of their own. Default: of those that share the main one. */
  readonly ownBalance?: boolean | undefined;
  /** Of the second, «electronic» balance. Default: false. */
  readonly secondBalance?: boolean | undefined;
  /** In the currency of the main account. Default: in each one's own. */
  readonly inMyCurrency?: boolean | undefined;
  /** Without sub-accounts that were removed. Default: false. */
  readonly hideRemoved?: boolean | undefined;
}

const login = /* @__PURE__ */ line('user');
const password = /* @__PURE__ */ line('password');

const statisticsFields = {
  from: /* @__PURE__ */ day('start'),
  to: /* @__PURE__ */ day('end'),
  login,
  userId: /* @__PURE__ */ record('user_id'),
  ownBalance: /* @__PURE__ */ flag('reseller'),
  secondBalance: /* @__PURE__ */ flag('balance2'),
  // A third party has `mycurr`; the example of the gateway's page is followed.
  inMyCurrency: /* @__PURE__ */ flag('mycur'),
  hideRemoved: /* @__PURE__ */ flag('hide_deleted'),
};

/** Adds a sub-account. The gateway takes three such requests a minute. */
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

/** Changes a sub-account. What is left out stays as it is. The gateway takes three such requests a minute for each. */
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

/** Passes money on to a sub-account. */
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

/** What sub-accounts have sent and spent in a time; nothing is an empty list. */
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

/** The same in detail. What it is itemised by is not documented: it is in `extra`. */
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
