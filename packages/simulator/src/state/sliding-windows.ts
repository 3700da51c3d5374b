import type { RequestLimits } from '../options/limits.ts';

const minute = 60_000;

/** Map whose entries expire. An expired entry may still be found for a while. */
interface ExpiringMap<Value> {
  get(key: string): Value | undefined;
  set(key: string, value: Value, instant: number): void;
}

/**
 * Creates a map whose entries expire. It drops many entries at a time, because a `Map` becomes slow after many deletions at
 * its front.
 *
 * @param lifetime minimum lifetime of an entry, in milliseconds
 */
export function createExpiringMap<Value>(lifetime: number): ExpiringMap<Value> {
  let recent = new Map<string, Value>();
  let older = new Map<string, Value>();
  let recentSince = -Infinity;
  return {
    get: (key) => recent.get(key) ?? older.get(key),
    set: (key, value, instant) => {
      if (instant - recentSince >= lifetime) {
        older = recent;
        recent = new Map();
        recentSince = instant;
      }
      recent.set(key, value);
    },
  };
}

/** Counter of events in the last minute, by key. An event that is exactly a minute old no longer counts. */
export interface SlidingWindow {
  /** Returns true if the maximum number of events is reached. */
  isFull(key: string, instant: number): boolean;
  record(key: string, instant: number): void;
}

/** Creates a counter of events in the last minute. */
export function createSlidingWindow(most: number): SlidingWindow {
  if (most === Infinity) return { isFull: () => false, record: () => undefined };
  const instants = createExpiringMap<readonly number[]>(minute);
  const recent = (key: string, instant: number): readonly number[] =>
    (instants.get(key) ?? []).filter((at) => instant - at < minute);
  return {
    isFull: (key, instant) => recent(key, instant).length >= most,
    record: (key, instant) => instants.set(key, [...recent(key, instant), instant], instant),
  };
}

/** Names of the limits that count requests of an account in a minute. */
type RequestLimitName = Exclude<keyof RequestLimits, 'concurrent' | 'perSubscriber' | 'errors' | 'blockMs'>;

/** Request counters of an account. */
export type RequestWindows = Readonly<Record<RequestLimitName, SlidingWindow>>;

/** Creates the request counters of an account. */
export const createRequestWindows = (limits: RequestLimits): RequestWindows =>
  Object.fromEntries(
    Object.entries(limits).map(([name, most]) => [name, createSlidingWindow(most as number)]),
  ) as unknown as RequestWindows;

/** Counter of messages to the same subscriber, each less than a minute after the previous one. */
export interface FloodCounter {
  /**
   * Returns true if one more message may be sent to a subscriber. `pending` is the number of accepted messages that are not
   * recorded yet.
   */
  allows(subscriber: string, instant: number, pending: number): boolean;
  record(subscriber: string, instant: number): void;
}

/** Creates a flood counter. Assumption: refused messages do not count, because they were not sent. */
export function createFloodCounter(most: number): FloodCounter {
  if (most === Infinity) return { allows: () => true, record: () => undefined };
  const chains = createExpiringMap<{ readonly last: number; readonly length: number }>(minute);
  const lengthOf = (subscriber: string, instant: number): number => {
    const chain = chains.get(subscriber);
    return chain && instant - chain.last < minute ? chain.length : 0;
  };
  return {
    allows: (subscriber, instant, pending) => lengthOf(subscriber, instant) + pending < most,
    record: (subscriber, instant) =>
      chains.set(subscriber, { last: instant, length: lengthOf(subscriber, instant) + 1 }, instant),
  };
}
