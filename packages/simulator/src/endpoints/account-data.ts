import type { Endpoint } from './endpoint.ts';
import { readAction } from '../params/action.ts';
import { incoming } from './incoming.ts';
import { exceedsLimit } from '../state/request-context.ts';
import { history } from './history.ts';
import { errorResponse } from '../wire/errors.ts';
import { megafonAccounts } from './megafon-accounts.ts';
import { statistics } from './statistics.ts';
import { prices } from './prices.ts';

/** `get.php`: history, incoming messages, statistics, prices and Megafon accounts. */
export const accountData: Endpoint = {
  path: '/sys/get.php',
  respond: (context) => {
    const action = readAction(context.parameters.values, [
      'get_messages',
      'get_answers',
      'get_stat',
      'get_price',
      'get_mega_accounts',
    ]);
    if (!action) return errorResponse('parameters');
    if (exceedsLimit(context, 'data')) return errorResponse('duplicate');
    switch (action) {
      case 'get_messages':
        return history(context);
      case 'get_answers':
        return incoming(context);
      case 'get_stat':
        return statistics(context);
      case 'get_price':
        return prices(context);
      case 'get_mega_accounts':
        return megafonAccounts(context);
    }
  },
};
