import type { Account } from '../state/account.ts';
import { dayOf, type Turnover } from '../state/ledger.ts';
import { writeAmount } from '../pricing/money.ts';
import type { Period } from './period.ts';
import type { Row } from '../wire/rows.ts';

/** A day that something was done on, and what. */
export interface DayTurnover extends Turnover {
  readonly day: number;
}

/** The days of a period that an account has done something on. */
export function turnoverOf({ ledger, utcOffset }: Account, { from, to }: Period): readonly DayTurnover[] {
  const [first, beyond] = [dayOf(from, utcOffset), dayOf(to, utcOffset)];
  return [...ledger]
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
