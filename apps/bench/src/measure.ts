/** Something to measure: does its work a number of times. */
export interface Subject {
  readonly name: string;
  readonly run: (times: number) => Promise<void>;
}

const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]!;

/** How often a subject does its work in a second. */
const perSecond = async (subject: Subject, times: number): Promise<number> => {
  const start = process.hrtime.bigint();
  await subject.run(times);
  return (times * 1e9) / Number(process.hrtime.bigint() - start);
};

/** What came of comparing two subjects. */
export interface Comparison {
  /** The subject's throughput as a share of the floor's: the median over all rounds. */
  readonly ratio: number;
  /** Times a second, medians: for orientation only, since machines differ. */
  readonly subject: number;
  readonly floor: number;
}

/**
 * Measures a subject against a floor, in turns, so that whatever else the machine does meets both. Each round gives one
 * ratio; the median of them is what is told.
 */
export async function compare(subject: Subject, floor: Subject, rounds: number, times: number): Promise<Comparison> {
  // Not counted: compilers and connections warm up.
  for (const each of [subject, floor]) await each.run(times);
  const pairs: { subject: number; floor: number }[] = [];
  for (let round = 0; round < rounds; round++) {
    // Who goes first changes, since the second finds the machine as the first has left it.
    const order = round % 2 === 0 ? [subject, floor] : [floor, subject];
    const rates = new Map<Subject, number>();
    for (const each of order) rates.set(each, await perSecond(each, times));
    pairs.push({ subject: rates.get(subject)!, floor: rates.get(floor)! });
  }
  return {
    ratio: median(pairs.map((pair) => pair.subject / pair.floor)),
    subject: median(pairs.map((pair) => pair.subject)),
    floor: median(pairs.map((pair) => pair.floor)),
  };
}
