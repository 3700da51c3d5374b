import type { Account } from '../state/account.ts';
import { subAccountsOf } from '../state/accounts.ts';
import { dayOf, type Turnover } from '../state/turnover.ts';
import { writeAmount } from '../pricing/money.ts';
import { type RequestContext, valueOf } from '../state/request-context.ts';
import type { ResponseBody } from '../wire/response.ts';
import { errorResponse } from '../wire/errors.ts';
import { listResponse, type Row } from '../wire/rows.ts';
import { type Period, readPeriod } from './period.ts';

/** A day that something was done on, and what. */
export interface DayTurnover extends Turnover {
  readonly day: number;
}

/** The days of a period that an account has done something on. */
export function turnoverOf({ turnover, utcOffset }: Account, { from, to }: Period): readonly DayTurnover[] {
  const [first, beyond] = [dayOf(from, utcOffset), dayOf(to, utcOffset)];
  return [...turnover]
    .filter(([day]) => day >= first && day < beyond)
    .map(([day, turnover]) => ({ day, ...turnover }));
}

/**
 * A row of statistics. The gateway's page calls `credit` the debit, and `debit` the credit: so `credit` is what was spent,
 * and `debit` what came in, which is inferred.
 */
export const statisticsRow = ({ login, currency }: Account, turnover: readonly Turnover[]): Row => [
  ['login', login],
  ['cnt', turnover.reduce((sum, { count }) => sum + count, 0)],
  ['credit', writeAmount(turnover.reduce((sum, { spent }) => sum + spent, 0n))],
  ['debit', writeAmount(turnover.reduce((sum, { received }) => sum + received, 0n))],
  ['currency', currency],
];

/**
 * What was spent from a wallet, by login: the account's own, and that of sub-accounts that share it. So the rows and the
 * balance agree: which logins the gateway lists is assumed.
 */
export function statistics(call: RequestContext): ResponseBody {
  const { account, gateway } = call;
  const period = readPeriod(call);
  if (!period) return errorResponse('parameters');
  // There is no second balance here.
  if (valueOf(call, 'balance2') === '1') return errorResponse('nothing');
  const sharing = [
    account,
    ...subAccountsOf(gateway.accounts, account).filter(({ wallet }) => wallet === account.wallet),
  ];
  const rows = sharing.flatMap((each) => {
    const days = turnoverOf(each, period);
    return days.length > 0 ? [statisticsRow(each, days)] : [];
  });
  return rows.length > 0 ? listResponse(rows) : errorResponse('nothing');
}
