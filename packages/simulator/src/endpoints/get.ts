import { actionOf } from '../params/action.ts';
import type { Answer } from '../wire/answer.ts';
import { answers } from './answers.ts';
import { subAccountsOf } from '../state/accounts.ts';
import { type RequestContext, isTooOften, valueOf } from '../state/request-context.ts';
import { history } from './history.ts';
import { readPeriod } from './period.ts';
import { refuse } from '../wire/refusal.ts';
import { listing } from '../wire/rows.ts';
import { statisticsRow, turnoverOf } from './statistics.ts';
import { tariffs } from './tariffs.ts';

/**
 * What was spent from a purse, by login: the account's own, and that of sub-accounts that share it. So the rows and the
 * balance agree: which logins the gateway lists is assumed.
 */
function statistics(call: RequestContext): Answer {
  const { account, house } = call;
  const period = readPeriod(call);
  if (!period) return refuse('parameters');
  // There is no second balance here.
  if (valueOf(call, 'balance2') === '1') return refuse('nothing');
  const sharing = [
    account,
    ...subAccountsOf(house.accounts, account).filter(({ purse }) => purse === account.purse),
  ];
  const rows = sharing.flatMap((each) => {
    const days = turnoverOf(each, period);
    return days.length > 0 ? [statisticsRow(each, days)] : [];
  });
  return rows.length > 0 ? listing(rows) : refuse('nothing');
}

/** Accounts at an operator. What their members are is not known: those of the options. */
function megafonAccounts(call: RequestContext): Answer {
  const asked = valueOf(call, 'account');
  const found = call.account.megafonAccounts.filter((each) => asked === '' || each['account'] === asked);
  return found.length > 0 ? listing(found.map((each) => Object.entries(each))) : refuse('nothing');
}

/** `get.php`: what there is to be known of an account. */
export function get(call: RequestContext): Answer {
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
      return answers(call);
    case 'get_stat':
      return statistics(call);
    case 'get_price':
      return tariffs(call.account, call.house);
    case 'get_mega_accounts':
      return megafonAccounts(call);
  }
}
