/** How much of what the gateway takes. `Infinity` lifts a limit. */
export interface RequestLimits {
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
  readonly jobs: number;
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
  readonly operatorsInTotal: number;
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

export const defaultLimits: RequestLimits = {
  sends: 1,
  costs: 5,
  concurrent: 15,
  perSubscriber: 50,
  statuses: 5,
  balances: 10,
  templates: 3,
  contacts: 3,
  jobs: 1,
  subAccounts: 3,
  subAccountChanges: 3,
  senderLists: 3,
  senderNames: 5,
  data: 3,
  operators: 3,
  operatorsInTotal: 100,
  ported: 3,
  rents: 2,
  calls: 3,
  errors: 10,
  blockMs: 300_000,
};

/** No limit at all, for benchmarks. */
export const unlimited: RequestLimits = {
  ...(Object.fromEntries(Object.keys(defaultLimits).map((name) => [name, Infinity])) as Record<
    keyof RequestLimits,
    number
  >),
  blockMs: 0,
};
