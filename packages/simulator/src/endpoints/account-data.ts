import { readAction } from '../params/action.ts';
import type { ResponseBody } from '../wire/response.ts';
import { incoming } from './incoming.ts';
import { type RequestContext, exceedsLimit } from '../state/request-context.ts';
import { history } from './history.ts';
import { errorResponse } from '../wire/errors.ts';
import { megafonAccounts } from './megafon-accounts.ts';
import { statistics } from './statistics.ts';
import { prices } from './prices.ts';

/** `get.php`: what there is to be known of an account. */
export function accountData(call: RequestContext): ResponseBody {
  const action = readAction(call.parameters.values, [
    'get_messages',
    'get_answers',
    'get_stat',
    'get_price',
    'get_mega_accounts',
  ]);
  if (!action) return errorResponse('parameters');
  if (exceedsLimit(call, 'data')) return errorResponse('duplicate');
  switch (action) {
    case 'get_messages':
      return history(call);
    case 'get_answers':
      return incoming(call);
    case 'get_stat':
      return statistics(call);
    case 'get_price':
      return prices(call.account, call.gateway);
    case 'get_mega_accounts':
      return megafonAccounts(call);
  }
}
