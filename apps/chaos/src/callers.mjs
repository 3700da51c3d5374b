// A process with many concurrent callers, which share five clients of one login. With `threads`, each of its worker threads has
// as many. Prints how often each outcome occurred.
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import { createSmsc } from '@smsc/fetch';
import { openLedger } from '@smsc/ledger';
import { seededRandom } from '@smsc/testing/random';

/** Sends a message from each caller. Resolves to the number of each outcome. */
async function call({ host, maxInFlight, impatient, seed, calls = 1000, ledgerPath, name = '' }) {
  const random = seededRandom(seed);
  /** Functions that abort a call some milliseconds after its request was sent, by message id. */
  const abortLater = new Map();
  const abortAfterSending = { attempt: (info, next) => (abortLater.get(info.id)?.(), next()) };
  const impatientOptions = { timeoutMs: 50, interceptors: [abortAfterSending] };
  const ledger = ledgerPath && openLedger(ledgerPath, { secret: 'a secret of the chaos run' });
  const clients = Array.from({ length: 5 }, () =>
    createSmsc({
      login: 'demo',
      password: 'demo',
      host,
      ...(ledger && { ledger }),
      ...(maxInFlight && { maxInFlight }),
      ...(impatient && impatientOptions),
    }),
  );
  const counts = {};
  await Promise.all(
    Array.from({ length: calls }, async (_, caller) => {
      const controller = new AbortController();
      const id = `m${name}${caller}`;
      if (impatient && caller % 3 === 0)
        abortLater.set(id, () => setTimeout(() => controller.abort(), random() * 60));
      const sent = await clients[caller % clients.length].send(
        { id, to: String(380_500_000_000 + caller), text: `a${name}` },
        { signal: controller.signal },
      );
      const outcome = sent.outcome === 'rejected' ? `error ${sent.code}` : sent.outcome;
      counts[outcome] = (counts[outcome] ?? 0) + 1;
    }),
  );
  await ledger?.close();
  return counts;
}

/** Runs the callers in worker threads. Resolves to the sum of their outcomes. */
async function callInThreads(threads, options) {
  const results = await Promise.all(
    Array.from(
      { length: threads },
      (_, number) =>
        new Promise((resolve, reject) => {
          const worker = new Worker(new URL(import.meta.url), {
            workerData: { ...options, name: `${options.name}t${number}-` },
          });
          worker.once('message', resolve).once('error', reject);
        }),
    ),
  );
  const sum = {};
  for (const [outcome, count] of results.flatMap(Object.entries)) sum[outcome] = (sum[outcome] ?? 0) + count;
  return sum;
}

if (isMainThread) {
  const { threads = 1, ...options } = JSON.parse(process.argv[2]);
  const counts = threads > 1 ? await callInThreads(threads, options) : await call(options);
  process.stdout.write(JSON.stringify(counts));
} else parentPort.postMessage(await call(workerData));
