// A process of the program under test. Gives the program a client with a ledger, and prints each outcome that it is told. Only the
// checker reads these lines. Kills or stops itself at a random step, if the parent process requests it.
import { createSmsc as createAxiosSmsc } from '@smsc/axios';
import { createSmsc as createFetchSmsc } from '@smsc/fetch';
import { openLedger } from '@smsc/ledger';
import { execFile } from 'node:child_process';
import { writeSync } from 'node:fs';
import { fastClock, machineMs } from './clock.mjs';
import { createPlan } from './plan.mjs';
import { sendAll } from './program.mjs';

const {
  transport,
  host,
  timeoutMs,
  sends,
  ledgerPath,
  speed,
  epoch,
  diesAtStep,
  diesBeforeTelling,
  stopsAtSend,
  stopMs,
  task = 'send all',
} = JSON.parse(process.argv[2]);

let steps = 0;
const die = () => process.kill(process.pid, 'SIGKILL');
/** A step of the program at which it can be killed. */
const step = () => {
  if (++steps === diesAtStep) die();
};

let requests = 0;
/** Stops the process between the record of a request and the request, for longer than another process waits. */
const stopAtTimes = () => {
  if (++requests !== stopsAtSend) return;
  execFile('/bin/sh', ['-c', `sleep ${stopMs / 1000}; kill -CONT ${process.pid}`]);
  process.kill(process.pid, 'SIGSTOP');
};

/** Adds steps before and after each operation of a client's ledger. */
const withSteps = (ledger) => ({
  ...ledger,
  connect: (client) => {
    const connected = ledger.connect(client);
    const written = (next) =>
      connected.written((attempt) => {
        step();
        if (attempt.call.record) stopAtTimes();
        return next(attempt);
      });
    return { ...connected, written };
  },
});
const steppingInterceptor = {
  call: async (_, next) => {
    step();
    const summary = await next();
    step();
    return summary;
  },
  attempt: async (_, next) => {
    step();
    const summary = await next();
    step();
    return summary;
  },
};

// A real clock is the default of the client and the ledger.
const clock = speed === 1 ? undefined : fastClock(speed, epoch);
const ledger = openLedger(ledgerPath, { secret: 'a secret of the chaos run', clock });
const smsc = { fetch: createFetchSmsc, axios: createAxiosSmsc }[transport]({
  login: 'demo',
  password: 'demo',
  host,
  timeoutMs,
  ledger: withSteps(ledger),
  clock,
  interceptors: [steppingInterceptor],
});

// The lines contain two times for the checker: since when the program waited for the outcome, and when it was told.
const waitingSince = new Map();
const watched = {
  send: (message) => {
    waitingSince.set(message.id, machineMs());
    return smsc.send(message);
  },
  recover: () => {
    const since = machineMs();
    return (async function* () {
      for await (const settled of smsc.recover()) {
        waitingSince.set(settled.id, since);
        yield settled;
      }
    })();
  },
};
let told = 0;
function tell(id, { outcome, code, fault, error, repeated }) {
  if (++told === diesBeforeTelling) die();
  step();
  const detail = error?.message ?? (repeated ? 'repeated' : '');
  writeSync(
    1,
    `${JSON.stringify({ id, outcome, code, fault, detail, since: waitingSince.get(id), at: machineMs() })}\n`,
  );
  step();
}

const plan = createPlan(sends);
const tasks = {
  'send all': () => sendAll(watched, plan, tell),
  'send once': () => Promise.all(plan.map(async (message) => tell(message.id, await watched.send(message)))),
  recover: async () => {
    for await (const settled of watched.recover()) tell(settled.id, settled);
  },
};
await tasks[task]();
await ledger.close();
process.exit(0);
