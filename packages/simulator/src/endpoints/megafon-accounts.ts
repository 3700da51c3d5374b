import type { ResponseBody } from '../wire/response.ts';
import { type RequestContext, valueOf } from '../state/request-context.ts';
import { errorResponse } from '../wire/errors.ts';
import { listResponse } from '../wire/rows.ts';

/** Accounts at an operator. What their members are is not known: those of the options. */
export function megafonAccounts(call: RequestContext): ResponseBody {
  const asked = valueOf(call, 'account');
  const found = call.account.megafonAccounts.filter((each) => asked === '' || each['account'] === asked);
  return found.length > 0
    ? listResponse(found.map((each) => Object.entries(each)))
    : errorResponse('nothing');
}
