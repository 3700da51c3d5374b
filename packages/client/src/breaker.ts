import type { GatewayError } from '@smsc/protocol';

/** So many refusals for wrong parameters, dates or numbers one after another are a program's fault, and will not stop by themselves. */
const longestSeries = 5;
const firstPauseMs = 60_000;
const longestPauseMs = 900_000;

/**
 * Stops everything when the gateway is about to shut its caller out: after error 2 (credentials) and error 4 (it already
 * has), and after a series of errors 1, 5 and 7. How many it takes to be shut out, and for how long, is not documented.
 */
export interface Breaker {
  /**
   * Whether to stop, in words; `undefined` when all is well. After the pause, one caller is told to ask for something
   * that costs nothing, by `probe`; everyone else waits for what comes of it.
   */
  pass(now: number, probe: () => Promise<GatewayError | boolean>): Promise<string | undefined> | undefined;
  /** Takes note of an answer: of a refusal, or of none. `leftAt`: when its request left. */
  note(now: number, leftAt: number, refusal?: GatewayError): void;
}

/** Makes a breaker. All is well at first. Times are milliseconds of a clock that nobody sets. */
export function createBreaker(): Breaker {
  let series = 0;
  let pauseMs = firstPauseMs;
  /** Why it is open; absent when it is closed. */
  let why: string | undefined;
  let openedAt = -Infinity;
  let until = 0;
  let probing: Promise<string | undefined> | undefined;

  const open = (now: number, because: string): void => {
    why = because;
    openedAt = now;
    until = now + pauseMs;
    pauseMs = Math.min(2 * pauseMs, longestPauseMs);
  };

  const note: Breaker['note'] = (now, leftAt, refusal) => {
    const code = refusal?.code;
    const fault = code === 1 || code === 5 || code === 7;
    const shut = code === 2 || code === 4;
    // A good answer to what had left before says nothing of what comes now.
    if (!fault && !shut && leftAt <= openedAt) return;
    series = fault ? series + 1 : 0;
    if (shut || series >= longestSeries) {
      // Those that were on their way together are one refusal.
      if (!why) open(now, `error ${code}: ${refusal!.meaning}`);
    } else if (!fault) {
      why = undefined;
      pauseMs = firstPauseMs;
    }
  };

  return {
    note,
    pass: (now, probe) => {
      if (!why) return undefined;
      if (!probing && now < until)
        return Promise.resolve(`${why}; asked again in ${Math.ceil((until - now) / 1000)} s`);
      probing ??= probe().then((answer) => {
        const because = why;
        why = undefined;
        series = 0;
        if (answer === true) pauseMs = firstPauseMs;
        else if (answer === false) open(now, because!);
        else note(now, now, answer);
        probing = undefined;
        return why;
      });
      return probing;
    },
  };
}
