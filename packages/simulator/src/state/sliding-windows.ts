import type { RequestLimits } from '../options/limits.ts';

const minute = 60_000;

/** What was set not long ago, and perhaps a little more. */
interface ExpiringMap<Value> {
  get(key: string): Value | undefined;
  set(key: string, value: Value, instant: number): void;
}

/**
 * Remembers each value for its lifetime, in milliseconds, and forgets it some time later. Forgets a whole map at a time:
 * taking single entries from the front of a map leaves holes that every later look at the front has to step over.
 */
export function createExpiringMap<Value>(lifetime: number): ExpiringMap<Value> {
  let recent = new Map<string, Value>();
  let older = new Map<string, Value>();
  let since = -Infinity;
  return {
    get: (key) => recent.get(key) ?? older.get(key),
    set: (key, value, instant) => {
      if (instant - since >= lifetime) {
        older = recent;
        recent = new Map();
        since = instant;
      }
      recent.set(key, value);
    },
  };
}

/** Counts how often something with a name has happened in the last minute. */
export interface SlidingWindow {
  /** Whether it has happened as often as it may. What is exactly a minute old counts no more. */
  full(key: string, instant: number): boolean;
  record(key: string, instant: number): void;
}

export function createSlidingWindow(most: number): SlidingWindow {
  if (most === Infinity) return { full: () => false, record: () => undefined };
  const seen = createExpiringMap<readonly number[]>(minute);
  const recent = (key: string, instant: number): readonly number[] =>
    (seen.get(key) ?? []).filter((at) => instant - at < minute);
  return {
    full: (key, instant) => recent(key, instant).length >= most,
    record: (key, instant) => seen.set(key, [...recent(key, instant), instant], instant),
  };
}

/** What is counted for each account by the minute. */
export type RequestWindows = Readonly<
  Record<Exclude<keyof RequestLimits, 'concurrent' | 'perSubscriber' | 'errors' | 'blockMs'>, SlidingWindow>
>;

export const createRequestWindows = (limits: RequestLimits): RequestWindows =>
  Object.fromEntries(
    Object.entries(limits).map(([name, most]) => [name, createSlidingWindow(most as number)]),
  ) as unknown as RequestWindows;

/** Counts messages to subscribers that follow one another with pauses under a minute. */
export interface FloodCounter {
  /** Whether one more message may go to the subscriber; `more` of them are already about to. */
  allows(subscriber: string, instant: number, more: number): boolean;
  record(subscriber: string, instant: number): void;
}

/** A blocked message was not sent, so it does not lengthen the chain: assumed. */
export function createFloodCounter(most: number): FloodCounter {
  if (most === Infinity) return { allows: () => true, record: () => undefined };
  const chains = createExpiringMap<{ readonly last: number; readonly length: number }>(minute);
  const lengthOf = (subscriber: string, instant: number): number => {
    const chain = chains.get(subscriber);
    return chain && instant - chain.last < minute ? chain.length : 0;
  };
  return {
    allows: (subscriber, instant, more) => lengthOf(subscriber, instant) + more < most,
    record: (subscriber, instant) =>
      chains.set(subscriber, { last: instant, length: lengthOf(subscriber, instant) + 1 }, instant),
  };
}
