// The gateway in a process of its own, so that it outlives the program under test: the simulator behind a socket on which
// connections are refused, reset, cut and delayed. Messages of the parent process: a network (`faulty`, `silent` or `calm`), or
// `books`, which returns all charges.
import { createServer } from 'node:net';
import { createGateway } from '@smsc/simulator';
import { seededRandom } from '@smsc/testing/random';
import { fastClock, machineMs } from './clock.mjs';
import { createPicker, duplicates, faults, noFault, noResponse } from './faults.mjs';
import { partPrices } from './plan.mjs';

const { seed, speed, epoch, timeoutMs, acceptsDuplicates } = JSON.parse(process.argv[2]);
const random = seededRandom(seed);
const clock = fastClock(speed, epoch);
const login = 'demo';
const initialBalance = '1000000';
const gateway = createGateway({
  accounts: [{ login, password: 'demo', balance: initialBalance }],
  prices: { sms: partPrices },
  keepMessages: 10_000_000,
  // Without the detection of duplicates, every blind resend is charged.
  ...(acceptsDuplicates && { limits: { sends: Infinity } }),
});
/** Longest delay of a request, in milliseconds of the machine: 25 seconds of the clocks. Must be less than a minute. */
const latestMs = 25_000 / speed;

const networks = {
  faulty: createPicker(acceptsDuplicates ? faults : { ...faults, ...duplicates }, random),
  silent: createPicker(noResponse, random),
  calm: createPicker(noFault, random),
};
let network = 'faulty';
const counts = {};

// --- the record of charges ---

/** Charges in order, each with the time at which the request arrived, and the fault that happened to it. */
const charges = [];
/** Number of refused requests, by error number. */
const refusals = {};

/** Passes a request to the gateway. Returns the bytes of the response. */
function handle({ url, contentType, body, arrivedAt, connection, fault }) {
  const before = gateway.messages(login).length;
  const pending = gateway.receive({ method: 'POST', url, contentType, body, connection }, clock.now());
  for (const { id, phone, text, cost } of gateway.messages(login).slice(before))
    charges.push({ id, phone, text, cost, arrivedAt, fault });
  const { status, contentType: type, body: reply } = pending.reply;
  const refusal = /"error_code":\s*(\d+)/.exec(Buffer.from(reply).toString())?.[1];
  if (refusal) refusals[refusal] = (refusals[refusal] ?? 0) + 1;
  const head = `HTTP/1.1 ${status} OK\r\ncontent-type: ${type}\r\ncontent-length: ${reply.length}\r\n\r\n`;
  return { bytes: Buffer.concat([Buffer.from(head), reply]), release: pending.release };
}

// --- the connections ---

/** Reads the first request of a buffer. Returns `undefined` if it is not complete. */
function readRequest(buffer) {
  const headEnd = buffer.indexOf('\r\n\r\n');
  if (headEnd < 0) return undefined;
  const head = buffer.toString('latin1', 0, headEnd);
  const header = (name) => new RegExp(`^${name}: *(.*)$`, 'im').exec(head)?.[1];
  const length = Number(header('content-length'));
  const end = headEnd + 4 + length;
  if (!(end <= buffer.length)) return undefined;
  return {
    url: head.split(' ')[1],
    contentType: header('content-type'),
    body: buffer.subarray(headEnd + 4, end),
    length: end,
  };
}

/** Answers one request, or lets a fault happen to it. */
function answer(socket, request) {
  const { name, run } = networks[network]();
  counts[name] = (counts[name] ?? 0) + 1;
  // A request stays in flight until its response is written or its connection is closed, but not for long: the client may have
  // been stopped, and keeps its connection open.
  const inFlight = [];
  const release = () => inFlight.splice(0).forEach((each) => each());
  socket.once('close', release);
  run({
    handle: () => {
      const handled = handle({ ...request, fault: name });
      inFlight.push(handled.release);
      setTimeout(handled.release, 2 * timeoutMs);
      if (socket.destroyed) release();
      return handled.bytes;
    },
    write: (bytes) => {
      release();
      socket.off('close', release);
      if (!socket.destroyed) socket.write(bytes);
    },
    end: () => socket.end(),
    reset: () => void (socket.destroyed || socket.resetAndDestroy()),
    later: (ms, then) => setTimeout(then, ms),
    random,
    timeoutMs,
    latestMs,
  });
}

function connect(socket) {
  socket.on('error', () => undefined);
  const chance = network === 'faulty' ? random() : 1;
  // A connection that is reset at once, in the middle of a request, or accepted late.
  if (chance < 0.02) return void socket.resetAndDestroy();
  if (chance < 0.04) return void socket.once('data', () => socket.resetAndDestroy()).resume();
  let buffer = Buffer.alloc(0);
  socket.on('data', (chunk) => {
    buffer = Buffer.concat([buffer, chunk]);
    for (;;) {
      const request = readRequest(buffer);
      if (!request) return;
      buffer = buffer.subarray(request.length);
      answer(socket, { ...request, arrivedAt: machineMs(), connection: socket.remotePort });
    }
  });
  setTimeout(() => socket.resume(), chance < 0.06 ? timeoutMs * random() * 2 : 0);
}

const server = createServer({ pauseOnConnect: true }, connect);
let port = 0;
const listen = () =>
  new Promise((resolve) => {
    const retry = () => setTimeout(() => server.listen(port, '127.0.0.1'), 5);
    server.on('error', retry);
    server.listen(port, '127.0.0.1', () => {
      server.off('error', retry);
      ({ port } = server.address());
      resolve();
    });
  });
await listen();

/** Refuses connections for a moment, now and then. Open connections stay open. */
async function refuseAtTimes() {
  for (;;) {
    await new Promise((resolve) => setTimeout(resolve, 200 + random() * 1500));
    if (network !== 'faulty') continue;
    server.close();
    await new Promise((resolve) => setTimeout(resolve, 10 + random() * 100));
    await listen();
  }
}
void refuseAtTimes();

process.on('message', (message) => {
  if (message !== 'books') network = message;
  else
    process.send({
      charges,
      initialBalance,
      balance: gateway.balance(login),
      mostInFlight: gateway.requests.mostInFlight,
      received: gateway.requests.received,
      faults: counts,
      refusals,
    });
});
process.on('disconnect', () => process.exit());
process.send({ host: `http://127.0.0.1:${port}` });
