import { randomInt } from 'node:crypto';
import { isBusy } from './database.ts';

/** Shortest and longest pause between two tries, in milliseconds. */
const firstPauseMs = 2;
const longestPauseMs = 50;
/** Maximum time of all tries, in milliseconds. */
const limitMs = 10_000;

async function retryLater<Result>(run: () => Result, busy: unknown): Promise<Result> {
  const until = performance.now() + limitMs;
  let error = busy;
  for (
    let pauseMs = firstPauseMs;
    performance.now() < until;
    pauseMs = Math.min(2 * pauseMs, longestPauseMs)
  ) {
    // The pauses are random, so that processes do not retry in step.
    await new Promise((resolve) => setTimeout(resolve, randomInt(pauseMs, 2 * pauseMs)));
    try {
      return run();
    } catch (thrown) {
      if (!isBusy(thrown)) throw thrown;
      error = thrown;
    }
  }
  throw new Error('the ledger was locked by another process for ten seconds', { cause: error });
}

/**
 * Runs a step. Returns its result at once, or a promise of it if another connection holds a lock: the event loop must not
 * be blocked while that connection writes.
 */
export function retryWhileBusy<Result>(run: () => Result): Result | Promise<Result> {
  try {
    return run();
  } catch (error) {
    if (isBusy(error)) return retryLater(run, error);
    throw error;
  }
}

/** Runs a step of housekeeping. Ignores errors, because the step is repeated later. */
export async function retryQuietly(run: () => unknown): Promise<void> {
  try {
    await retryWhileBusy(run);
  } catch {
    // The disk is full, or the ledger is closed.
  }
}
