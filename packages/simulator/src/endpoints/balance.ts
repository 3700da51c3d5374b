import { type ResponseBody, type Member, toElements, toJson } from '../wire/response.ts';
import type { RequestContext } from '../state/request-context.ts';
import { writeAmount } from '../pricing/money.ts';
import { errorResponse } from '../wire/errors.ts';

/** `balance.php`. The currency with `cur=1`; the credit, in JSON and XML, where the account has one. */
export function balance({ account, parameters, instant }: RequestContext): ResponseBody {
  const cur = parameters.values.get('cur') ?? '';
  if (cur !== '' && cur !== '0' && cur !== '1') return errorResponse('parameters');
  if (account.windows.balances.full('', instant)) return errorResponse('duplicate');
  account.windows.balances.record('', instant);
  const amount = writeAmount(account.wallet.balance);
  const members: Member[] = [['balance', amount]];
  if (cur === '1') members.push(['currency', account.currency]);
  if (account.wallet.credit !== undefined) members.push(['credit', writeAmount(account.wallet.credit)]);
  return {
    write: (format) => {
      // A comma before the currency: third party.
      if (format < 2) return cur === '1' ? `${amount},${account.currency}` : amount;
      // Without a root around it: third party, who strips exactly the tags of the balance.
      return format === 2 ? toElements(members).trimEnd() : toJson(members);
    },
  };
}
