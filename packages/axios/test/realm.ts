import { type Isolate, workerIsolate } from '@smsc/conformance';
import { bundleForWorker } from '@smsc/testing/worker-bundle';

/** Returns a function that opens a new isolate (a worker thread) that tests the transport. */
export async function realms(): Promise<() => Isolate> {
  const url = await bundleForWorker(
    "import { runTrial } from '@smsc/conformance/trial'; import { axiosTransport } from '../src/index.ts'; export const run = (trial) => runTrial(axiosTransport, trial);",
    { folder: import.meta.dirname, name: 'axios', external: ['axios'] },
  );
  return () => workerIsolate(url);
}
