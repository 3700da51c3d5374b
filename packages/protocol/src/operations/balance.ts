import { flag } from '../params/flag.ts';
import type { JsonObject } from '../exchange/json.ts';
import type { Operation } from '../core/operation.ts';
import { readAmount, readExtra, readObject, readOptionalAmount, readOptionalText } from '../core/read.ts';
import { balanceErrors } from '../tables/errors.ts';

/** What to ask of the balance. */
export interface BalanceInput {
  /** Name the currency as well. Default: false. */
  readonly currency?: boolean | undefined;
}

/** An account's balance. */
export interface Balance {
  /** In the account's currency, as an exact decimal: `250.80`. */
  readonly balance: string;
  /** As the gateway names it, such as `UAH`, `KZT` or `RUR`. Only when asked for. */
  readonly currency: string | undefined;
  /** How far the account may go below zero, where a credit is set. Source: third parties. */
  readonly credit: string | undefined;
  /** Members of the answer that are not known here. */
  readonly extra: JsonObject;
}

/** The account's balance. The gateway answers ten such requests a minute. */
export const balance: Operation<BalanceInput, Balance, 'reads'> = {
  name: 'balance',
  path: 'sys/balance.php',
  effect: 'reads',
  fields: {
    currency: /* @__PURE__ */ flag('cur'),
  },
  errors: balanceErrors,
  layout: { columns: ['balance', 'currency'] },
  result: (reply) => {
    const object = readObject(reply);
    return {
      balance: readAmount(object, 'balance'),
      currency: readOptionalText(object, 'currency'),
      credit: readOptionalAmount(object, 'credit'),
      extra: readExtra(object, ['balance', 'currency', 'credit']),
    };
  },
};
