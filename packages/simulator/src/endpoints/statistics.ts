import type { Account } from '../state/account.ts';
import { subAccountsOf } from '../state/accounts.ts';
import { dayOf, type Turnover } from '../state/turnover.ts';
import { writeAmount } from '../pricing/money.ts';
import { type RequestContext, valueOf } from '../state/request-context.ts';
import type { ResponseBody } from '../wire/response.ts';
import { errorResponse } from '../wire/errors.ts';
import { listResponse, type Row } from '../wire/rows.ts';
import { type Period, readPeriod } from './period.ts';

/** Turnover of one day. */
export interface DayTurnover extends Turnover {
  /** Day number since 1970 in the account's time zone. */
  readonly day: number;
}

/** Returns the days of a period on which an account had turnover. */
export function turnoverIn({ turnover, utcOffset }: Account, { from, to }: Period): readonly DayTurnover[] {
  const [first, end] = [dayOf(from, utcOffset), dayOf(to, utcOffset)];
  return [...turnover].filter(([day]) => day >= first && day < end).map(([day, sums]) => ({ day, ...sums }));
}

/**
 * Creates a row of statistics. On the gateway's page, the descriptions of `credit` and `debit` contradict their names.
 * Inferred: `credit` is the amount spent, and `debit` the amount received.
 */
export const statisticsRow = ({ login, currency }: Account, turnover: readonly Turnover[]): Row => [
  ['login', login],
  ['cnt', turnover.reduce((sum, { count }) => sum + count, 0)],
  ['credit', writeAmount(turnover.reduce((sum, { spent }) => sum + spent, 0n))],
  ['debit', writeAmount(turnover.reduce((sum, { received }) => sum + received, 0n))],
  ['currency', currency],
];

/**
 * `get_stat`: lists the turnover of the account and of the sub-accounts that share its wallet, so that the rows and the
 * balance agree. Assumption: the gateway lists the same logins.
 */
export function statistics(context: RequestContext): ResponseBody {
  const { account, gateway } = context;
  const period = readPeriod(context);
  if (!period) return errorResponse('parameters');
  // The simulator has no second balance.
  if (valueOf(context, 'balance2') === '1') return errorResponse('noRecords');
  const sharing = subAccountsOf(gateway.accounts, account).filter(({ wallet }) => wallet === account.wallet);
  const rows = [account, ...sharing].flatMap((each) => {
    const days = turnoverIn(each, period);
    return days.length > 0 ? [statisticsRow(each, days)] : [];
  });
  return rows.length > 0 ? listResponse(rows) : errorResponse('noRecords');
}
