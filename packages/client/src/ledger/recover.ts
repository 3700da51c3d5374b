import { TransportError } from '@smsc/protocol';
import { copyOwn } from '@smsc/protocol/adapter';
import type { Settled, SettleOptions } from '../outcome.ts';
import { createSettle } from '../settle.ts';
import { Cancellation, notSent } from '../state/cancellation.ts';
import type { LedgerContext } from './context.ts';
import { DoubtRecord } from './records.ts';
import { readResult } from './stored-result.ts';
import type { AnyIterable, Claim, OpenSend } from './store.ts';

/** Result of settling a send from the ledger. */
export type Recovered = Settled & {
  /** Name of the operation. */
  readonly operation: string;
};

/** A result that is ready to be reported. */
interface Item {
  readonly recovered: Recovered;
  /** Claim of the entry, which counts as untold until the result has been reported. */
  readonly claim: Claim;
}

/** Maximum number of entries that are settled at the same time. Most of them only wait. */
const maxParallel = 200;

/** Default patience for a send of other credentials, in milliseconds: enough for one status request. */
const foreignPatienceMs = 5_000;

type SettledSend = Extract<OpenSend, { readonly outcome: string }>;

/** Converts an entry that is settled already. */
function toRecovered({ claim: { id }, operation, outcome, result }: SettledSend): Recovered {
  if (outcome === 'accepted')
    return { operation, outcome, id, status: undefined, result: readResult(result) };
  return {
    operation,
    outcome: 'not-sent',
    id,
    error: notSent(operation, `the outcome is ${outcome}`, 'held-back'),
  };
}

/** Settles one entry. */
async function recoverOne(
  send: OpenSend,
  own: string,
  { signal, patienceMs, probe }: SettleOptions,
  context: LedgerContext,
): Promise<Item> {
  const { claim, operation } = send;
  if (send.outcome !== undefined) return { claim, recovered: toRecovered(send) };
  const { id } = claim;
  const isOwn = send.account === own;
  const error = new TransportError(
    isOwn
      ? `${operation}: the program ended during the send; the request may have been sent`
      : `${operation}: sent with other credentials, so only those can prove that it was not sent`,
    'sent',
    'held-back',
  );
  const record = new DoubtRecord(
    { id, operation, claim, certainInMs: isOwn ? send.certainInMs : Infinity, untold: true },
    context,
  );
  const settle = createSettle(context.clock, context.queryStatus, {
    info: { operation },
    id,
    to: send.to,
    error,
    sentAt: undefined,
    record,
    replay: undefined,
  });
  const settled = await record.wrap(settle)({
    signal,
    patienceMs: patienceMs ?? (isOwn ? undefined : foreignPatienceMs),
    probe,
  });
  return { claim, recovered: { operation, ...settled } };
}

/** Runs the settling of many entries, at most {@link maxParallel} at a time. */
class Settling {
  readonly ready: Item[] = [];
  running = 0;
  #wake = (): void => undefined;
  readonly #settle: (send: OpenSend) => Promise<Item>;

  constructor(settle: (send: OpenSend) => Promise<Item>) {
    this.#settle = settle;
  }

  /** Starts to settle an entry. An entry whose settling fails is reported by the next `recover()`. */
  async start(send: OpenSend): Promise<void> {
    this.running++;
    const item = await this.#settle(send).catch(() => undefined);
    this.running--;
    if (item) this.ready.push(item);
    this.#wake();
  }

  /** Waits until another entry has been settled. */
  readonly next = (): Promise<void> => new Promise((resolve) => (this.#wake = resolve));
}

async function* iterate<Item>(items: AnyIterable<Item>): AsyncGenerator<Item> {
  yield* items;
}

/**
 * Settles the entries of a ledger that are in doubt, and yields each result as soon as it is known. A result counts as
 * told when the next one is requested.
 */
export async function* recoverFrom(
  context: LedgerContext,
  options: SettleOptions,
): AsyncGenerator<Recovered> {
  const own = await context.account();
  const { signal } = options;
  const controller = new AbortController();
  const stop = (): void => controller.abort(signal?.reason);
  const stopFollowing = signal && Cancellation.of(signal).on(stop);
  if (signal?.aborted) stop();
  const settling = new Settling((send) =>
    recoverOne(copyOwn(send), own, { ...options, signal: controller.signal }, context),
  );
  const source = iterate(context.store.open());
  let isEnd = false;
  try {
    for (;;) {
      while (!isEnd && !settling.ready.length && settling.running < maxParallel) {
        const next = await source.next();
        isEnd = next.done === true || controller.signal.aborted;
        if (!next.done) void settling.start(next.value);
      }
      const item = settling.ready.shift();
      if (item) {
        yield item.recovered;
        await tell(item, context);
      } else if (settling.running) await settling.next();
      else if (isEnd) return;
    }
  } finally {
    controller.abort();
    stopFollowing?.();
    await source.return(undefined);
  }
}

/** Records that a result has been reported. If that fails, the result is reported once more by the next `recover()`. */
async function tell({ recovered, claim }: Item, { store }: LedgerContext): Promise<void> {
  if (recovered.outcome === 'unknown') return;
  try {
    await store.told(claim);
  } catch {
    // The entry stays untold.
  }
}
