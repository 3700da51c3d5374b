import { actionOf } from '../params/action.ts';
import type { Answer } from '../wire/answer.ts';
import { incoming } from './incoming.ts';
import { type RequestContext, isTooOften } from '../state/request-context.ts';
import { history } from './history.ts';
import { refuse } from '../wire/refusal.ts';
import { megafonAccounts } from './megafon-accounts.ts';
import { statistics } from './statistics.ts';
import { prices } from './prices.ts';

/** `get.php`: what there is to be known of an account. */
export function accountData(call: RequestContext): Answer {
  const action = actionOf(call.parameters.values, [
    'get_messages',
    'get_answers',
    'get_stat',
    'get_price',
    'get_mega_accounts',
  ]);
  if (!action) return refuse('parameters');
  if (isTooOften(call, 'data')) return refuse('duplicate');
  switch (action) {
    case 'get_messages':
      return history(call);
    case 'get_answers':
      return incoming(call);
    case 'get_stat':
      return statistics(call);
    case 'get_price':
      return prices(call.account, call.house);
    case 'get_mega_accounts':
      return megafonAccounts(call);
  }
}
