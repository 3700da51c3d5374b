/** Money, shared by all accounts that spend it. */
export interface Wallet {
  /** In millionths. */
  balance: bigint;
  /** How far the balance may go below zero. */
  readonly credit: bigint | undefined;
}

/** What one account has done on one day of its calendar. */
export interface Turnover {
  /** Messages. */
  count: number;
  /** In millionths. */
  spent: bigint;
  received: bigint;
}

/** Days that something was done on, by their number since 1970. */
export type TurnoverByDay = Map<number, Turnover>;

const day = 86_400_000;

/** The day of an instant in a time zone. */
export const dayOf = (instant: number, utcOffset: number): number =>
  Math.floor((instant + utcOffset * 3_600_000) / day);

/** An account, as far as its money goes. */
interface Payer {
  readonly purse: Wallet;
  readonly ledger: TurnoverByDay;
  readonly utcOffset: number;
}

/** Takes money out of an account's purse, or puts it in, and writes it down: balances and statistics cannot disagree. */
export function book(
  { purse, ledger, utcOffset }: Payer,
  instant: number,
  { count = 0, spent = 0n, received = 0n }: Partial<Turnover>,
): void {
  purse.balance += received - spent;
  const at = dayOf(instant, utcOffset);
  const turnover = ledger.get(at);
  if (!turnover) {
    ledger.set(at, { count, spent, received });
    return;
  }
  turnover.count += count;
  turnover.spent += spent;
  turnover.received += received;
}

/** Whether a purse has enough. */
export const affords = ({ balance, credit }: Wallet, amount: bigint): boolean =>
  amount <= balance + (credit ?? 0n);
