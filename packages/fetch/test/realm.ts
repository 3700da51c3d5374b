import { type Isolate, workerIsolate } from '@smsc/conformance';
import { bundleForWorker } from '@smsc/testing/worker-bundle';

/** Returns a function that opens a new isolate (a worker thread) that tests a transport of `subjects.ts`. */
export async function realmsOf(subject: string): Promise<() => Isolate> {
  const url = await bundleForWorker(
    `import { runTrial } from '@smsc/conformance/trial'; import { ${subject} } from './subjects.ts'; export const run = (trial) => runTrial(${subject}.transport, trial);`,
    { folder: import.meta.dirname, name: subject, external: ['node-fetch', 'undici'] },
  );
  return () => workerIsolate(url);
}
