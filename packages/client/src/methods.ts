import { balance, cost, send, status } from '@smsc/protocol';

/** What every client has as methods. Further operations are bound by name, so that a bundle holds only what is used. */
export const methods: Methods = { balance, cost, send, status };

/** The methods of every client. */
export interface Methods {
  readonly balance: typeof balance;
  readonly cost: typeof cost;
  readonly send: typeof send;
  readonly status: typeof status;
}
