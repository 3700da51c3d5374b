// Checks of the limit on concurrent requests, as the gateway counts them.
import { join } from 'node:path';
import { throwIfProblems } from '../../../scripts/report.mjs';
import { bundle, folder, runChild, seed } from './run-child.mjs';

/**
 * Runs callers in two processes at once. Resolves to the outcomes that the callers counted, and to the maximum numbers of
 * concurrent requests that the gateway of each process counted. With `shared`, both have the same gateway.
 */
async function runCallers({ shared = false, threads = [1, 1], ledgerPath, ...options }) {
  const [callers, { openCounter }] = [await bundle('callers'), await import(await bundle('counter'))];
  const open = (number) =>
    openCounter(
      options.impatient
        ? { latencyMs: 40, resets: true, seed: seed + number }
        : { latencyMs: 30, limits: options.limits },
    );
  const first = await open(1);
  const counters = [first, shared ? first : await open(2)];
  try {
    const outputs = await Promise.all(
      threads.map((count, number) =>
        runChild(callers, {
          host: counters[number].host,
          seed: seed + number,
          threads: count,
          ledgerPath,
          name: `p${number}`,
          ...options,
        }),
      ),
    );
    return outputs.map(({ code, output }, number) => {
      if (code !== 0) throw new Error(output);
      const counter = counters[number];
      return { counts: JSON.parse(output), awaited: counter.awaited(), inFlight: counter.inFlight() };
    });
  } finally {
    await Promise.all([...new Set(counters)].map((counter) => counter.close()));
  }
}

async function checkLimit(report, maxInFlight, expected) {
  const option = maxInFlight ? ` with maxInFlight ${maxInFlight}` : '';
  await report.check(
    `a thousand concurrent callers in each of two processes: at most ${expected} requests in flight${option}, counted by the gateway`,
    async () => {
      const results = await runCallers({ maxInFlight });
      throwIfProblems(
        results
          .filter(({ counts, inFlight }) => counts.accepted !== 1000 || inFlight !== expected)
          .map((each) => JSON.stringify(each)),
      );
      return results
        .map(({ counts, inFlight }) => `${counts.accepted} accepted, at most ${inFlight} in flight`)
        .join('; ');
    },
  );
}

/**
 * Checks the limit while callers give up. The gateway continues with an abandoned request, and a client cannot know for how
 * long. So the limit applies only to requests whose caller still waits.
 */
async function checkLimitWithImpatientCallers(report) {
  await report.check(
    'a thousand callers in each of two processes, many of which give up or lose their connection: at most 10 requests in flight that a caller waits for',
    async () => {
      const results = await runCallers({ impatient: true });
      const isWrong = ({ counts, awaited }) =>
        awaited > 10 ||
        !(counts.accepted > 0) ||
        !(counts.unknown > 0) ||
        Object.values(counts).reduce((sum, count) => sum + count) !== 1000 ||
        Object.keys(counts).length > 3;
      throwIfProblems(results.filter(isWrong).map((each) => JSON.stringify(each)));
      return results
        .map(
          ({ counts, awaited, inFlight }) =>
            `${counts.accepted} accepted, ${counts.unknown} unknown, at most ${awaited} in flight that a caller waits for, ${inFlight} with abandoned ones`,
        )
        .join('; ');
    },
  );
}

/** Checks the limit of threads and processes. The gateway rejects a fifteenth concurrent request. */
async function checkSharedLimit(report) {
  const options = { shared: true, calls: 200 };
  await report.check(
    'three threads of one process and a second process share a ledger: at most 10 requests in flight, and none is rejected',
    async () => {
      const ledgerPath = join(folder, 'limit-ledger');
      const results = await runCallers({ ...options, threads: [3, 1], ledgerPath, limits: {} });
      const [{ inFlight }] = results;
      const accepted = results.map(({ counts }) => counts.accepted);
      throwIfProblems(
        inFlight > 10 || accepted[0] !== 600 || accepted[1] !== 200 ? [JSON.stringify(results)] : [],
      );
      return `${accepted.join(' and ')} accepted, at most ${inFlight} in flight`;
    },
  );
  await report.check(
    'without a ledger, the limit is one of each thread: three threads have up to 30 requests in flight',
    async () => {
      const results = await runCallers({ ...options, threads: [3] });
      const [{ inFlight, counts }] = results;
      throwIfProblems(
        inFlight > 30 || inFlight <= 14 || counts.accepted !== 600 ? [JSON.stringify(results)] : [],
      );
      return `${counts.accepted} accepted, at most ${inFlight} in flight`;
    },
  );
}

/** Runs all checks of the limit. */
export async function checkLimits(report) {
  await checkLimit(report, undefined, 10);
  await checkLimit(report, 14, 14);
  await checkLimitWithImpatientCallers(report);
  await checkSharedLimit(report);
}
