import { Worker } from 'node:worker_threads';
import type { Pollution } from './pollution.ts';
import type { Trial, TrialResult } from './trial.ts';

/** Environment with its own global objects: a worker, or a fresh page. Loads the transport in the first trial. */
export interface Isolate {
  /**
   * Runs a trial while `Object.prototype` has an added property. Resolves to `undefined` if the transport cannot be loaded
   * with that property, or if the isolate stops. Such a trial proves nothing.
   */
  run(trial: Trial, pollution?: Pick<Pollution, 'name' | 'value'>): Promise<TrialResult | undefined>;
  /** Stops the isolate. */
  close(): Promise<void>;
}

/**
 * Source of the worker. Adds the property to `Object.prototype` just before it loads and runs the transport, and removes the
 * property before it reports the result.
 */
const workerSource = `
const { parentPort, workerData } = require('node:worker_threads');
parentPort.on('message', async ({ trial, pollution }) => {
  if (pollution) Object.defineProperty(Object.prototype, pollution.name, { __proto__: null, value: pollution.value, enumerable: true, configurable: true, writable: true });
  const loaded = await import(workerData).catch(() => undefined);
  let report = () => ({});
  try {
    if (loaded) {
      const result = await loaded.run(trial);
      report = () => ({ result });
    }
  } catch (error) {
    report = () => ({ failure: String(error && error.stack) });
  }
  if (pollution) delete Object.prototype[pollution.name];
  parentPort.postMessage(report());
});
`;

/**
 * Opens an isolate on a worker thread of Node.
 *
 * @param moduleUrl `file:///…` URL of a module that exports `run`: `(trial) => runTrial(makeTransport, trial)`
 */
export function workerIsolate(moduleUrl: string): Isolate {
  const worker = new Worker(workerSource, { eval: true, workerData: moduleUrl, stdout: true, stderr: true });
  const stopped = new Promise<undefined>((resolve) => {
    worker.on('error', () => resolve(undefined));
    worker.on('exit', () => resolve(undefined));
  });
  return {
    run: (trial, pollution) => {
      const reported = new Promise<TrialResult | undefined>((resolve, reject) => {
        worker.once(
          'message',
          ({ result, failure }: { readonly result?: TrialResult; readonly failure?: string }) =>
            failure === undefined ? resolve(result) : reject(new Error(failure)),
        );
      });
      worker.postMessage({ trial, pollution });
      return Promise.race([reported, stopped]);
    },
    close: async () => void (await worker.terminate()),
  };
}
