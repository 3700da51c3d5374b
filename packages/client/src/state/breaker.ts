import type { GatewayError } from '@smsc/protocol';

/**
 * Number of consecutive errors 1, 5 or 7 that opens the breaker. Such a series comes from a bug in the program and does
 * not end by itself.
 */
const maxSeries = 5;
const firstPauseMs = 60_000;
const maxPauseMs = 900_000;

/**
 * Result of a probe: `true` if the gateway accepted the probe, the gateway's error if it rejected the probe, or `false`
 * if no readable reply came.
 */
export type ProbeResult = GatewayError | boolean;

/**
 * Stops all requests when the gateway may block the caller's IP address: after error 2 (credentials), after error 4
 * (already blocked), and after a series of errors 1, 5 or 7. The gateway does not document how many errors lead to a
 * block, or how long a block lasts.
 */
export interface Breaker {
  /**
   * Returns `undefined` if requests may be sent, else a promise. The promise resolves to the reason for holding the
   * request back, or to `undefined` if a probe has closed the breaker. After the pause, the `probe` of one caller runs
   * and all callers wait for its result. A probe must not cost money.
   */
  check(now: number, probe: () => Promise<ProbeResult>): Promise<string | undefined> | undefined;
  /**
   * Records a reply.
   *
   * @param sentAt time at which the request was sent
   * @param refusal the gateway's error, if it rejected the request
   */
  record(now: number, sentAt: number, refusal?: GatewayError): void;
}

/** Creates a closed breaker. All times are in milliseconds of a monotonic clock. */
export function createBreaker(): Breaker {
  let series = 0;
  let pauseMs = firstPauseMs;
  /** Reason for the open state. `undefined` while the breaker is closed. */
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
    // If a request was sent before the breaker opened, a reply without these errors proves nothing about later
    // requests.
    if (!isFault && !isBlock && sentAt <= openedAt) return;
    series = isFault ? series + 1 : 0;
    if (isBlock || series >= maxSeries) {
      // Several parallel requests can be rejected for the same reason. Only the first rejection opens the breaker.
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
