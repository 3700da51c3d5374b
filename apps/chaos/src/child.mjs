// One life of a program that sends. It is killed at a random step; the next life goes on from what it left on the disk. The
// gateway is the double, in this process; it lives on from one life to the next by the list of all requests that reached it.
import fs, { appendFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { createClient } from '@smsc/client';
import { fileJournal } from '@smsc/journal';
import { encode, send, status, TransportError, utf8 } from '@smsc/protocol';
import { createGateway } from '@smsc/simulator';
import { createClock } from './clock.mjs';
import { randomOf } from './random.mjs';

const { folder, life, lives, seed, sends, quiet, deaf, forgetful } = JSON.parse(process.argv[2]);
const random = randomOf(seed * 1000 + life);
const file = (name) => `${folder}/${name}`;
const linesOf = (name) =>
  existsSync(file(name)) ? readFileSync(file(name), 'utf8').split('\n').slice(0, -1) : [];

// --- the end of this life ---

/** Steps at which a program can end, and the one at which this one does. */
let steps = 0;
let lastStep = Infinity;
const soon = () => steps + Math.floor(random() * 300);
// Each life has its share of the work, and ends somewhere in it; every fourth one ends early, while it sees to what the last one left.
const lastSend = life < lives ? Math.floor(((life + random()) * sends) / (lives + 1)) : Infinity;
if (life < lives && life % 4 === 3) lastStep = soon();
const die = () => process.kill(process.pid, 'SIGKILL');
const step = () => {
  if (++steps > lastStep) die();
};
// In the middle of a write, too: half of it is on the disk then.
const { writeSync } = fs;
fs.writeSync = (descriptor, bytes, at = 0) => {
  if (++steps > lastStep) {
    writeSync(descriptor, bytes, at, Math.floor(random() * (bytes.length - at)));
    die();
  }
  return writeSync(descriptor, bytes, at);
};
syncBuiltinESMExports();

// --- the gateway, and the way to it ---

const reached = linesOf('requests');
const end = Number(reached.at(-1)?.split(' ', 1)[0] ?? Date.UTC(2026, 2, 16, 9));
// The next life begins some time after the last one has ended.
const start = end + 1000 + Math.floor(random() * 30_000);
const clock = createClock(start);
const gateway = createGateway({
  accounts: [{ login: 'demo', password: 'demo', balance: '1000000' }],
  keepMessages: 10_000_000,
  // One that takes an equal request for another message: whoever repeats blindly pays twice.
  ...(forgetful && { limits: { sends: Infinity } }),
});
function handle(line) {
  const [instant, path, body] = line.split(' ');
  return gateway.handle(
    {
      method: 'POST',
      url: `/${path}`,
      contentType: 'application/x-www-form-urlencoded',
      body: Buffer.from(body),
    },
    Number(instant),
  );
}
for (const line of reached) handle(line);
/** A request reaches the gateway: from here on it is charged, whatever becomes of this program. */
function arrive(line) {
  appendFileSync(file('requests'), `${line}\n`);
  return handle(line);
}
const lineOf = (instant, { path, body }) => `${instant} ${path} ${body.text}`;
function reach(request) {
  const reply = arrive(lineOf(clock.now(), request));
  step();
  return { status: reply.status, body: reply.body };
}
const arriveAt = (line) =>
  clock.after(Number(line.split(' ', 1)[0]) - clock.now(), () => (arrive(line), step()));
/** A request is on the wire for so long. It arrives even if the program ends meanwhile: so it is written down. */
function reachLater(ms, request) {
  const line = lineOf(clock.now() + ms, request);
  appendFileSync(file('late'), `${line}\n`);
  arriveAt(line);
}
// What the last life had on the wire: some of it has arrived since, and the rest is still to come.
const there = new Set(reached);
const onTheWire = linesOf('late')
  .filter((line) => !there.has(line))
  .sort((one, other) => Number.parseFloat(one) - Number.parseFloat(other));
for (const line of onTheWire) {
  if (Number.parseFloat(line) > start) arriveAt(line);
  else arrive(line);
}

const wait = (ms) => new Promise((resolve) => clock.after(ms, resolve));
const failed = (phase, reason) => new TransportError('send: it failed on the way', phase, reason);

/** What can happen to a request on its way, each with its weight. */
const faults = [
  [50, async (request) => reach(request)],
  [6, () => Promise.reject(failed('connect', 'network'))],
  // Lost on the way.
  [5, async () => (await wait(3000), Promise.reject(failed('sent', 'timeout')))],
  // Lost on the way back.
  [8, async (request) => (reach(request), Promise.reject(failed('sent', 'network')))],
  [4, async (request) => (reach(request), await wait(2000), Promise.reject(failed('reply', 'timeout')))],
  // It arrives when it has been given up.
  [
    5,
    async (request) => {
      reachLater(3000 + random() * 45_000, request);
      await wait(2000);
      throw failed('sent', 'timeout');
    },
  ],
  // Twice: the second is refused, or was the first.
  [
    forgetful ? 0 : 5,
    async (request) => {
      const reply = reach(request);
      reachLater(random() * 40_000, request);
      return reply;
    },
  ],
  [
    forgetful ? 0 : 3,
    async (request) => (reach(request), reach(request), Promise.reject(failed('sent', 'network'))),
  ],
  // A proxy that gives up, before or after.
  [4, async () => ({ status: 502, body: encode('<html>Bad Gateway', utf8) })],
  [4, async (request) => (reach(request), { status: 504, body: encode('<html>Gateway Timeout', utf8) })],
  // Half of an answer, and one that nobody can read.
  [3, async (request) => ({ status: 200, body: reach(request).body.subarray(0, Math.floor(random() * 20)) })],
  [
    3,
    async (request) => {
      const { body } = reach(request);
      return {
        status: 200,
        body: Uint8Array.from(body, (octet) => (random() < 0.2 ? Math.floor(random() * 256) : octet)),
      };
    },
  ],
];
const total = faults.reduce((sum, [weight]) => sum + weight, 0);
function fault() {
  let at = random() * total;
  return faults.find(([weight]) => (at -= weight) < 0)[1];
}

async function sendRequest(request) {
  step();
  await wait(random() * 200);
  if (deaf && request.operation === 'status') throw failed('sent', 'network');
  return quiet ? reach(request) : fault()(request);
}

// --- the program ---

const kept = fileJournal(file('journal'), { secret: 'a secret of the chaos' });
// What the journal was told is written down beside it, to see that it forgets nothing: an end before the journal hears of
// it, and all else afterwards, so that the program can end in between.
const told = (what, id) => appendFileSync(file('told'), `${what} ${id}\n`);
const watched = (id, record) => ({
  written: (at) => record.written(at),
  ended: (outcome) => {
    if (outcome !== 'unknown') told('ended', id);
    record.ended(outcome);
  },
});
const journal = {
  plan: (planned) => {
    const record = kept.plan(planned);
    told('planned', planned.id);
    return watched(planned.id, record);
  },
  open: () => kept.open().map((send) => ({ ...send, record: watched(send.id, send.record) })),
};
const client = createClient({
  transport: { send: sendRequest },
  credentials: { login: 'demo', password: 'demo' },
  journal,
  clock,
  random,
});
const phoneOf = (number) => String(380_500_000_000 + number);
const note = (what, id, outcome) => {
  step();
  appendFileSync(file('outcomes'), `${what} ${id} ${outcome}\n`);
};

const began = new Set();
const known = new Set();
for (const line of linesOf('outcomes')) {
  const [what, id, outcome] = line.split(' ');
  if (what === 'began') began.add(Number(id.slice(1)));
  else if (outcome !== 'unknown') known.add(Number(id.slice(1)));
}

// First what the last life has left: its journal, and what it had begun without being able to say so.
const planned = new Set();
for (const line of linesOf('told')) {
  const [what, id] = line.split(' ');
  if (what === 'planned') planned.add(id);
  else planned.delete(id);
}
const recovered = await client.recover();
for (const { id, outcome } of recovered) note('settled', id, outcome);
const open = new Set(recovered.map(({ id }) => Number(id.slice(1))));
for (const number of began) {
  if (known.has(number) || open.has(number)) continue;
  if (planned.has(`m${number}`)) appendFileSync(file('complaints'), `the journal lost m${number}\n`);
  // The program ended between the end of the send and its own note of it, or before anything was planned.
  else if (!deaf) {
    for (let tries = 0; tries < 50; tries++) {
      const found = await client
        .call(status, { id: `m${number}`, phone: phoneOf(number) })
        .catch(() => undefined);
      if (found) note('settled', `m${number}`, found.status === -3 ? 'not-sent' : 'accepted');
      if (found) break;
      await wait(15_000);
    }
  }
}

let next = 0;
while (began.has(next)) next++;
async function worker() {
  while (next < sends) {
    const number = next++;
    if (number >= lastSend && lastStep === Infinity) lastStep = soon();
    const id = `m${number}`;
    note('began', id, '-');
    // A word that the gateway refuses, now and then.
    const sent = await client.call(send, {
      id,
      to: phoneOf(number),
      text: number % 50 === 7 ? 'casino' : `Код ${number}`,
    });
    note('sent', id, sent.outcome);
    if (sent.outcome !== 'unknown') continue;
    // Nobody is kept from asking for a probe when it is too late for one: an equal request is another message by then. Where
    // it is one at once, nobody may ask for any.
    const probe = !forgetful && random() < 0.3;
    if (probe && random() < 0.3) await wait(50_000 + random() * 40_000);
    const settled = await sent.settle({ probe, patienceMs: 120_000 });
    note('settled', id, settled.outcome);
  }
}
await Promise.all(Array.from({ length: 40 }, worker));
// What is still unknown has had its time by now.
for (const { id, outcome } of await client.recover()) note('settled', id, outcome);
await wait(120_000);
kept.close();
writeFileSync(
  file('charged'),
  `${gateway.balance('demo')}\n${gateway
    .messages()
    .map(({ id }) => `${id}\n`)
    .join('')}`,
);
process.exit(0);
