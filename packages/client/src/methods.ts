import { balance, cost, send, status } from '@smsc/protocol';

/** What every client has as methods. Further operations are bound by name, so that a bundle holds only what is used. */
export const methods: Methods = { balance, cost, send, status };

/** The methods of every client. */
export interface Methods {
  /** The account's balance, as an exact decimal. The gateway answers ten such requests a minute. */
  readonly balance: typeof balance;
  /** What a message would cost, as an exact decimal. Nothing is sent. The gateway takes five identical requests a minute. */
  readonly cost: typeof cost;
  /**
   * Sends a message, and says what became of it: `accepted`, `rejected`, `not-sent` or `unknown`. Nothing is thrown but an
   * `InputError`. What may have gone out is not sent again: `settle` finds out.
   */
  readonly send: typeof send;
  /** The state of one message, by its id and a recipient. The gateway answers five such requests a minute for the same message (third party). */
  readonly status: typeof status;
}
