import { line } from '../params/text.ts';
import { jsonFormat } from '../replies/json.ts';
import type { JsonObject } from '../exchange/json.ts';
import type { Operation } from '../core/operation.ts';
import { readRows } from '../core/read.ts';
import { dataErrors } from '../tables/errors.ts';

/** Which account at the operator Megafon. Default: all. */
export interface MegafonAccountsInput {
  readonly account?: string | undefined;
}

/** Statistics of accounts at the operator Megafon, as they come: their members are not documented where we could read it. Source: third parties. */
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
