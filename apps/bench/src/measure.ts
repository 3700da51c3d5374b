/** What is compared with what, and what came of it. */
export interface Line {
  /** What the ratio is of. */
  readonly name: string;
  readonly ratio: number;
  /** What the ratio has to be. Without one it is only told. */
  readonly wanted?: { readonly atLeast: number } | { readonly atMost: number };
  /** What it was measured against, and how. */
  readonly detail: string;
}

/** Whether a line is what was wanted. */
export const holds = ({ ratio, wanted }: Line): boolean =>
  !wanted || ('atLeast' in wanted ? ratio >= wanted.atLeast : ratio <= wanted.atMost);

/** The middle one. */
export const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]!;

/** Work whose result is a number, so that no compiler can leave it out. */
export type Work = () => number;

let sink = 0;

/** Nanoseconds that one of many repeats takes. */
function timeOf(work: Work, times: number): number {
  const start = process.hrtime.bigint();
  for (let left = times; left > 0; left--) sink += work();
  return Number(process.hrtime.bigint() - start) / times;
}

/** How often a piece of work is repeated so that the clock sees it: about five milliseconds. */
function timesOf(work: Work): number {
  let times = 1;
  for (;;) {
    const taken = timeOf(work, times) * times;
    if (taken > 5e6 || times > 1e7) return times;
    times = Math.ceil(times * Math.min(10, Math.max(1.5, 6e6 / taken)));
  }
}

/**
 * How many times as long one piece of work takes as another: the median over rounds in which both have their turn, so
 * that whatever else the machine does meets both.
 */
export function timesAsLong(work: Work, other: Work, rounds = 21): number {
  const [times, otherTimes] = [timesOf(work), timesOf(other)];
  const ratios: number[] = [];
  for (let round = 0; round < rounds; round++) {
    // Who goes first changes, since the second finds the machine as the first has left it.
    const first = round % 2 === 0 ? timeOf(work, times) : 0;
    const second = timeOf(other, otherTimes);
    ratios.push((first || timeOf(work, times)) / second);
  }
  if (Number.isNaN(sink)) throw new Error('some work came to nothing');
  return median(ratios);
}
