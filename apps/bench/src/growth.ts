import { setTimeout as pause } from 'node:timers/promises';
import { type Figure } from './measure.ts';
import { outputOf } from './peak.ts';
import { withGatewayInThread, type Sending } from './send.ts';

const sendsPerWindow = 10_000;
/** Number of windows at the start that are not counted: the compiler and pools still allocate memory in them. */
const warmUpWindows = 2;
const windows = 4;

/** Returns the size of the heap without garbage, in bytes. */
async function heapWithoutGarbage(): Promise<number> {
  // Collects several times: some objects of the platform's fetch become garbage only when other objects have been collected.
  for (let round = 0; round < 3; round++) {
    globalThis.gc!();
    await pause(50);
  }
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

/** Returns the growth of the heap in bytes, after garbage collection, for each window of ten thousand sends. */
export const growthOf = (sendingTo: (host: string) => Sending): Promise<readonly number[]> =>
  // The gateway runs in another thread, so this heap is the client's.
  withGatewayInThread(async (host) => {
    const sending = sendingTo(host);
    const held: number[] = [];
    for (let window = 0; window < warmUpWindows + windows; window++) {
      await sending(sendsPerWindow);
      held.push(await heapWithoutGarbage());
    }
    return held.slice(warmUpWindows).map((bytes, index) => bytes - held[warmUpWindows + index - 1]!);
  });

/** Measures the growth in a process of its own: `main.js --growth <name>`. */
export async function measureGrowth(name: string, sending: string): Promise<Figure> {
  const megabytes = (
    JSON.parse(await outputOf(['--expose-gc'], ['--growth', sending])) as readonly number[]
  ).map((bytes) => bytes / 1e6);
  const mean = megabytes.reduce((sum, each) => sum + each, 0) / megabytes.length;
  return {
    name,
    ratio: mean,
    target: { atMost: 0.25 },
    detail: `the heap before, without garbage; mean of ${megabytes.map((each) => each.toFixed(2)).join(', ')} MB`,
  };
}
