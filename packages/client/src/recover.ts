import { TransportError } from '@smsc/protocol';
import type { Clock } from './clock.ts';
import { notSent } from './cancellation.ts';
import type { Journal } from './journal.ts';
import { closing } from './layers/journal.ts';
import type { Settled, SettleOptions } from './outcome.ts';
import { type Ask, readSettleOptions, searchFor } from './settle.ts';

/** A send of the journal, settled. */
export type Recovered = Settled & {
  /** The operation's name. */
  readonly operation: string;
};

/** Settles what a journal has open of an account's. */
export async function recoverFrom(
  journal: Journal | undefined,
  accountOf: () => string | Promise<string>,
  clock: Clock,
  ask: Ask,
  how?: SettleOptions,
): Promise<readonly Recovered[]> {
  readSettleOptions('recover', how);
  const open = (await journal?.open()) ?? [];
  const mine = open.length ? await accountOf() : undefined;
  return Promise.all(
    open
      .filter((each) => each.account === mine)
      .map(async ({ id, operation, to, writtenAt, record }): Promise<Recovered> => {
        const close = closing(record);
        if (writtenAt === undefined) {
          await close('not-sent');
          return {
            operation,
            outcome: 'not-sent',
            id,
            error: notSent(operation, 'the program had ended', 'held-back'),
          };
        }
        const error = new TransportError(
          `${operation}: the program had ended; the request may have left`,
          'sent',
          'network',
        );
        // It may have left when the program ended, just now.
        return {
          operation,
          ...(await searchFor(clock, ask, {
            operation,
            id,
            to,
            error,
            left: undefined,
            replay: undefined,
            close,
          })(how)),
        };
      }),
  );
}
