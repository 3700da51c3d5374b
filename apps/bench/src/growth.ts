import { setTimeout as pause } from 'node:timers/promises';
import { type Line } from './measure.ts';
import { outputOf } from './peak.ts';
import { apart, type Sending } from './send.ts';

const sendsEach = 10_000;
/** What compilers and pools take at first is not left behind by a send. */
const warm = 2;
const windows = 4;

async function heap(): Promise<number> {
  // What is let go of when something else is collected, as the platform's fetch does with signals, is let go of afterwards.
  for (let round = 0; round < 3; round++) {
    globalThis.gc!();
    await pause(50);
  }
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

/** How much more the heap holds after ten thousand sends than before, in bytes, garbage not included: each of some windows, after some that are not counted. */
export const growthOf = (sendingTo: (host: string) => Sending): Promise<readonly number[]> =>
  // With its gateway elsewhere, the heap is the client's.
  apart(async (host) => {
    const sending = sendingTo(host);
    const held: number[] = [];
    for (let window = 0; window < warm + windows; window++) {
      await sending(sendsEach);
      held.push(await heap());
    }
    return held.slice(warm).map((bytes, at) => bytes - held[warm + at - 1]!);
  });

/** A line about it, measured in a process of its own: `main.js --growth <name>`. */
export async function growthApart(name: string, sending: string): Promise<Line> {
  const megabytes = (
    JSON.parse(await outputOf(['--expose-gc'], ['--growth', sending])) as readonly number[]
  ).map((bytes) => bytes / 1e6);
  const mean = megabytes.reduce((sum, each) => sum + each, 0) / megabytes.length;
  return {
    name,
    ratio: mean,
    wanted: { atMost: 0.25 },
    detail: `the heap before, garbage not included; the mean of ${megabytes.map((each) => each.toFixed(2)).join(', ')} MB`,
  };
}
