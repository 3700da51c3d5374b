import type { ResponseBody } from '../wire/response.ts';
import { type RequestContext, valueOf } from '../state/request-context.ts';
import { errorResponse } from '../wire/errors.ts';
import { listResponse } from '../wire/rows.ts';

/**
 * `get_mega_accounts`: lists accounts at the operator Megafon. The members are not known, so the records of the option
 * `megafonAccounts` are returned unchanged.
 */
export function megafonAccounts(context: RequestContext): ResponseBody {
  const wanted = valueOf(context, 'account');
  const found = context.account.megafonAccounts.filter((each) => wanted === '' || each['account'] === wanted);
  return found.length > 0
    ? listResponse(found.map((each) => Object.entries(each)))
    : errorResponse('noRecords');
}
