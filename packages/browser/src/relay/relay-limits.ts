import type { Clock } from '@smsc/client';
import { RefusalError } from './refusal.ts';
import type { RelaySettings } from './relay-options.ts';
import { createLimiter, type Limiter, type VisitorLimits } from './visitor-limits.ts';

const minuteMs = 60_000;
const hourMs = 3_600_000;

/** Default limits on all calls together. */
const defaultLimits: VisitorLimits = {
  visitor: { most: 30, perMs: minuteMs },
  total: { most: 600, perMs: minuteMs },
};
/** Default limits of each operation that spends money. */
const spendingLimits: VisitorLimits = {
  visitor: { most: 5, perMs: hourMs },
  total: { most: 500, perMs: hourMs },
};
/** Limit on repeated requests for the same message. Requests beyond the limit count like any other request. */
const retryLimits: VisitorLimits = { visitor: { most: 10, perMs: minuteMs } };

const withoutUndefined = (limits: VisitorLimits | undefined): VisitorLimits =>
  Object.fromEntries(Object.entries(limits ?? {}).filter(([, limit]) => limit !== undefined));

/** @throws {RefusalError} if `waitMs` is above 0 */
function requireNoWait(waitMs: number): void {
  if (waitMs > 0)
    throw new RefusalError('limit', 'there were too many calls: try again later', {
      retryAfterMs: Math.ceil(waitMs),
    });
}

/** All limits of a relay. Its methods throw a {@link RefusalError} when a limit is reached. */
export class RelayLimits {
  readonly #all: Limiter;
  readonly #retries: Limiter;
  readonly #byOperation: ReadonlyMap<string, Limiter>;

  constructor({ operations, limits, maxVisitors }: RelaySettings, clock: Pick<Clock, 'now'>) {
    const create = (base: VisitorLimits, own?: VisitorLimits): Limiter =>
      createLimiter({ ...base, ...withoutUndefined(own) }, clock, maxVisitors);
    this.#all = create(defaultLimits, limits);
    this.#retries = create(retryLimits);
    this.#byOperation = new Map(
      Object.entries(operations).map(([name, { operation, limits: own }]) => [
        name,
        create(operation.effect === 'spends' ? spendingLimits : {}, own),
      ]),
    );
  }

  /**
   * Counts a request against the limits on all calls. Does not count the first ten repeated requests a minute: browsers resend
   * requests by themselves, and pages resend a message under its id.
   */
  countRequest(visitor: string, isRetry: boolean): void {
    if (!isRetry || this.#retries.take(visitor) > 0) requireNoWait(this.#all.take(visitor));
  }

  /** Counts a call of an operation by a visitor. */
  countCall(operation: string, visitor: string): void {
    requireNoWait(this.#byOperation.get(operation)!.take(visitor));
  }

  /** Counts a call against the limits for all visitors. Call it after the guard has allowed the call. */
  countAllowed(operation: string): void {
    for (const limiter of [this.#all, this.#byOperation.get(operation)!]) requireNoWait(limiter.pass());
  }
}
