import { type Line } from './measure.ts';
import { outputOf } from './peak.ts';
import { apart, type Sending } from './send.ts';

const sendsEach = 10_000;

const heap = (): number => {
  globalThis.gc!();
  globalThis.gc!();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
};

/** How much more the heap holds after ten thousand sends than before, in bytes, garbage not included; three times, after as many that are not counted. */
export const growthOf = (sendingTo: (host: string) => Sending): Promise<readonly number[]> =>
  // With its gateway elsewhere, the heap is the client's.
  apart(async (host) => {
    const sending = sendingTo(host);
    const held: number[] = [];
    for (let window = 0; window < 4; window++) {
      await sending(sendsEach);
      held.push(heap());
    }
    return held.slice(1).map((bytes, at) => bytes - held[at]!);
  });

/** A line about it, measured in a process of its own: `main.js --growth <name>`. */
export async function growthApart(name: string, sending: string): Promise<Line> {
  const windows = JSON.parse(await outputOf(['--expose-gc'], ['--growth', sending])) as readonly number[];
  const megabytes = windows.map((bytes) => bytes / 1e6);
  // What is left behind is left behind each time; what a compiler adds is not.
  return { name, ratio: Math.min(...megabytes), wanted: { atMost: 0.5 }, detail: `the heap before, garbage not included; the least of ${megabytes.map((each) => each.toFixed(2)).join(', ')} MB` };
}
