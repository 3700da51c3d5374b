import type { Limits } from '../options/limits.ts';

const minute = 60_000;

/** What was set not long ago, and perhaps a little more. */
interface Memory<Value> {
  get(key: string): Value | undefined;
  set(key: string, value: Value, instant: number): void;
}

/**
 * Remembers each value for its lifetime, in milliseconds, and forgets it some time later. Forgets a whole map at a time:
 * taking single entries from the front of a map leaves holes that every later look at the front has to step over.
 */
export function createMemory<Value>(lifetime: number): Memory<Value> {
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
export interface Window {
  /** Whether it has happened as often as it may. What is exactly a minute old counts no more. */
  full(key: string, instant: number): boolean;
  record(key: string, instant: number): void;
}

export function createWindow(most: number): Window {
  if (most === Infinity) return { full: () => false, record: () => undefined };
  const seen = createMemory<readonly number[]>(minute);
  const recent = (key: string, instant: number): readonly number[] =>
    (seen.get(key) ?? []).filter((at) => instant - at < minute);
  return {
    full: (key, instant) => recent(key, instant).length >= most,
    record: (key, instant) => seen.set(key, [...recent(key, instant), instant], instant),
  };
}

/** What is counted for each account by the minute. */
export type Windows = Readonly<
  Record<Exclude<keyof Limits, 'concurrent' | 'perSubscriber' | 'errors' | 'blockMs'>, Window>
>;

export const createWindows = (limits: Limits): Windows =>
  Object.fromEntries(
    Object.entries(limits).map(([name, most]) => [name, createWindow(most as number)]),
  ) as unknown as Windows;

/** Counts messages to subscribers that follow one another with pauses under a minute. */
export interface Chain {
  /** Whether one more message may go to the subscriber; `more` of them are already about to. */
  allows(subscriber: string, instant: number, more: number): boolean;
  record(subscriber: string, instant: number): void;
}

/** A blocked message was not sent, so it does not lengthen the chain: assumed. */
export function createChain(most: number): Chain {
  if (most === Infinity) return { allows: () => true, record: () => undefined };
  const chains = createMemory<{ readonly last: number; readonly length: number }>(minute);
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
