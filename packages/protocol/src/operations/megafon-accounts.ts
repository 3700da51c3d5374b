import { line } from '../params/text.ts';
import { jsonFormat } from '../replies/json.ts';
import type { JsonObject } from '../exchange/json.ts';
import type { Operation } from '../core/operation.ts';
import { readRows } from '../core/read.ts';
import { dataErrors } from '../tables/errors.ts';

/** Filter for the accounts at the operator Megafon. */
export interface MegafonAccountsInput {
  /** Only this account. Default: all accounts. */
  readonly account?: string | undefined;
}

/**
 * Returns statistics of accounts at the operator Megafon. The rows are returned unchanged, because their members are
 * not documented. The list is empty if there are none. Source: third parties.
 *
 * @example
 * ```ts
 * const accounts = await smsc.call(megafonAccounts, {});
 * ```
 */
export const megafonAccounts: Operation<MegafonAccountsInput, readonly JsonObject[], 'reads'> = {
  name: 'megafonAccounts',
  path: 'sys/get.php',
  effect: 'reads',
  fields: { account: /* @__PURE__ */ line('account') },
  constants: { get_mega_accounts: 1 },
  errors: dataErrors,
  empty: 3,
  format: jsonFormat,
  result: readRows,
};
