/**
 * Ledger in a database file. Each message with an id of your own is sent once, even by several processes and after
 * crashes.
 *
 * @example
 * ```ts
 * import { createSmsc } from '@smsc/fetch';
 * import { openLedger } from '@smsc/ledger';
 *
 * const ledger = openLedger('sends.db', { secret: ledgerSecret });
 * const smsc = createSmsc({ apiKey, ledger });
 * for await (const { id, outcome } of smsc.recover()) console.log(id, outcome);
 * ```
 */
export { openLedger, type OpenLedgerOptions } from './open-ledger.ts';
