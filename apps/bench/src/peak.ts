import { spawn } from 'node:child_process';
import { GCProfiler } from 'node:v8';
import type { Figure } from './measure.ts';

/**
 * Prepares work whose memory is measured. The preparation is not measured. Resolves to the work, which returns a number of
 * bytes to compare with.
 */
export type MemoryTest = () => Promise<() => Promise<number> | number>;

const used = (): number => {
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
};

/**
 * Returns the maximum growth of the heap during a piece of work, including garbage. Reads the size of the heap at each garbage
 * collection and at the end. Needs a separate process with a small young generation, so that collections are frequent.
 */
export async function peakOf(
  test: MemoryTest,
): Promise<{ readonly peak: number; readonly compared: number }> {
  const work = await test();
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

/** Runs this program in a process of its own and returns its output. */
export async function outputOf(flags: readonly string[], args: readonly string[]): Promise<string> {
  const child = spawn(process.execPath, [...flags, new URL('./main.js', import.meta.url).pathname, ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  for await (const chunk of child.stdout) output += String(chunk);
  return output;
}

/** Measures the peak memory in a process of its own: `main.js --peak <name>`. */
const measurePeak = async (name: string): Promise<{ readonly peak: number; readonly compared: number }> =>
  JSON.parse(await outputOf(['--expose-gc', '--max-semi-space-size=1'], ['--peak', name])) as {
    peak: number;
    compared: number;
  };

const megabyte = 1e6;

/** Measures a peak as a multiple of the number that the work returns. */
export async function peakAsMultiple(
  name: string,
  test: string,
  atMost: number,
  detail: string,
): Promise<Figure> {
  const { peak, compared } = await measurePeak(test);
  return {
    name,
    ratio: peak / compared,
    target: { atMost },
    detail: `${detail}; the peak is ${(peak / megabyte).toFixed(1)} MB of heap, garbage included`,
  };
}

/** Measures a peak in megabytes. */
export async function peakInMegabytes(
  name: string,
  test: string,
  atMost: number,
  detail: string,
): Promise<Figure> {
  const { peak } = await measurePeak(test);
  return { name, ratio: peak / megabyte, target: { atMost }, detail };
}
