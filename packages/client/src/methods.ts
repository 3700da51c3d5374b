import { balance, cost, send, status } from '@smsc/protocol';

/** Operations that are methods of every client. Others are bound by name, so that a bundle contains only what is used. */
export const methods: Methods = { balance, cost, send, status };

/** The methods of every client. */
export interface Methods {
  /** Gets the account's balance, as an exact decimal text. The gateway answers ten such requests a minute. */
  readonly balance: typeof balance;
  /** Computes the cost of a message, as an exact decimal text. Sends nothing. The gateway takes five identical requests a minute. */
  readonly cost: typeof cost;
  /**
   * Sends a message. Resolves to its outcome: `accepted`, `rejected`, `not-sent` or `unknown`. Throws only an `InputError`.
   * A request that may have left is not sent again; `settle()` of an unknown outcome finds out what became of it.
   */
  readonly send: typeof send;
  /** Gets the status of one message, by its id and a recipient. The gateway answers five such requests a minute for the same message (third party). */
  readonly status: typeof status;
}
