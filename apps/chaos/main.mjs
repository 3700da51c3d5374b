// Runs a program that sends messages with ids of its own through a ledger, over real sockets with every fault. The program keeps
// no notes, and is killed and started again. Then compares the outcomes that it was told with the gateway's record of charges.
// Finally, checks the limit on concurrent requests.
//
// `node main.mjs` runs a short version, in which all clocks are ten times as fast. `node main.mjs --full` sends 5,000 messages
// with real clocks. `node main.mjs --mutants` plants faults in the client and reports how each was found. CHAOS_SEED repeats the
// random decisions of a run.
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { Report, throwIfProblems } from '../../scripts/report.mjs';
import { root } from '../../scripts/workspace.mjs';
import { canMount, smallDisk } from './src/disk.mjs';
import { checkLimits } from './src/limits.mjs';
import { runRecovery, runScenario } from './src/lives.mjs';
import { chargingMutants, ledgerMutants } from './src/mutants.mjs';
import { folder, seed } from './src/run-child.mjs';

const isFull = process.argv.includes('--full');
const speed = isFull ? 1 : 10;
const limitMs = isFull ? 1_800_000 : 240_000;
const common = { speed, limitMs };

const firstOf = (problems) => [
  ...problems.slice(0, 20),
  ...(problems.length > 20 ? [`and ${problems.length - 20} more`] : []),
];
const list = (counts) =>
  Object.entries(counts)
    .map(([name, count]) => `${count} ${name}`)
    .join(', ');
const summary = ({ told, kills, stops, crashes, fills, books, seconds }) =>
  [
    `${books.charges.length} charged, each once`,
    `told: ${list(told)}`,
    `killed ${kills} times${stops ? `, stopped ${stops} times` : ''}`,
    ...(fills === undefined ? [] : [`disk full ${fills} times`]),
    ...(crashes > 0 ? [`ended with an error ${crashes} times`] : []),
    `${books.received} requests, at most ${books.mostInFlight} in flight`,
    `${seconds} s`,
    `seed ${seed}`,
  ].join('; ');

/** Runs a scenario. Resolves to a summary, or throws its problems. */
async function check(run, name, options) {
  const { problems, ...result } = await run(name, { ...common, ...options });
  throwIfProblems(firstOf(problems));
  return summary(result);
}

const diskKinds = ['tmpfs', 'ext4'];
const disks = diskKinds.filter((kind) => canMount(kind, folder));

/** Returns the scenarios: the name of each, and the function that runs it. */
function scenarios() {
  const [sends, kills] = isFull ? [5000, 50] : [1000, 10];
  const three = { sends, processes: 3, kills: Math.ceil(kills / 3), stops: true };
  return [
    [
      `${sends} sends by a program that is killed ${kills} times and started again: each accepted once, and told`,
      () => check(runScenario, 'one process', { sends, kills }),
    ],
    [
      `${sends} sends by three processes at once that are killed ${3 * three.kills} times, and two of them stopped for longer than the lease`,
      () => check(runScenario, 'three processes', three),
    ],
    [
      'the same if the gateway does not detect duplicates',
      () => check(runScenario, 'no detection', { ...three, acceptsDuplicates: true }),
    ],
    [
      'every result of recover() is told, although the program is killed while it recovers',
      () => check(runRecovery, 'recovery', { sends: sends / 2, kills }),
    ],
    ...disks.map((kind) => [
      `${sends} sends while the disk of the ledger fills up (${kind}): each accepted once, and no outcome is false`,
      () => check(runScenario, `full ${kind}`, { sends, kills, disk: smallDisk(kind) }),
    ]),
  ];
}

/** Runs a program with a mutant of the client. Resolves to a description of the problems that were found. */
async function redOf({ isRecovery, scenario, ...mutant }) {
  const options = { ...common, mutant, limitMs: 200_000, sends: 300, acceptsDuplicates: true };
  const run = isRecovery
    ? runRecovery(mutant.name, { ...options, kills: 12 })
    : runScenario(mutant.name, { ...options, kills: 2, ...scenario });
  const { problems } = await run;
  // A mutant that nothing notices is a failure.
  if (problems.length === 0) throwIfProblems(['no check found the fault']);
  return `${problems.length} problems, such as: ${problems[0]}`;
}

/** Throws if a mutant does not fit the sources any more. Only `--mutants` runs all of them. */
function checkPlaces() {
  const missing = [...chargingMutants, ...ledgerMutants].flatMap(({ name, changes }) =>
    changes
      .filter(({ file, from }) => readFileSync(join(root, 'packages', file), 'utf8').split(from).length !== 2)
      .map(({ file }) => `${name}: its text is not exactly once in ${file}`),
  );
  throwIfProblems(missing);
}

const toCheck = (mutant) => [`a planted fault is found: ${mutant.name}`, () => redOf(mutant)];

/** Runs checks, at most `parallel` at a time: most of the time, they only wait. Reports them in their order. */
async function runChecks(report, checks, parallel) {
  const rest = checks.map(([name, run]) => {
    const check = { name };
    check.result = new Promise((resolve, reject) => {
      check.start = () => run().then(resolve, reject);
    });
    check.result.catch(() => undefined);
    return check;
  });
  const waiting = rest.values();
  const workers = Array.from({ length: parallel }, async () => {
    for (const { start } of waiting) await start();
  });
  for (const { name, result } of rest) await report.check(name, () => result);
  await Promise.all(workers);
}

const report = new Report(join(import.meta.dirname, '.reports/gate.json'));
try {
  if (process.argv.includes('--mutants'))
    await runChecks(report, [...chargingMutants, ...ledgerMutants].map(toCheck), 3);
  else {
    await report.check('every planted fault fits the sources', checkPlaces);
    await runChecks(report, [...scenarios(), ...chargingMutants.map(toCheck)], isFull ? 3 : 5);
    for (const kind of diskKinds.filter((each) => !disks.includes(each)))
      report.notRun(
        `sends while the disk of the ledger fills up (${kind})`,
        'mounting a disk needs root on Linux',
      );
    await checkLimits(report);
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
process.exitCode = report.finish();
