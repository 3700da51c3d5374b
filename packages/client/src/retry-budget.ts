const most = 100;
const price = 5;

/**
 * How many repeats are left. Each costs as much as five answers bring: when nothing is answered any more, a thousand
 * callers do not make three thousand of themselves.
 */
export interface RetryBudget {
  /** Takes one repeat. Says whether there was one. */
  take(): boolean;
  /** An answer has come. */
  answered(): void;
}

/** Makes a quota, full at first: twenty repeats. */
export function createRetryBudget(): RetryBudget {
  let left = most;
  return {
    take: () => left >= price && ((left -= price), true),
    answered: () => void (left = Math.min(most, left + 1)),
  };
}
