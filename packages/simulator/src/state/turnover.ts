/** Balance and credit of one account, or of several accounts that share them. */
export interface Wallet {
  /** Millionths of the currency unit. */
  balance: bigint;
  /** Amount by which the balance may go below zero. `undefined`: no credit. */
  readonly credit: bigint | undefined;
}

/** Sums of one account for one day. */
export interface Turnover {
  /** Number of messages sent. */
  count: number;
  /** Amount spent, in millionths. */
  spent: bigint;
  /** Amount received, in millionths. */
  received: bigint;
}

/** Turnover by day number, counted from 1 January 1970 in the account's time zone. Days without turnover are absent. */
export type TurnoverByDay = Map<number, Turnover>;

const dayMs = 86_400_000;

/** Returns the day number of an instant in a time zone. */
export const dayOf = (instant: number, utcOffset: number): number =>
  Math.floor((instant + utcOffset * 3_600_000) / dayMs);

/** Members of an account that a transaction needs. */
interface Payer {
  readonly wallet: Wallet;
  readonly turnover: TurnoverByDay;
  readonly utcOffset: number;
}

/** Changes the balance and the statistics together, so that they always agree. */
export function recordTransaction(
  { wallet, turnover, utcOffset }: Payer,
  instant: number,
  { count = 0, spent = 0n, received = 0n }: Partial<Turnover>,
): void {
  wallet.balance += received - spent;
  const day = dayOf(instant, utcOffset);
  const sums = turnover.get(day);
  if (!sums) {
    turnover.set(day, { count, spent, received });
    return;
  }
  sums.count += count;
  sums.spent += spent;
  sums.received += received;
}

/** Returns true if balance and credit cover an amount. */
export const canAfford = ({ balance, credit }: Wallet, amount: bigint): boolean =>
  amount <= balance + (credit ?? 0n);
