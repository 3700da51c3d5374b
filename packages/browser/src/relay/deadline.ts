import type { Clock } from '@smsc/client';
import { RefusalError } from './refusal.ts';

/**
 * Deadline of a call. The relay starts no request after the deadline. So one minute after the deadline, a status request of
 * the page shows for certain whether the gateway has the message.
 */
export class Deadline {
  readonly #timeoutMs: number;
  readonly #clock: Pick<Clock, 'now'>;
  readonly #monotonic: Pick<Clock, 'now'>;
  readonly #startedAt: number;
  readonly #startedMonotonic: number;

  constructor(timeoutMs: number, clock: Pick<Clock, 'now'>, monotonic: Pick<Clock, 'now'>) {
    this.#timeoutMs = timeoutMs;
    this.#clock = clock;
    this.#monotonic = monotonic;
    this.#startedAt = clock.now();
    this.#startedMonotonic = monotonic.now();
  }

  /**
   * Returns the remaining time in ms. Uses the clock that measured more time: the system clock can be set back, and the
   * monotonic clock can stop while the machine sleeps.
   *
   * @throws {RefusalError} if no time is left
   */
  remainingMs(): number {
    const elapsed = Math.max(
      this.#clock.now() - this.#startedAt,
      this.#monotonic.now() - this.#startedMonotonic,
    );
    const remaining = Math.floor(this.#timeoutMs - elapsed);
    if (remaining < 1)
      throw new RefusalError('unavailable', `the call took longer than ${this.#timeoutMs} ms`);
    return remaining;
  }
}
