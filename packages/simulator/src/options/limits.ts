/**
 * Limits of requests and messages. Unless a comment says otherwise, each is a maximum number per account. `Infinity` lifts a
 * limit.
 */
export interface RequestLimits {
  /** Identical sends in a minute. Default: 1, as the gateway's page says. */
  readonly sends: number;
  /** Identical cost requests in a minute. Default: 5, as the gateway's page says. */
  readonly costs: number;
  /**
   * Connections with requests in flight. When their number reaches the limit, requests get error 9. Default: 15, as the
   * gateway's page says, so 14 connections are allowed.
   */
  readonly concurrent: number;
  /**
   * Messages to one subscriber, each less than a minute after the previous one. Default: 50, as the gateway's page says.
   */
  readonly perSubscriber: number;
  /** Status requests for the same message in a minute. Default: 5. Source: third party. */
  readonly statuses: number;
  /** Balance requests in a minute. Default: 10, documented. */
  readonly balances: number;
  /** Identical requests to `templates.php` and `op_templates.php` in a minute. Default: 3. Source: third party. */
  readonly templates: number;
  /** Identical requests to `phones.php` in a minute. Default: 3, documented. */
  readonly contacts: number;
  /** Identical requests to `jobs.php` in a minute. Default: 1, documented. */
  readonly jobs: number;
  /** New sub-accounts in a minute. Default: 3, documented. */
  readonly subAccounts: number;
  /** Changes of one sub-account in a minute. Default: 3, documented. */
  readonly subAccountChanges: number;
  /** Identical requests for the list of sender names in a minute. Default: 3, documented. */
  readonly senderLists: number;
  /** New sender names in a minute. Default: 5, documented. */
  readonly senderNames: number;
  /** Identical requests to `get.php` in a minute. Default: 3. Source: third party. */
  readonly data: number;
  /** Identical requests to `info.php` in a minute. Default: 3, documented. */
  readonly operators: number;
  /** All requests to `info.php` in a minute. Default: 100, documented. */
  readonly operatorsInTotal: number;
  /** Identical requests to `get_mnp.php` in a minute. Default: 3. Source: third party. */
  readonly ported: number;
  /** Identical requests to `receive_phones.php` in a minute. Default: 2. Source: third party. */
  readonly rents: number;
  /**
   * Requests to `wait_call.php` for the same number in a minute. Further requests get error 6. Default: 3. A third party
   * mentions such a limit. Its value is an assumption.
   */
  readonly calls: number;
  /**
   * Number of faulty requests (errors 1, 2 and 5) in a minute after which a client address is blocked. Default: 10. The
   * gateway's page mentions the block. The number of requests and the choice of errors are assumptions.
   */
  readonly errors: number;
  /** Time for which a client address is blocked, in milliseconds. Default: five minutes, an assumption. */
  readonly blockMs: number;
}

/** Limits that apply without the option `limits`. */
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

/** No limits at all, for benchmarks. */
export const unlimited: RequestLimits = {
  ...(Object.fromEntries(Object.keys(defaultLimits).map((name) => [name, Infinity])) as Record<
    keyof RequestLimits,
    number
  >),
  blockMs: 0,
};
