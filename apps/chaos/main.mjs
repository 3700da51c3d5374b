// A hundred thousand sends through a gateway that drops, delays, repeats and garbles at random, with the program killed and
// started again twenty times. Then the ceiling, by the server's own count.
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { throwIfProblems, Report } from '../../scripts/report.mjs';

const seed = Number(process.env.CHAOS_SEED ?? Math.floor(Date.now() % 1_000_000));
const folder = mkdtempSync(join(tmpdir(), 'smsc-chaos-'));
const banner = {
  js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);",
};
const bundle = async (entry) => {
  const outfile = join(folder, `${entry}.mjs`);
  await build({
    entryPoints: [join(import.meta.dirname, `src/${entry}.mjs`)],
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'es2022',
    outfile,
    banner,
    logLevel: 'error',
  });
  return outfile;
};

/** Runs a process to its end: its exit code, or the signal that ended it, and what it printed. */
const runChild = (file, argument) =>
  new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [file, JSON.stringify(argument)], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (chunk) => void (output += chunk));
    child.once('error', reject);
    child.once('close', (code, signal) => resolve({ code, signal, output }));
  });

/** All lives of a program; the last one goes on to the end. */
async function live(name, { sends, lives, lastQuiet, deaf, forgetful }) {
  const child = await bundle('child');
  const place = mkdtempSync(join(folder, `${name}-`));
  let kills = 0;
  for (let life = 0; ; life++) {
    const { code, signal, output } = await runChild(child, {
      folder: place,
      life,
      lives,
      seed,
      sends,
      deaf,
      forgetful,
    });
    if (signal === 'SIGKILL') kills++;
    else if (code !== 0) throw new Error(`life ${life} ended with ${code ?? signal}: ${output}`);
    else break;
  }
  // In the end everything that is asked is answered.
  if (lastQuiet) {
    const { code, output } = await runChild(child, {
      folder: place,
      life: 1000,
      lives,
      seed,
      sends,
      forgetful,
      quiet: true,
    });
    if (code !== 0) throw new Error(output);
  }
  const began = new Set();
  const fates = new Map();
  for (const line of readFileSync(join(place, 'outcomes'), 'utf8').split('\n').slice(0, -1)) {
    const [what, id, outcome] = line.split(' ');
    if (what === 'began') began.add(id);
    else if (fates.has(id) && fates.get(id) !== 'unknown' && fates.get(id) !== outcome)
      throw new Error(`${id} was ${fates.get(id)}, and then ${outcome}`);
    else fates.set(id, outcome);
  }
  const linesOf = (name) =>
    existsSync(join(place, name)) ? readFileSync(join(place, name), 'utf8').split('\n').slice(0, -1) : [];
  const charged = new Map();
  const [balance, ...ids] = linesOf('charged');
  for (const id of ids) charged.set(id, (charged.get(id) ?? 0) + 1);
  const arrived = new Set();
  for (const line of linesOf('requests')) {
    const [, path, body] = line.split(' ');
    if (path === 'sys/send.php' && !body.includes('mes=casino'))
      arrived.add(new URLSearchParams(body).get('id'));
  }
  return { kills, began, fates, charged, balance, arrived, complaints: linesOf('complaints') };
}

/** What there was on the account, and what a message costs, in thousandths. */
const before = 1_000_000_000n;
const price = 385n;
const thousandths = (amount) => {
  const [whole, decimals = ''] = amount.split('.');
  return BigInt(whole + decimals.padEnd(3, '0'));
};

/** What is wrong with what became of all sends, and how many became what. */
function account({ began, fates, charged, balance, arrived, ...lived }, sends) {
  const counts = { accepted: 0, rejected: 0, 'not-sent': 0, unknown: 0 };
  const complaints = [...lived.complaints];
  let messages = 0;
  for (const times of charged.values()) messages += times;
  const due = before - BigInt(messages) * price;
  if (thousandths(balance) !== due)
    complaints.push(
      `the balance is ${thousandths(balance)} thousandths, and has to be ${due} after ${messages} messages`,
    );
  for (let number = 0; number < sends; number++) {
    const id = `m${number}`;
    const fate = fates.get(id) ?? 'unknown';
    counts[fate]++;
    if (!began.has(id)) complaints.push(`${id} was never begun`);
    if ((charged.get(id) ?? 0) > 1) complaints.push(`${id} was charged ${charged.get(id)} times`);
    if (fate === 'not-sent' && charged.has(id)) complaints.push(`${id} was called not sent, and was charged`);
    if (fate === 'rejected' && charged.has(id)) complaints.push(`${id} was called rejected, and was charged`);
    if (arrived.has(id) !== charged.has(id))
      complaints.push(
        `${id} ${arrived.has(id) ? 'arrived, and was not charged' : 'was charged, and never arrived'}`,
      );
    if (fate === 'accepted' && !charged.has(id))
      complaints.push(`${id} was called accepted, and was not charged`);
  }
  return { counts, complaints };
}

const few = (complaints) => [
  ...complaints.slice(0, 20),
  ...(complaints.length > 20 ? [`and ${complaints.length - 20} more`] : []),
];

const words = ({ accepted, rejected, 'not-sent': notSent, unknown }) =>
  `${accepted} accepted, ${rejected} rejected, ${notSent} not sent, ${unknown} unknown`;

/** Tries lives of a program, and says what became of its sends. */
async function tryLives(name, { sends, lives, ...how }, wrong) {
  const lived = await live(name, { sends, lives, ...how });
  const { counts, complaints } = account(lived, sends);
  throwIfProblems(
    few([
      ...complaints,
      ...(lived.kills !== lives ? [`it was killed ${lived.kills} times, and had to be ${lives}`] : []),
      ...wrong(counts),
    ]),
  );
  return `${words(counts)}; killed ${lived.kills} times; seed ${seed}`;
}

/** What a thousand callers at once come to, in each of two processes with a gateway of its own, and the most requests that this one has had in flight. */
async function crowd(asked) {
  const [callers, { openCounter }] = [await bundle('callers'), await import(await bundle('counter'))];
  return Promise.all(
    [1, 2].map(async (process) => {
      const counter = await openCounter(
        asked.impatient ? { latencyMs: 40, resets: true, seed: seed + process } : { latencyMs: 30 },
      );
      try {
        const { code, output } = await runChild(callers, {
          host: counter.host,
          seed: seed + process,
          ...asked,
        });
        if (code !== 0) throw new Error(output);
        return { counts: JSON.parse(output), waitedFor: counter.waitedFor(), inFlight: counter.inFlight() };
      } finally {
        await counter.close();
      }
    }),
  );
}

const report = new Report(join(import.meta.dirname, '.reports/gate.json'));
try {
  const sends = Number(process.env.CHAOS_SENDS ?? 100_000);
  const unanswered = ({ unknown }) =>
    unknown > 0 ? [`${unknown} are unknown, though everything was answered in the end`] : [];
  await report.check(
    `${sends.toLocaleString('en')} sends, and the program killed twenty times: every message is accounted for, and none is charged twice`,
    () =>
      tryLives('answered', { sends, lives: 20, lastQuiet: true }, (counts) => [
        ...(counts.rejected === 0 ? ['none was rejected'] : []),
        ...unanswered(counts),
      ]),
  );
  await report.check('where an equal request is another message, none is charged twice either', () =>
    tryLives(
      'forgetful',
      { sends: Math.max(1000, Math.ceil(sends / 10)), lives: 5, lastQuiet: true, forgetful: true },
      unanswered,
    ),
  );
  await report.check(
    'where the state of a message is never answered, some stay unknown, and the rest is as true',
    () =>
      tryLives(
        'deaf',
        { sends: Math.max(1000, Math.ceil(sends / 20)), lives: 5, deaf: true },
        ({ unknown }) => (unknown === 0 ? ['none is unknown'] : []),
      ),
  );
  for (const [maxInFlight, most] of [
    [undefined, 10],
    [14, 14],
  ]) {
    await report.check(
      `a thousand callers at once, in each of two processes: never more than ${most} requests in flight${maxInFlight ? ` with maxInFlight ${maxInFlight}` : ''}, as the gateway counts`,
      async () => {
        const crowds = await crowd({ maxInFlight });
        throwIfProblems(
          crowds
            .filter(({ counts, inFlight }) => counts.accepted !== 1000 || inFlight !== most)
            .map((each) => JSON.stringify(each)),
        );
        return crowds
          .map(({ counts, inFlight }) => `${counts.accepted} accepted, at most ${inFlight} at once`)
          .join('; ');
      },
    );
  }
  // The gateway goes on with a request that nobody waits for any more, and a client cannot know for how long. So the
  // ceiling is kept of requests whose caller is still there; what was given up comes on top of it.
  await report.check(
    'a thousand callers of whom many give up or are cut off, in each of two processes: never more than 10 requests in flight that somebody waits for',
    async () => {
      const crowds = await crowd({ impatient: true });
      const wrong = ({ counts, waitedFor }) =>
        waitedFor > 10 ||
        !(counts.accepted > 0) ||
        !(counts.unknown > 0) ||
        Object.values(counts).reduce((sum, many) => sum + many) !== 1000 ||
        Object.keys(counts).length > 3;
      throwIfProblems(crowds.filter(wrong).map((each) => JSON.stringify(each)));
      return crowds
        .map(
          ({ counts, waitedFor, inFlight }) =>
            `${counts.accepted} accepted, ${counts.unknown} unknown, at most ${waitedFor} that were waited for, ${inFlight} with those that were given up`,
        )
        .join('; ');
    },
  );
} finally {
  rmSync(folder, { recursive: true });
}
process.exitCode = report.finish();
