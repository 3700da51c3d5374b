import { Worker } from 'node:worker_threads';
import type { Pollution } from './threats.ts';
import type { TrialResult, Trial } from './trial.ts';

/** A place that nothing has touched, in which a transport is not loaded before its first trial. */
export interface Realm {
  /**
   * Makes a trial while every object has what is added to it. `undefined` where the transport cannot even be loaded so, as
   * happens to many modules, and where the realm has died of it: nothing can be said there, and nothing be called not sent.
   */
  run(trial: Trial, pollution?: Pick<Pollution, 'name' | 'value'>): Promise<TrialResult | undefined>;
  close(): Promise<void>;
}

/** What runs over there. Everything is there before the pollution, and is told of when it has gone: what carries messages is not what is tried. */
const program = `
const { parentPort, workerData } = require('node:worker_threads');
parentPort.on('message', async ({ trial, pollution }) => {
  if (pollution) Object.defineProperty(Object.prototype, pollution.name, { __proto__: null, value: pollution.value, enumerable: true, configurable: true, writable: true });
  const loaded = await import(workerData).catch(() => undefined);
  let answer = () => ({});
  try {
    if (loaded) {
      const seen = await loaded.run(trial);
      answer = () => ({ seen });
    }
  } catch (error) {
    answer = () => ({ broken: String(error && error.stack) });
  }
  if (pollution) delete Object.prototype[pollution.name];
  parentPort.postMessage(answer());
});
`;

/**
 * A realm of Node's own.
 *
 * @param file the address (`file:///…`) of a module that exports `run`: `(trial) => runTrial(make, trial)`
 */
export function workerRealm(file: string): Realm {
  const worker = new Worker(program, { eval: true, workerData: file, stdout: true, stderr: true });
  const ended = new Promise<undefined>((resolve) => {
    worker.on('error', () => resolve(undefined));
    worker.on('exit', () => resolve(undefined));
  });
  return {
    run: (trial, pollution) => {
      const answered = new Promise<TrialResult | undefined>((resolve, reject) => {
        worker.once(
          'message',
          ({ seen, broken }: { readonly seen?: TrialResult; readonly broken?: string }) =>
            broken === undefined ? resolve(seen) : reject(new Error(broken)),
        );
      });
      worker.postMessage({ trial, pollution });
      return Promise.race([answered, ended]);
    },
    close: async () => void (await worker.terminate()),
  };
}
