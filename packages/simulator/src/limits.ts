/** How much of what the gateway takes. `Infinity` lifts a limit. */
export interface Limits {
  /** Identical sends in a minute. Default: 1, as the gateway's page says. */
  readonly sends: number;
  /** Identical requests of a cost in a minute. Default: 5, as the page says. */
  readonly costs: number;
  /** How many requests at once, from different connections under one login, are too many. Default: 15, as the page says. */
  readonly concurrent: number;
  /** Messages to one subscriber with pauses under a minute. Default: 50, as the page says. */
  readonly perSubscriber: number;
  /** Requests in a minute for the state of the same message. Default: 5. Source: third party. */
  readonly statuses: number;
  /** Requests of the balance in a minute. Default: 10, documented. */
  readonly balances: number;
  /** Identical requests of templates, and of operators' templates, in a minute. Default: 3. Source: third party. */
  readonly templates: number;
  /** Identical requests of contacts, groups and the black list in a minute. Default: 3, documented. */
  readonly contacts: number;
  /** Identical requests of mailings in a minute. Default: 1, documented. */
  readonly mailings: number;
  /** New sub-accounts in a minute. Default: 3, documented. */
  readonly subAccounts: number;
  /** Changes of one sub-account in a minute. Default: 3, documented. */
  readonly subAccountChanges: number;
  /** Identical requests of the sender names in a minute. Default: 3, documented. */
  readonly senderLists: number;
  /** New sender names in a minute. Default: 5, documented. */
  readonly senderNames: number;
  /** Identical requests of `get.php` in a minute. Default: 3. Source: third party. */
  readonly data: number;
  /** Identical requests of operators in a minute. Default: 3, documented. */
  readonly operators: number;
  /** Requests of operators in a minute, identical or not. Default: 100, documented. */
  readonly operatorsInAll: number;
  /** Identical requests of ported numbers in a minute. Default: 3. Source: third party. */
  readonly ported: number;
  /** Identical requests of numbers for receiving in a minute. Default: 2. Source: third party. */
  readonly rents: number;
  /** Calls in a minute that may be waited for from one number; error 6. Default: 3. That there is a limit is third party, the number is assumed. */
  readonly calls: number;
  /**
   * Faulty requests (errors 1, 2 and 5) in a minute after which an address is blocked. Default: 10. That there is such a
   * block is on the gateway's page; the number, and which errors count, are assumed.
   */
  readonly errors: number;
  /** For how long an address is blocked, in milliseconds. Default: five minutes. Assumed. */
  readonly blockMs: number;
}

export const defaultLimits: Limits = {
  sends: 1,
  costs: 5,
  concurrent: 15,
  perSubscriber: 50,
  statuses: 5,
  balances: 10,
  templates: 3,
  contacts: 3,
  mailings: 1,
  subAccounts: 3,
  subAccountChanges: 3,
  senderLists: 3,
  senderNames: 5,
  data: 3,
  operators: 3,
  operatorsInAll: 100,
  ported: 3,
  rents: 2,
  calls: 3,
  errors: 10,
  blockMs: 300_000,
};

/** No limit at all, for benchmarks. */
export const unlimited: Limits = {
  ...(Object.fromEntries(Object.keys(defaultLimits).map((name) => [name, Infinity])) as Record<keyof Limits, number>),
  blockMs: 0,
};

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
  const recent = (key: string, instant: number): readonly number[] => (seen.get(key) ?? []).filter((at) => instant - at < minute);
  return {
    full: (key, instant) => recent(key, instant).length >= most,
    record: (key, instant) => seen.set(key, [...recent(key, instant), instant], instant),
  };
}

/** What is counted for each account by the minute. */
export type Windows = Readonly<Record<Exclude<keyof Limits, 'concurrent' | 'perSubscriber' | 'errors' | 'blockMs'>, Window>>;

export const createWindows = (limits: Limits): Windows =>
  Object.fromEntries(Object.entries(limits).map(([name, most]) => [name, createWindow(most as number)])) as unknown as Windows;

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
    record: (subscriber, instant) => chains.set(subscriber, { last: instant, length: lengthOf(subscriber, instant) + 1 }, instant),
  };
}
