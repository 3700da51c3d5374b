import { flag } from '../params/flag.ts';
import type { JsonObject } from '../exchange/json.ts';
import type { Operation } from '../core/operation.ts';
import { readAmount, readExtra, readObject, readOptionalAmount, readOptionalText } from '../core/read.ts';
import { errorTable } from '../tables/errors.ts';

/** Options of the balance request. */
export interface BalanceInput {
  /** Adds the currency to the result. Default: false. */
  readonly currency?: boolean | undefined;
}

/** Balance of an account. */
export interface Balance {
  /** Amount in the currency of the account, as an exact decimal: `250.80`. */
  readonly balance: string;
  /** Currency in the gateway's spelling, such as `UAH`, `KZT` or `RUR`. Present only with the option `currency`. */
  readonly currency: string | undefined;
  /**
   * Credit limit: the amount by which the balance may be below zero. Present only if a limit is set. Source: third
   * parties.
   */
  readonly credit: string | undefined;
  /** Other members of the response, unchanged. */
  readonly extra: JsonObject;
}

/**
 * Returns the balance of the account. The gateway accepts ten such requests a minute.
 *
 * Source: the gateway's page for SOAP, and third parties.
 *
 * @example
 * ```ts
 * const { balance: amount, currency } = await smsc.call(balance, { currency: true });
 * ```
 */
export const balance: Operation<BalanceInput, Balance, 'reads'> = {
  name: 'balance',
  path: 'sys/balance.php',
  effect: 'reads',
  fields: {
    currency: /* @__PURE__ */ flag('cur'),
  },
  errors: /* @__PURE__ */ errorTable(),
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
