// Runs a program that is killed and started again several times, in one process or in several at once. Compares the outcomes that
// it was told with the gateway's record of charges.
import { spawn } from 'node:child_process';
import { closeSync, existsSync, mkdtempSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { createEpoch } from './clock.mjs';
import { bundle, folder, seed, startGateway } from './run-child.mjs';

const { checkAccounts, countTold, createPlan, seededRandom } = await import(await bundle('accounts'));

/** Time limit of an attempt, in milliseconds. */
const timeoutMs = 300;
/**
 * Time for which a process is stopped, in milliseconds of the machine. It is longer than 20 seconds, the lease of a ledger's
 * owner, so the process counts as dead.
 */
const longerThanLeaseMs = 25_000;
/**
 * Time for which the second process is stopped, in milliseconds of the machine. It is longer than 30 seconds, the time limit of
 * an attempt and a minute of the clocks. Another process then finds that a recorded request was not sent, and sends the message
 * again.
 */
const longerThanDoubt = (speed) => Math.max(40_000, (90_000 + timeoutMs + 25_000) / speed);
/** About the time that Node needs to start. */
const startMs = 400;

/** Starts a process. Its output is added to a file, so that nothing of it is lost when it is killed. */
function start(program, argument, outputFile) {
  const output = openSync(outputFile, 'a');
  const child = spawn(process.execPath, [program, JSON.stringify(argument)], {
    stdio: ['ignore', output, 'pipe'],
  });
  closeSync(output);
  let errors = '';
  child.stderr.setEncoding('utf8').on('data', (chunk) => void (errors += chunk));
  const ended = new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => resolve({ code, signal, errors }));
  });
  return { child, ended };
}

/** The processes of a scenario: counts how they end, and ends all of them if the scenario takes too long. */
class Processes {
  kills = 0;
  stops = 0;
  crashes = 0;
  #running = new Set();
  #isOver = false;
  #timer;
  #allowsCrashes;

  /** @param allowsCrashes returns true for the output of a program that may end with an error */
  constructor(limitMs, allowsCrashes) {
    this.#allowsCrashes = allowsCrashes;
    this.#timer = setTimeout(() => this.end(), limitMs);
  }

  /**
   * Runs one life of a program. Resolves to `killed`, `done`, or `crashed` for an error that the scenario allows.
   *
   * @param killAfterMs time until the process is killed, in milliseconds; default: never
   * @param stopAfterMs time until the process is stopped for `stopMs`; default: never
   */
  async live(program, argument, { outputFile, killAfterMs, stopAfterMs, stopMs }) {
    if (this.#isOver) throw new Error('the scenario did not end in time');
    const { child, ended } = start(program, argument, outputFile);
    this.#running.add(child);
    const timers = [];
    const after = (ms, run) => ms === undefined || timers.push(setTimeout(run, ms));
    after(killAfterMs, () => child.kill('SIGKILL'));
    after(stopAfterMs, () => {
      if (!child.kill('SIGSTOP')) return;
      this.stops++;
      after(stopMs, () => child.kill('SIGCONT'));
    });
    const { code, signal, errors } = await ended;
    this.#running.delete(child);
    timers.forEach(clearTimeout);
    if (this.#isOver) throw new Error('the scenario did not end in time');
    if (signal === 'SIGKILL') {
      this.kills++;
      return 'killed';
    }
    if (code === 0) return 'done';
    if (!this.#allowsCrashes(errors)) throw new Error(`the program ended with ${code ?? signal}: ${errors}`);
    this.crashes++;
    await wait(200);
    return 'crashed';
  }

  end() {
    clearTimeout(this.#timer);
    this.#isOver = true;
    for (const child of this.#running) child.kill('SIGKILL');
  }
}

const linesOf = (file) =>
  existsSync(file)
    ? readFileSync(file, 'utf8')
        .split('\n')
        .slice(0, -1)
        .map((line) => JSON.parse(line))
    : [];

/** Prepares a scenario: a folder, a gateway, a ledger and the bundle of the program. */
async function openScenario(name, options) {
  const { sends, processes = 1, speed, acceptsDuplicates = false, mutant, disk, limitMs } = options;
  const scenarioFolder = mkdtempSync(join(folder, `${name.replaceAll(/\W+/g, '-')}-`));
  const epoch = createEpoch();
  const random = seededRandom(seed + name.length);
  const program = await bundle('child', mutant);
  const gateway = await startGateway({ seed, speed, epoch, timeoutMs, acceptsDuplicates });
  if (options.network) gateway.network(options.network);
  const openDisk = await disk?.open(scenarioFolder, random);
  const ledgerPath = join(openDisk?.folder ?? scenarioFolder, 'ledger');
  // A full disk can end the program, and so can a process that is stopped while it holds the lock of the file.
  const running = new Processes(
    limitMs,
    (errors) => disk !== undefined || (options.stops === true && /locked/.test(errors)),
  );
  const began = Date.now();
  const outputFiles = Array.from({ length: processes }, (_, number) =>
    join(scenarioFolder, `told-${number}`),
  );
  return {
    ...options,
    processes,
    // This time is long, so that most of the messages are sent while the program is being killed.
    meanLifeMs: options.meanLifeMs ?? (sends * 20) / options.kills,
    random,
    gateway,
    disk: openDisk,
    running,
    outputFiles,
    program,
    argument: { host: gateway.host, timeoutMs, sends, ledgerPath, speed, epoch },
    told: () => outputFiles.flatMap(linesOf),
    /** Compares the outcomes that the program was told with the charges. */
    check: async () => {
      const books = await gateway.books();
      const told = outputFiles.flatMap(linesOf);
      return {
        problems: checkAccounts(createPlan(sends), told, books, { isSingle: processes === 1 }),
        told: countTold(told),
        books,
        kills: running.kills,
        stops: running.stops,
        crashes: running.crashes,
        fills: openDisk?.fills(),
        seconds: Math.round((Date.now() - began) / 1000),
      };
    },
    close: async () => {
      running.end();
      gateway.stop();
      await openDisk?.close();
    },
  };
}

/** Chooses how one life ends: half of them end at a step of the program, the others at any moment. */
function chooseEnd({ random, meanLifeMs }) {
  // Some lives are so long that the program also settles what is unknown.
  const killAfterMs = startMs + random() * 2 * meanLifeMs * (random() < 0.2 ? 3 : 1);
  return random() < 0.5
    ? { diesAtStep: Math.ceil(random() * 1500), killAfterMs: 3 * killAfterMs }
    : { killAfterMs };
}

/**
 * Chooses how the first life of a process is stopped: the first process at any moment, the second one between the record of a
 * request and the request itself.
 */
function chooseStop({ random, speed, stops }, number) {
  if (!stops || number > 1) return undefined;
  const stopMs = number === 0 ? longerThanLeaseMs : longerThanDoubt(speed);
  const killAfterMs = startMs + 4000 + stopMs + random() * 2000;
  return number === 0
    ? { stopAfterMs: startMs + random() * 1000, stopMs, killAfterMs }
    : { stopsAtSend: Math.ceil(random() * 5), stopMs, killAfterMs };
}

/** Runs the lives of one process: first those that are killed, and then one that can finish. */
async function runLives(scenario, number, onKillsDone) {
  const { running, program, argument, kills } = scenario;
  const run = (life, how) =>
    running.live(
      program,
      { ...argument, ...how, transport: ['fetch', 'axios'][(number + life) % 2] },
      { ...how, outputFile: scenario.outputFiles[number] },
    );
  let killed = 0;
  let life = 0;
  while (killed < kills) {
    const how = (life === 0 && chooseStop(scenario, number)) || chooseEnd(scenario);
    if ((await run(life++, how)) === 'killed') killed++;
  }
  await onKillsDone();
  while ((await run(life++)) !== 'done');
}

/**
 * Runs a program until it has been killed often enough and has then ended by itself.
 *
 * @param options `sends`: number of messages; `processes`: number of processes that send the same messages at once; `kills`:
 * number of kills of each; `stops`: stops one process for longer than the lease, and one between the record and the request;
 * `meanLifeMs`: mean time until a kill; `network`: network from the start, default: `faulty`; `speed`: speed of all clocks;
 * `acceptsDuplicates`: the gateway does not detect duplicates; `mutant`: changes of the client; `disk`: opens a small disk for
 * the ledger; `limitMs`: maximum duration
 */
export async function runScenario(name, options) {
  const scenario = await openScenario(name, options);
  const { outputFiles, gateway, disk } = scenario;
  let busy = outputFiles.length;
  const onKillsDone = async () => {
    if (--busy > 0) return;
    // From here on, nothing disturbs the program, so that it can finish.
    await disk?.free();
    gateway.network('calm');
  };
  try {
    await Promise.all(outputFiles.map((_, number) => runLives(scenario, number, onKillsDone)));
    return await scenario.check();
  } finally {
    await scenario.close();
  }
}

/**
 * Leaves every message in doubt, then kills a program that only calls `recover()`, again and again. Each message must be
 * reported by a run of it. Finally, sends the messages that are missing.
 */
export async function runRecovery(name, options) {
  const scenario = await openScenario(name, options);
  const { running, program, argument, random, gateway, outputFiles, kills } = scenario;
  const [outputFile] = outputFiles;
  const run = (task, how, rest) =>
    running.live(program, { ...argument, transport: 'fetch', task, ...how }, { outputFile, ...rest });
  try {
    gateway.network('silent');
    await run('send once');
    const open = new Set(
      scenario
        .told()
        .filter(({ outcome }) => outcome === 'unknown')
        .map(({ id }) => id),
    );
    const recovered = scenario.told().length;
    gateway.network('calm');
    for (let life = 0; life < kills; life++)
      await run('recover', random() < 0.7 ? { diesBeforeTelling: Math.ceil(random() * 50) } : {}, {
        killAfterMs: startMs + random() * 2000,
      });
    // The gateway answers five status requests a minute about one message, and the killed runs have used some of them up.
    for (let isUnknown = true; isUnknown;) {
      const before = scenario.told().length;
      await run('recover');
      isUnknown = scenario
        .told()
        .slice(before)
        .some(({ outcome }) => outcome === 'unknown');
    }
    for (const { id, outcome } of scenario.told().slice(recovered))
      if (outcome !== 'unknown') open.delete(id);
    await run('send all');
    const result = await scenario.check();
    result.problems.push(...[...open].map((id) => `${id} was never reported by recover()`));
    return result;
  } finally {
    await scenario.close();
  }
}
