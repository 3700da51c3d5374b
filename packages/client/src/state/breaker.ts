import type { GatewayError } from '@smsc/protocol';

/** Number of consecutive errors 1, 5 and 7 that opens the breaker. Such a series is a bug in the program and does not end by itself. */
const maxSeries = 5;
const firstPauseMs = 60_000;
const maxPauseMs = 900_000;

/** Result of a probe: `true` if the gateway answers again, its refusal, or `false` if nothing came back. */
export type ProbeResult = GatewayError | boolean;

/**
 * Stops all requests when the gateway is about to block the caller's address: after error 2 (credentials), error 4 (blocked
 * already), and a series of errors 1, 5 and 7. How many errors it takes, and how long a block lasts, is not documented.
 */
export interface Breaker {
  /**
   * Returns `undefined` if requests may be sent, else a promise of the reason why not. After the pause one caller's `probe`
   * is run, which must cost nothing, and everyone waits for its result.
   */
  check(now: number, probe: () => Promise<ProbeResult>): Promise<string | undefined> | undefined;
  /**
   * Records an answer.
   *
   * @param sentAt when its request was sent
   * @param refusal the gateway's error, if the answer is one
   */
  record(now: number, sentAt: number, refusal?: GatewayError): void;
}

/** Creates a closed breaker. All times are in milliseconds of a monotonic clock. */
export function createBreaker(): Breaker {
  let series = 0;
  let pauseMs = firstPauseMs;
  /** Why the breaker is open; `undefined` while it is closed. */
  let openReason: string | undefined;
  let openedAt = -Infinity;
  let retryAt = 0;
  let probing: Promise<string | undefined> | undefined;

  const open = (now: number, reason: string): void => {
    openReason = reason;
    openedAt = now;
    retryAt = now + pauseMs;
    pauseMs = Math.min(2 * pauseMs, maxPauseMs);
  };

  const record: Breaker['record'] = (now, sentAt, refusal) => {
    const code = refusal?.code;
    const isFault = code === 1 || code === 5 || code === 7;
    const isBlock = code === 2 || code === 4;
    // A good answer to a request that was sent before the breaker opened proves nothing about later ones.
    if (!isFault && !isBlock && sentAt <= openedAt) return;
    series = isFault ? series + 1 : 0;
    if (isBlock || series >= maxSeries) {
      // Requests that were in flight together count as one refusal.
      if (!openReason) open(now, `error ${code}: ${refusal!.meaning}`);
    } else if (!isFault) {
      openReason = undefined;
      pauseMs = firstPauseMs;
    }
  };

  const applyProbe = (now: number, result: ProbeResult): string | undefined => {
    const reason = openReason;
    openReason = undefined;
    series = 0;
    if (result === true) pauseMs = firstPauseMs;
    else if (result === false) open(now, reason!);
    else record(now, now, result);
    probing = undefined;
    return openReason;
  };

  return {
    record,
    check: (now, probe) => {
      if (!openReason) return undefined;
      if (!probing && now < retryAt)
        return Promise.resolve(`${openReason}; next try in ${Math.ceil((retryAt - now) / 1000)} s`);
      probing ??= probe().then((result) => applyProbe(now, result));
      return probing;
    },
  };
}
