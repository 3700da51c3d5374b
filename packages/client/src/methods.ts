import { balance, cost, send, status } from '@smsc/protocol';

/**
 * Operations that are methods of every client. Other operations are imported and added one by one, so that a bundle
 * contains only the operations in use.
 */
export const methods: Methods = { balance, cost, send, status };

/** The methods of every client. */
export interface Methods {
  /** Gets the account's balance, as an exact decimal text. The gateway allows ten such requests a minute. */
  readonly balance: typeof balance;
  /**
   * Computes the cost of a message, as an exact decimal text. Sends nothing. The gateway allows five identical requests
   * a minute.
   */
  readonly cost: typeof cost;
  /**
   * Sends a message. Resolves to its outcome: `accepted`, `rejected`, `not-sent` or `unknown`. Throws only an
   * `InputError`. A request that may have been sent is never sent again automatically. Call `settle()` on an `unknown`
   * outcome to find out what became of the message.
   */
  readonly send: typeof send;
  /**
   * Gets the status of one message, by its id and a recipient. The gateway allows five such requests a minute for one
   * message (source: third party).
   */
  readonly status: typeof status;
}
