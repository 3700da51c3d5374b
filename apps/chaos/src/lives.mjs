// Runs a sending program that is killed and restarted several times, and compares its reports with the charges of the gateway.
import { existsSync, mkdtempSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { bundle, folder, runChild, seed } from './run-child.mjs';

const linesOf = (file) => (existsSync(file) ? readFileSync(file, 'utf8').split('\n').slice(0, -1) : []);

/** Runs the program until it ends by itself. Returns how often it was killed before. */
async function runLives(program, argument) {
  let kills = 0;
  for (let life = 0; ; life++) {
    const { code, signal, output } = await runChild(program, { ...argument, life });
    if (signal === 'SIGKILL') kills++;
    else if (code !== 0) throw new Error(`process ${life} ended with ${code ?? signal}: ${output}`);
    else return kills;
  }
}

/** Reads the sends that the program started, and the last outcome that it recorded for each. */
function readOutcomes(file) {
  const started = new Set();
  const outcomes = new Map();
  for (const line of linesOf(file)) {
    const [event, id, outcome] = line.split(' ');
    const previous = outcomes.get(id);
    if (event === 'started') started.add(id);
    else if (previous !== undefined && previous !== 'unknown' && previous !== outcome)
      throw new Error(`${id} was ${previous}, and later ${outcome}`);
    else outcomes.set(id, outcome);
  }
  return { started, outcomes };
}

/** Reads the number of charges for each message, and the remaining balance. */
function readCharges(file) {
  const charged = new Map();
  const [balance, ...ids] = linesOf(file);
  for (const id of ids) charged.set(id, (charged.get(id) ?? 0) + 1);
  return { charged, balance };
}

/** Reads the ids of the messages that reached the gateway, except messages that the gateway rejects because of their text. */
function readArrived(file) {
  const arrived = new Set();
  for (const line of linesOf(file)) {
    const [, path, body] = line.split(' ');
    if (path === 'sys/send.php' && !body.includes('mes=casino'))
      arrived.add(new URLSearchParams(body).get('id'));
  }
  return arrived;
}

/**
 * Runs all lives of a program and reads the files that they leave.
 *
 * @param name name of the scenario
 * @param options `sends`: number of sends; `lives`: number of kills; `lastSucceeds`: adds a last life in which nothing fails;
 * `statusFails`: status requests always fail; `acceptsDuplicates`: the gateway does not detect duplicates
 */
export async function runScenario(name, { lastSucceeds, ...options }) {
  const program = await bundle('child');
  const scenarioFolder = mkdtempSync(join(folder, `${name}-`));
  const argument = { ...options, folder: scenarioFolder, seed };
  const kills = await runLives(program, argument);
  if (lastSucceeds) {
    const { code, output } = await runChild(program, { ...argument, life: 1000, succeeds: true });
    if (code !== 0) throw new Error(output);
  }
  return {
    kills,
    ...readOutcomes(join(scenarioFolder, 'outcomes')),
    ...readCharges(join(scenarioFolder, 'charged')),
    arrived: readArrived(join(scenarioFolder, 'requests')),
    problems: linesOf(join(scenarioFolder, 'problems')),
  };
}

/** Balance before the first send, and price of a message, both in thousandths. */
const initialBalance = 1_000_000_000n;
const price = 385n;

const thousandths = (amount) => {
  const [whole, decimals = ''] = amount.split('.');
  return BigInt(whole + decimals.padEnd(3, '0'));
};

function problemsOfBalance({ charged, balance }) {
  let messages = 0;
  for (const times of charged.values()) messages += times;
  const expected = initialBalance - BigInt(messages) * price;
  const found = thousandths(balance);
  return found === expected
    ? []
    : [`the balance is ${found} thousandths; expected ${expected} after ${messages} messages`];
}

/** Checks the outcome of one send against the gateway: whether the request arrived, and how often it was charged. */
function problemsOfSend(id, { started, outcomes, charged, arrived }) {
  const outcome = outcomes.get(id) ?? 'unknown';
  const times = charged.get(id) ?? 0;
  const problems = [
    [!started.has(id), 'was never started'],
    [times > 1, `was charged ${times} times`],
    [outcome === 'not-sent' && times > 0, 'was reported as not sent, but was charged'],
    [outcome === 'rejected' && times > 0, 'was reported as rejected, but was charged'],
    [outcome === 'accepted' && times === 0, 'was reported as accepted, but was not charged'],
    [arrived.has(id) && times === 0, 'arrived, but was not charged'],
    [!arrived.has(id) && times > 0, 'was charged, but never arrived'],
  ];
  return problems.filter(([holds]) => holds).map(([, problem]) => `${id} ${problem}`);
}

/** Counts the outcomes of all sends, and lists everything that does not agree with the gateway. */
export function checkOutcomes(scenario, sends) {
  const counts = { accepted: 0, rejected: 0, 'not-sent': 0, unknown: 0 };
  const problems = [...scenario.problems, ...problemsOfBalance(scenario)];
  for (let number = 0; number < sends; number++) {
    const id = `m${number}`;
    counts[scenario.outcomes.get(id) ?? 'unknown']++;
    problems.push(...problemsOfSend(id, scenario));
  }
  return { counts, problems };
}
