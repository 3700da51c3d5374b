import type { Endpoint } from './endpoint.ts';
import { type Member, toElements, toJson } from '../wire/response.ts';
import { exceedsLimit, valueOf } from '../state/request-context.ts';
import { writeAmount } from '../pricing/money.ts';
import { errorResponse } from '../wire/errors.ts';
import { flag } from '../params/read-values.ts';

/**
 * `balance.php`: the balance, and with `cur=1` its currency. JSON and XML also contain the credit if the account has one.
 */
export const balance: Endpoint = {
  path: '/sys/balance.php',
  respond: (context) => {
    const { wallet, currency } = context.account;
    const withCurrency = flag(valueOf(context, 'cur'));
    if (withCurrency === undefined) return errorResponse('parameters');
    if (exceedsLimit(context, 'balances', '')) return errorResponse('duplicate');
    const amount = writeAmount(wallet.balance);
    const members: Member[] = [['balance', amount]];
    if (withCurrency) members.push(['currency', currency]);
    if (wallet.credit !== undefined) members.push(['credit', writeAmount(wallet.credit)]);
    return {
      write: (format) => {
        // The comma before the currency is known from third parties.
        if (format < 2) return withCurrency ? `${amount},${currency}` : amount;
        // The XML has no root element: third-party clients strip only the tags of the balance.
        return format === 2 ? toElements(members).trimEnd() : toJson(members);
      },
    };
  },
};
