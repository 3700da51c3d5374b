// Sends a hundred thousand messages through a gateway that drops, delays, duplicates and garbles requests at random, while the
// sending program is killed and restarted twenty times. Then checks the limit on concurrent requests: the server counts them.
// CHAOS_SEED repeats a run, CHAOS_SENDS changes the number of sends.
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { Report, throwIfProblems } from '../../scripts/report.mjs';
import { checkOutcomes, runScenario } from './src/lives.mjs';
import { bundle, folder, runChild, seed } from './src/run-child.mjs';

const firstOf = (problems) => [
  ...problems.slice(0, 20),
  ...(problems.length > 20 ? [`and ${problems.length - 20} more`] : []),
];

const summary = ({ accepted, rejected, 'not-sent': notSent, unknown }) =>
  `${accepted} accepted, ${rejected} rejected, ${notSent} not sent, ${unknown} unknown`;

/** Runs a program that is killed and restarted, checks its outcomes, and returns a summary of them. */
async function checkLives(name, { sends, lives, ...options }, problemsOfCounts) {
  const scenario = await runScenario(name, { sends, lives, ...options });
  const { counts, problems } = checkOutcomes(scenario, sends);
  if (scenario.kills !== lives) problems.push(`it was killed ${scenario.kills} times; expected ${lives}`);
  throwIfProblems(firstOf([...problems, ...problemsOfCounts(counts)]));
  return `${summary(counts)}; killed ${scenario.kills} times; seed ${seed}`;
}

/**
 * Runs a thousand callers in each of two processes, each process with a gateway of its own. Resolves to the outcomes that
 * the callers counted, and to the maximum numbers of concurrent requests that the gateway counted.
 */
async function runCallers(options) {
  const [callers, { openCounter }] = [await bundle('callers'), await import(await bundle('counter'))];
  return Promise.all(
    [1, 2].map(async (number) => {
      const counter = await openCounter(
        options.impatient ? { latencyMs: 40, resets: true, seed: seed + number } : { latencyMs: 30 },
      );
      try {
        const { code, output } = await runChild(callers, {
          host: counter.host,
          seed: seed + number,
          ...options,
        });
        if (code !== 0) throw new Error(output);
        return { counts: JSON.parse(output), awaited: counter.awaited(), inFlight: counter.inFlight() };
      } finally {
        await counter.close();
      }
    }),
  );
}

const noneUnknown = ({ unknown }) =>
  unknown > 0 ? [`${unknown} are unknown although the last life got every response`] : [];

async function checkSends(report) {
  const sends = Number(process.env.CHAOS_SENDS ?? 100_000);
  await report.check(
    `${sends.toLocaleString('en')} sends by a program that is killed twenty times: every outcome is true, none is charged twice`,
    () =>
      checkLives('with a last life', { sends, lives: 20, lastSucceeds: true }, (counts) => [
        ...(counts.rejected === 0 ? ['none was rejected'] : []),
        ...noneUnknown(counts),
      ]),
  );
  await report.check('none is charged twice if the gateway does not detect duplicates', () =>
    checkLives(
      'without detection of duplicates',
      { sends: Math.max(1000, Math.ceil(sends / 10)), lives: 5, lastSucceeds: true, acceptsDuplicates: true },
      noneUnknown,
    ),
  );
  await report.check(
    'if status requests always fail, some sends stay unknown and all other outcomes are true',
    () =>
      checkLives(
        'without status',
        { sends: Math.max(1000, Math.ceil(sends / 20)), lives: 5, statusFails: true },
        ({ unknown }) => (unknown === 0 ? ['none is unknown'] : []),
      ),
  );
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
 * long. So the limit applies only to requests whose caller still waits. Abandoned requests do not count.
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

const report = new Report(join(import.meta.dirname, '.reports/gate.json'));
try {
  await checkSends(report);
  await checkLimit(report, undefined, 10);
  await checkLimit(report, 14, 14);
  await checkLimitWithImpatientCallers(report);
} finally {
  rmSync(folder, { recursive: true });
}
process.exitCode = report.finish();
