/** One measured figure. */
export interface Figure {
  /** Name: the subject, a colon, and the measure. */
  readonly name: string;
  readonly ratio: number;
  /** Target of the ratio. A figure without a target is only printed. */
  readonly target?: { readonly atLeast: number } | { readonly atMost: number };
  /** Reference of the comparison, and the conditions of the measurement. */
  readonly detail: string;
}

/** Tests a figure against its target. */
export const meetsTarget = ({ ratio, target }: Figure): boolean =>
  !target || ('atLeast' in target ? ratio >= target.atLeast : ratio <= target.atMost);

/** Returns the median. */
export const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]!;

/** A piece of work. It returns a number, so that the compiler cannot remove it. */
export type Work = () => number;

let sink = 0;

/** Returns the mean time of one run, in nanoseconds. */
function meanTime(work: Work, times: number): number {
  const start = process.hrtime.bigint();
  for (let left = times; left > 0; left--) sink += work();
  return Number(process.hrtime.bigint() - start) / times;
}

/** Returns the number of runs that take about five milliseconds, which the clock measures well enough. */
function runsForClock(work: Work): number {
  let times = 1;
  for (;;) {
    const taken = meanTime(work, times) * times;
    if (taken > 5e6 || times > 1e7) return times;
    times = Math.ceil(times * Math.min(10, Math.max(1.5, 6e6 / taken)));
  }
}

/**
 * Returns the time of one piece of work divided by the time of another. Takes the median of rounds that run both, so that
 * other load on the machine affects both alike.
 */
export function relativeTime(work: Work, other: Work, rounds = 21): number {
  const [times, otherTimes] = [runsForClock(work), runsForClock(other)];
  const ratios: number[] = [];
  for (let round = 0; round < rounds; round++) {
    // Alternates the order, because the first piece of work changes the state in which the second runs.
    const first = round % 2 === 0 ? meanTime(work, times) : 0;
    const second = meanTime(other, otherTimes);
    ratios.push((first || meanTime(work, times)) / second);
  }
  if (Number.isNaN(sink)) throw new Error('a piece of work did not return a number');
  return median(ratios);
}
