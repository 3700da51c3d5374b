import { spawn } from 'node:child_process';
import { GCProfiler } from 'node:v8';
import type { Line } from './measure.ts';

/** Work whose memory is looked at: what comes before the baseline is taken, and then the work itself. Gives a number of bytes to compare with. */
export type Weighed = () => Promise<() => Promise<number> | number>;

const used = (): number => {
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
};

/**
 * The most that a piece of work adds to the heap, garbage included: what the heap held at each collection and at the end.
 * For a process of its own, with the young generation kept small, so that it is the work that is seen.
 */
export async function peakOf(
  weighed: Weighed,
): Promise<{ readonly peak: number; readonly compared: number }> {
  const work = await weighed();
  globalThis.gc!();
  const baseline = used();
  const profiler = new GCProfiler();
  profiler.start();
  const compared = await work();
  const end = used();
  const collections = profiler
    .stop()
    .statistics.map(
      ({ beforeGC }) => beforeGC.heapStatistics.usedHeapSize + beforeGC.heapStatistics.externalMemory,
    );
  return { peak: Math.max(end, ...collections) - baseline, compared };
}

/** What this program prints in a process of its own. */
export async function outputOf(flags: readonly string[], args: readonly string[]): Promise<string> {
  const child = spawn(process.execPath, [...flags, new URL('./main.js', import.meta.url).pathname, ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  for await (const chunk of child.stdout) output += String(chunk);
  return output;
}

/** Weighs in a process of its own: `main.js --weigh <name>`. */
export const weighApart = async (
  name: string,
): Promise<{ readonly peak: number; readonly compared: number }> =>
  JSON.parse(await outputOf(['--expose-gc', '--max-semi-space-size=1'], ['--weigh', name])) as {
    peak: number;
    compared: number;
  };

const megabyte = 1e6;

/** A line about a peak as a multiple of what it is compared with. */
export async function multiple(name: string, weighed: string, atMost: number, detail: string): Promise<Line> {
  const { peak, compared } = await weighApart(weighed);
  return {
    name,
    ratio: peak / compared,
    wanted: { atMost },
    detail: `${(peak / megabyte).toFixed(1)} MB; ${detail}`,
  };
}

/** A line about a peak in megabytes. */
export async function megabytes(
  name: string,
  weighed: string,
  atMost: number,
  detail: string,
): Promise<Line> {
  const { peak } = await weighApart(weighed);
  return { name, ratio: peak / megabyte, wanted: { atMost }, detail };
}
