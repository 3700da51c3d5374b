import { type Answer, type Member, toElements, toJson } from '../wire/answer.ts';
import type { RequestContext } from '../state/request-context.ts';
import { writeAmount } from '../pricing/money.ts';
import { refuse } from '../wire/refusal.ts';

/** `balance.php`. The currency with `cur=1`; the credit, in JSON and XML, where the account has one. */
export function balance({ account, parameters, instant }: RequestContext): Answer {
  const cur = parameters.values.get('cur') ?? '';
  if (cur !== '' && cur !== '0' && cur !== '1') return refuse('parameters');
  if (account.windows.balances.full('', instant)) return refuse('duplicate');
  account.windows.balances.record('', instant);
  const amount = writeAmount(account.purse.balance);
  const members: Member[] = [['balance', amount]];
  if (cur === '1') members.push(['currency', account.currency]);
  if (account.purse.credit !== undefined) members.push(['credit', writeAmount(account.purse.credit)]);
  return {
    write: (format) => {
      // A comma before the currency: third party.
      if (format < 2) return cur === '1' ? `${amount},${account.currency}` : amount;
      // Without a root around it: third party, who strips exactly the tags of the balance.
      return format === 2 ? toElements(members).trimEnd() : toJson(members);
    },
  };
}
