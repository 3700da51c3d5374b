// A hundred thousand sends through a gateway that drops, delays, repeats and garbles at random, with the program killed and
// started again twenty times. Then the ceiling, by the server's own count.
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { complain, Report } from '../../scripts/report.mjs';

const seed = Number(process.env.CHAOS_SEED ?? Math.floor(Date.now() % 1_000_000));
const folder = mkdtempSync(join(tmpdir(), 'smsc-chaos-'));
const banner = { js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);" };
const bundle = async (entry) => {
  const outfile = join(folder, `${entry}.mjs`);
  await build({ entryPoints: [join(import.meta.dirname, `src/${entry}.mjs`)], bundle: true, format: 'esm', platform: 'node', target: 'es2022', outfile, banner, logLevel: 'error' });
  return outfile;
};

/** Runs a process to its end: its exit code, or the signal that ended it, and what it printed. */
const runChild = (file, argument) =>
  new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [file, JSON.stringify(argument)], { stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (chunk) => void (output += chunk));
    child.once('error', reject);
    child.once('close', (code, signal) => resolve({ code, signal, output }));
  });

/** All lives of a program; the last one goes on to the end. */
async function live(name, { sends, lives, lastQuiet, deaf }) {
  const child = await bundle('child');
  const place = mkdtempSync(join(folder, `${name}-`));
  let kills = 0;
  for (let life = 0; ; life++) {
    const { code, signal, output } = await runChild(child, { folder: place, life, lives, seed, sends, deaf });
    if (signal === 'SIGKILL') kills++;
    else if (code !== 0) throw new Error(`life ${life} ended with ${code ?? signal}: ${output}`);
    else break;
  }
  // In the end everything that is asked is answered.
  if (lastQuiet) {
    const { code, output } = await runChild(child, { folder: place, life: 1000, lives, seed, sends, quiet: true });
    if (code !== 0) throw new Error(output);
  }
  const began = new Set();
  const fates = new Map();
  for (const line of readFileSync(join(place, 'outcomes'), 'utf8').split('\n').slice(0, -1)) {
    const [what, id, outcome] = line.split(' ');
    if (what === 'began') began.add(id);
    else if (fates.has(id) && fates.get(id) !== 'unknown' && fates.get(id) !== outcome) throw new Error(`${id} was ${fates.get(id)}, and then ${outcome}`);
    else fates.set(id, outcome);
  }
  const charged = new Map();
  for (const id of readFileSync(join(place, 'charged'), 'utf8').split('\n').slice(0, -1)) charged.set(id, (charged.get(id) ?? 0) + 1);
  return { kills, began, fates, charged };
}

/** What is wrong with what became of all sends, and how many became what. */
function account({ began, fates, charged }, sends) {
  const counts = { accepted: 0, rejected: 0, 'not-sent': 0, unknown: 0 };
  const complaints = [];
  for (let number = 0; number < sends; number++) {
    const id = `m${number}`;
    const fate = fates.get(id) ?? 'unknown';
    counts[fate]++;
    if (!began.has(id)) complaints.push(`${id} was never begun`);
    if ((charged.get(id) ?? 0) > 1) complaints.push(`${id} was charged ${charged.get(id)} times`);
    if (fate === 'not-sent' && charged.has(id)) complaints.push(`${id} was called not sent, and was charged`);
    if (fate === 'rejected' && charged.has(id)) complaints.push(`${id} was called rejected, and was charged`);
    if (fate === 'accepted' && !charged.has(id)) complaints.push(`${id} was called accepted, and was not charged`);
  }
  return { counts, complaints: complaints.slice(0, 20) };
}

const words = ({ accepted, rejected, 'not-sent': notSent, unknown }) => `${accepted} accepted, ${rejected} rejected, ${notSent} not sent, ${unknown} unknown`;

/** What a thousand callers at once come to, in each of two processes with a gateway of its own, and the most requests that this one has had in flight. */
async function crowd(maxInFlight) {
  const [callers, { startGateway }] = [await bundle('callers'), await import(await bundle('gateway'))];
  return Promise.all(
    [1, 2].map(async () => {
      const running = await startGateway({ latencyMs: 30, limits: { concurrent: Infinity } });
      try {
        const { code, output } = await runChild(callers, { host: running.url.replace(/\/$/, ''), maxInFlight });
        if (code !== 0) throw new Error(output);
        return { ...JSON.parse(output), mostInFlight: running.gateway.requests.mostInFlight };
      } finally {
        await running.close();
      }
    }),
  );
}

const report = new Report(join(import.meta.dirname, '.reports/gate.json'));
try {
  const sends = Number(process.env.CHAOS_SENDS ?? 100_000);
  await report.check(`${sends.toLocaleString('en')} sends, and the program killed twenty times: every message is accounted for, and none is charged twice`, async () => {
    const lived = await live('answered', { sends, lives: 20, lastQuiet: true });
    const { counts, complaints } = account(lived, sends);
    complain([...complaints, ...(counts.rejected === 0 ? ['none was rejected'] : []), ...(lived.kills !== 20 ? [`it was killed ${lived.kills} times only`] : []), ...(counts.unknown > 0 ? [`${counts.unknown} are unknown, though everything was answered in the end`] : [])]);
    return `${words(counts)}; killed ${lived.kills} times; seed ${seed}`;
  });
  await report.check('where the state of a message is never answered, some stay unknown, and the rest is as true', async () => {
    const few = Math.ceil(sends / 20);
    const lived = await live('deaf', { sends: few, lives: 5, deaf: true });
    const { counts, complaints } = account(lived, few);
    complain([...complaints, ...(counts.unknown === 0 ? ['none is unknown'] : [])]);
    return `${words(counts)}; killed ${lived.kills} times; seed ${seed}`;
  });
  for (const [maxInFlight, most] of [[undefined, 10], [14, 14]]) {
    await report.check(`a thousand callers at once, in each of two processes: never more than ${most} requests in flight${maxInFlight ? ` with maxInFlight ${maxInFlight}` : ''}, as the gateway counts`, async () => {
      const crowds = await crowd(maxInFlight);
      complain(crowds.filter((counts) => counts.accepted !== 1000 || counts.mostInFlight !== most).map((counts) => JSON.stringify(counts)));
      return crowds.map(({ accepted, mostInFlight }) => `${accepted} accepted, at most ${mostInFlight} at once`).join('; ');
    });
  }
} finally {
  rmSync(folder, { recursive: true });
}
process.exitCode = report.finish();
