import { TransportError } from '@smsc/protocol';
import { copyOwn } from '@smsc/protocol/adapter';
import type { Settled, SettleOptions } from '../outcome.ts';
import { Cancellation } from '../state/cancellation.ts';
import { transportError } from '../transport-error.ts';
import type { LedgerContext } from './context.ts';
import { asItIsNow, DoubtRecord, toSettled } from './records.ts';
import type { AnyIterable, Claim, OpenSend } from './store.ts';
import { arrival, arrivalWithin, ignoreErrors } from './wait.ts';

/** Result of settling a send from the ledger. */
export type Recovered = Settled & {
  /** Id of the message. */
  readonly id: string;
  /** Name of the operation. */
  readonly operation: string;
};

/** A result that is ready to be reported. */
interface Item {
  /** Returns the current result. */
  readonly recovered: () => Promise<Recovered>;
  /** Claim of the entry, which counts as untold until the result has been reported. */
  readonly claim: Claim;
}

/** Maximum number of entries that are settled at the same time. Most of them only wait. */
const maxParallel = 200;

/** Default patience for a send of other credentials, in milliseconds: enough for one status request. */
const foreignPatienceMs = 5_000;

/** Time limit for recording that a result has been reported, in milliseconds. */
const tellWithinMs = 15_000;

/**
 * Creates the item for an outcome. Looks up a `not-sent` again when the program asks for it, because another client may
 * have sent the message again by then.
 */
function toItem(claim: Claim, operation: string, settled: Settled, context: LedgerContext): Item {
  const recovered = async (): Promise<Recovered> => ({
    operation,
    ...(settled.outcome === 'not-sent'
      ? await asItIsNow(settled, { id: claim.id, operation }, context)
      : settled),
    id: claim.id,
  });
  return { claim, recovered };
}

/** Creates the error of a send of other credentials. */
const foreignError = (operation: string): TransportError =>
  new TransportError(
    `${operation}: sent with other credentials, so only those can prove that it was not sent; if you know the outcome, call resolve(id, outcome) of the ledger`,
    'sent',
    'held-back',
  );

/** Settles one entry. */
async function recoverOne(
  send: OpenSend,
  own: string,
  { signal, patienceMs, probe }: SettleOptions,
  context: LedgerContext,
): Promise<Item> {
  const { claim, operation } = send;
  const { id } = claim;
  if (send.outcome !== undefined)
    return toItem(claim, operation, toSettled({ ...send, id }, operation)!, context);
  const isOwn = send.account === own;
  const error = isOwn
    ? transportError(operation, 'the ledger has no outcome of the send', 'sent', 'held-back')
    : foreignError(operation);
  const record = new DoubtRecord(
    { id, operation, claim, certainInMs: isOwn ? send.certainInMs : Infinity, untold: true },
    context,
  );
  const settled = await record.settle(
    send.to,
    error,
  )({ signal, patienceMs: patienceMs ?? (isOwn ? undefined : foreignPatienceMs), probe });
  return toItem(claim, operation, settled, context);
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

/** Reads the entries that `recover()` has to report. Ends early if the cancellation fires. */
class Source {
  readonly #entries: AsyncGenerator<OpenSend>;
  readonly #cancellation: Cancellation;
  isEnd = false;
  #isReading = false;

  constructor(entries: AnyIterable<OpenSend>, cancellation: Cancellation) {
    this.#entries = iterate(entries);
    this.#cancellation = cancellation;
  }

  async next(): Promise<OpenSend | undefined> {
    this.#isReading = true;
    const read = await arrival<IteratorResult<OpenSend, unknown>>(this.#entries.next(), this.#cancellation);
    if (read) this.#isReading = false;
    this.isEnd = !read || read.value.done === true || this.#cancellation.aborted;
    return read && !read.value.done ? read.value.value : undefined;
  }

  async close(): Promise<void> {
    const closing = this.#entries.return(undefined);
    // A store that does not respond must not keep `recover()` from ending.
    if (this.#isReading) ignoreErrors(() => closing);
    else await closing;
  }
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
  const settling = new Settling(async (send) =>
    recoverOne(copyOwn(send), own, { ...options, signal: controller.signal }, context),
  );
  const source = new Source(context.store.open(), Cancellation.of(controller.signal));
  try {
    for (;;) {
      while (!source.isEnd && !settling.ready.length && settling.running < maxParallel) {
        const next = await source.next();
        if (next) void settling.start(next);
      }
      const item = settling.ready.shift();
      if (item) {
        const recovered = await item.recovered();
        yield recovered;
        if (recovered.outcome !== 'unknown') await tell(item.claim, context);
      } else if (settling.running) await settling.next();
      else if (source.isEnd) return;
    }
  } finally {
    controller.abort();
    stopFollowing?.();
    await source.close();
  }
}

/** Records that a result has been reported. If that fails, the result is reported once more by the next `recover()`. */
async function tell(claim: Claim, { store, clock }: LedgerContext): Promise<void> {
  try {
    await arrivalWithin(tellWithinMs, store.told(claim), clock, undefined);
  } catch {
    // The entry stays untold.
  }
}
