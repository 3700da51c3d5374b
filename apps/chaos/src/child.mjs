// One life of a program that sends messages: a run that ends when the program is killed, at a random step. The next life
// continues from its files. The gateway is the simulator, in the same process. Each life restores the simulator's state from
// the list of requests that reached it.
//
// Files: `requests` (requests that reached the gateway), `late` (requests still in transit), `outcomes` (start and outcomes of
// each send, as the program recorded them), `journal-events` (events that the journal received), `problems` (problems found by
// the program), `charged` (the gateway's final balance, and the ids that it charged).
import fs, { appendFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { createJournal, createClient } from '@smsc/client';
import { fileJournal } from '@smsc/journal';
import { encode, send, status, TransportError, utf8 } from '@smsc/protocol';
import { createGateway } from '@smsc/simulator';
import { VirtualClock } from '@smsc/testing/clocks';
import { seededRandom } from '@smsc/testing/random';

const { folder, life, lives, seed, sends, succeeds, statusFails, acceptsDuplicates } = JSON.parse(
  process.argv[2],
);
const random = seededRandom(seed * 1000 + life);
const file = (name) => `${folder}/${name}`;
const linesOf = (name) =>
  existsSync(file(name)) ? readFileSync(file(name), 'utf8').split('\n').slice(0, -1) : [];

// --- the end of this life ---

/** Number of steps so far. The program is killed at the first step after `lastStep`. */
let steps = 0;
let lastStep = Infinity;
const soonStep = () => steps + Math.floor(random() * 300);
// Each life ends somewhere in its share of the sends. Every fourth life ends early, while it recovers the open sends of the
// previous life.
const lastSend = life < lives ? Math.floor(((life + random()) * sends) / (lives + 1)) : Infinity;
if (life < lives && life % 4 === 3) lastStep = soonStep();
const die = () => process.kill(process.pid, 'SIGKILL');
const step = () => {
  if (++steps > lastStep) die();
};
// A life can also end in the middle of a write, so that only a part of the bytes is in the file.
const { writeSync } = fs;
fs.writeSync = (descriptor, bytes, at = 0) => {
  if (++steps > lastStep) {
    writeSync(descriptor, bytes, at, Math.floor(random() * (bytes.length - at)));
    die();
  }
  return writeSync(descriptor, bytes, at);
};
syncBuiltinESMExports();

// --- the gateway, and the network to it ---

const reached = linesOf('requests');
const end = Number(reached.at(-1)?.split(' ', 1)[0] ?? Date.UTC(2026, 2, 16, 9));
// The next life starts some time after the end of the last one.
const start = end + 1000 + Math.floor(random() * 30_000);
const clock = new VirtualClock(start);
const gateway = createGateway({
  accounts: [{ login: 'demo', password: 'demo', balance: '1000000' }],
  keepMessages: 10_000_000,
  // Turns off the detection of duplicates, so that a blind resend is charged twice.
  ...(acceptsDuplicates && { limits: { sends: Infinity } }),
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
/**
 * Records a request, then passes it to the gateway. The next life repeats recorded requests, so the message is charged even if
 * this program is killed.
 */
function recordAndHandle(line) {
  appendFileSync(file('requests'), `${line}\n`);
  return handle(line);
}
const lineOf = (instant, { path, body }) => `${instant} ${path} ${body.text}`;
function deliver(request) {
  const reply = recordAndHandle(lineOf(clock.now(), request));
  step();
  return { status: reply.status, body: reply.body };
}
const handleLater = (line) =>
  clock.after(Number(line.split(' ', 1)[0]) - clock.now(), () => (recordAndHandle(line), step()));
/**
 * Passes a request to the gateway after `ms`. The request is recorded at once, so it arrives even if this program is killed in
 * the meantime.
 */
function deliverLater(ms, request) {
  const line = lineOf(clock.now() + ms, request);
  appendFileSync(file('late'), `${line}\n`);
  handleLater(line);
}
// Requests that were in transit when the previous process was killed. Some arrive before this process starts, the rest while
// it runs.
const arrived = new Set(reached);
const inTransit = linesOf('late')
  .filter((line) => !arrived.has(line))
  .sort((one, other) => Number.parseFloat(one) - Number.parseFloat(other));
for (const line of inTransit) {
  if (Number.parseFloat(line) > start) handleLater(line);
  else recordAndHandle(line);
}

const wait = (ms) => new Promise((resolve) => clock.after(ms, resolve));
const failed = (phase, reason) => new TransportError('send: the simulated network failed', phase, reason);

/** Events that can happen to a request, with their weights. */
const faults = [
  [50, async (request) => deliver(request)],
  [6, () => Promise.reject(failed('connect', 'network'))],
  // The request is lost.
  [5, async () => (await wait(3000), Promise.reject(failed('sent', 'timeout')))],
  // The response is lost.
  [8, async (request) => (deliver(request), Promise.reject(failed('sent', 'network')))],
  [4, async (request) => (deliver(request), await wait(2000), Promise.reject(failed('reply', 'timeout')))],
  // The request arrives after the client has given up.
  [
    5,
    async (request) => {
      deliverLater(3000 + random() * 45_000, request);
      await wait(2000);
      throw failed('sent', 'timeout');
    },
  ],
  // The network delivers the request twice. The gateway rejects the second one as a duplicate.
  [
    acceptsDuplicates ? 0 : 5,
    async (request) => {
      const reply = deliver(request);
      deliverLater(random() * 40_000, request);
      return reply;
    },
  ],
  [
    acceptsDuplicates ? 0 : 3,
    async (request) => (deliver(request), deliver(request), Promise.reject(failed('sent', 'network'))),
  ],
  // A proxy fails before or after the gateway handled the request.
  [4, async () => ({ status: 502, body: encode('<html>Bad Gateway', utf8) })],
  [4, async (request) => (deliver(request), { status: 504, body: encode('<html>Gateway Timeout', utf8) })],
  // The response is cut, or garbled.
  [
    3,
    async (request) => ({ status: 200, body: deliver(request).body.subarray(0, Math.floor(random() * 20)) }),
  ],
  [
    3,
    async (request) => {
      const { body } = deliver(request);
      return {
        status: 200,
        body: Uint8Array.from(body, (octet) => (random() < 0.2 ? Math.floor(random() * 256) : octet)),
      };
    },
  ],
];
const total = faults.reduce((sum, [weight]) => sum + weight, 0);
function pickFault() {
  let at = random() * total;
  return faults.find(([weight]) => (at -= weight) < 0)[1];
}

async function sendRequest(request) {
  step();
  await wait(random() * 200);
  if (statusFails && request.operation === 'status') throw failed('sent', 'network');
  return succeeds ? deliver(request) : pickFault()(request);
}

// --- the program ---

const journalFile = fileJournal(file('journal'), { secret: 'a secret of the chaos test' });
// Keeps a second record of the events that the journal receives, to find out whether the journal loses one. Records an end
// before the journal receives it, and a plan after the journal has received it, because the program can be killed in between.
const noteJournalEvent = (event, id) => appendFileSync(file('journal-events'), `${event} ${id}\n`);
const watchRecord = (id, record) => ({
  written: (at) => record.written(at),
  ended: (outcome) => {
    if (outcome !== 'unknown') noteJournalEvent('ended', id);
    record.ended(outcome);
  },
});
const journal = createJournal({
  plan: (planned) => {
    const record = journalFile.plan(planned);
    noteJournalEvent('planned', planned.id);
    return watchRecord(planned.id, record);
  },
  open: () => journalFile.open().map((send) => ({ ...send, record: watchRecord(send.id, send.record) })),
});
const client = createClient({
  transport: { send: sendRequest },
  credentials: { login: 'demo', password: 'demo' },
  journal,
  clock,
  random,
});
const phoneOf = (number) => String(380_500_000_000 + number);
const note = (event, id, outcome) => {
  step();
  appendFileSync(file('outcomes'), `${event} ${id} ${outcome}\n`);
};

const started = new Set();
const known = new Set();
for (const line of linesOf('outcomes')) {
  const [event, id, outcome] = line.split(' ');
  if (event === 'started') started.add(Number(id.slice(1)));
  else if (outcome !== 'unknown') known.add(Number(id.slice(1)));
}

// First recovers the sends of the previous life: the sends that are open in the journal, and the sends that the previous life
// started without recording an outcome.
const planned = new Set();
for (const line of linesOf('journal-events')) {
  const [event, id] = line.split(' ');
  if (event === 'planned') planned.add(id);
  else planned.delete(id);
}
const recovered = await client.recover();
for (const { id, outcome } of recovered) note('settled', id, outcome);
const open = new Set(recovered.map(({ id }) => Number(id.slice(1))));
for (const number of started) {
  if (known.has(number) || open.has(number)) continue;
  if (planned.has(`m${number}`)) appendFileSync(file('problems'), `the journal lost m${number}\n`);
  // The program was killed after the send ended but before it recorded the outcome, or before it planned the send.
  else if (!statusFails) {
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
while (started.has(next)) next++;
async function worker() {
  while (next < sends) {
    const number = next++;
    if (number >= lastSend && lastStep === Infinity) lastStep = soonStep();
    const id = `m${number}`;
    note('started', id, '-');
    // Every fiftieth text contains a word that the gateway rejects.
    const sent = await client.call(send, {
      id,
      to: phoneOf(number),
      text: number % 50 === 7 ? 'casino' : `Код ${number}`,
    });
    note('sent', id, sent.outcome);
    if (sent.outcome !== 'unknown') continue;
    // Some probes are requested too late: by then an identical request would be a new message, so the client must not send it.
    // If the gateway does not detect duplicates, no probe is requested.
    const probe = !acceptsDuplicates && random() < 0.3;
    if (probe && random() < 0.3) await wait(50_000 + random() * 40_000);
    const settled = await sent.settle({ probe, patienceMs: 120_000 });
    note('settled', id, settled.outcome);
  }
}
await Promise.all(Array.from({ length: 40 }, worker));
// Recovers the sends that are still unknown.
for (const { id, outcome } of await client.recover()) note('settled', id, outcome);
await wait(120_000);
journalFile.close();
writeFileSync(
  file('charged'),
  `${gateway.balance('demo')}\n${gateway
    .messages()
    .map(({ id }) => `${id}\n`)
    .join('')}`,
);
process.exit(0);
