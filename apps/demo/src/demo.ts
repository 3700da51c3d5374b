import { createSmsc, type Outcome, type Smsc, type SmscOptions } from '@smsc/fetch';
import { type Quote, segment, type SendInput, type Sent, type SmscError, type Status } from '@smsc/protocol';
import { startGateway } from '@smsc/simulator';
import { type Arguments, readArguments, usage } from './arguments.ts';
import { recorder } from './wire.ts';

/** Everything that the demo needs from its environment. */
export interface World {
  readonly argv: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly print: (line: string) => void;
  /** Asks a yes-or-no question. `undefined` without a terminal. */
  readonly ask: ((question: string) => Promise<boolean>) | undefined;
  readonly sleep: (ms: number) => Promise<void>;
}

/** Maximum number of status requests. The gateway allows five per message and minute. */
const maxStatusRequests = 5;

/** Delivery times of the simulator, in ms. */
const delivery = { toOperatorMs: 250, toHandsetMs: 700 };

/** Pause between status requests, in ms. Five live requests fit the gateway's limit for one minute. */
const pauseMs = { simulator: 300, live: 13_000 };

const partsOf = (count: number): string => `${count} ${count === 1 ? 'part' : 'parts'}`;

const describe = (text: string): string => {
  const { encoding, units, parts, remaining } = segment(text);
  const [alphabet, unit] = encoding === 'gsm-7' ? ['GSM-7', 'septets'] : ['UCS-2', 'code units'];
  return `${partsOf(parts.length)} in ${alphabet}: ${units} ${unit}, room for ${remaining} more`;
};

const indent = (text: string): string => text.replace(/^(?=.)/gm, '    ');

/** Returns the options of a live client, or a message about missing credentials. */
function liveOptions(env: World['env']): SmscOptions | string {
  const { SMSC_API_KEY: apiKey, SMSC_LOGIN: login, SMSC_PASSWORD: password, SMSC_HOST: host } = env;
  if (apiKey) return { apiKey, host };
  if (login && password) return { login, password, host };
  return '--live needs an account: set SMSC_API_KEY, or SMSC_LOGIN and SMSC_PASSWORD, in the environment. Nothing was sent.';
}

/** Requests the status of a message until it is final or the gateway's limit is reached. Prints each change. */
async function follow(
  smsc: Smsc,
  message: { readonly id: string; readonly phone: string },
  betweenMs: number,
  { print, sleep }: World,
): Promise<void> {
  let last: Status | undefined;
  for (let count = 0; count < maxStatusRequests && !last?.final; count++) {
    if (count > 0) await sleep(betweenMs);
    const status = await smsc.status(message);
    if (status.status !== last?.status) print(`  status     ${status.status} ${status.state}`);
    last = status;
  }
}

/** Prints the outcome of a send. */
function report(sent: Outcome<Sent>, print: World['print']): void {
  switch (sent.outcome) {
    case 'accepted':
      print(`  accepted   id ${sent.id}, ${partsOf(sent.parts)}, cost ${sent.cost ?? 'unknown'}`);
      break;
    case 'rejected':
      print(`  rejected   error ${sent.code}: ${sent.meaning}; nothing was charged`);
      break;
    case 'not-sent':
      print(`  not sent   ${sent.error.message}`);
      break;
    case 'unknown':
      print(`  unknown    ${sent.error.message}; check the status of id ${sent.id} before you send again`);
      break;
  }
}

/** Asks for consent before a live send. */
async function confirmed({ live, yes }: Arguments, quote: Quote, { ask, print }: World): Promise<boolean> {
  if (!live || yes) return true;
  if (ask && (await ask(`This costs ${quote.cost}. Send it?`))) return true;
  print(
    ask
      ? 'Nothing was sent.'
      : 'Nothing was sent: there is no terminal to ask for consent. Add --yes to send without asking.',
  );
  return false;
}

/** Sends the message and follows it to its final status. Returns false if the gateway did not accept it. */
async function sendAndFollow(
  args: Arguments,
  options: SmscOptions,
  betweenMs: number,
  world: World,
): Promise<boolean> {
  const { print } = world;
  const wire = recorder();
  const smsc = createSmsc({ ...options, fetch: wire.fetch });
  const input: SendInput = { to: args.phone, text: args.text };
  print(`  text       ${args.text}`);
  print(`  segments   ${describe(args.text)}`);
  const quote = await smsc.cost(input);
  print(`  cost       ${quote.cost} for ${partsOf(quote.parts)}`);
  print(`  balance    ${(await smsc.balance()).balance} before`);
  if (!(await confirmed(args, quote, world))) return false;
  const sent = await smsc.send({ ...input, report: 'cost' });
  const request = wire.last();
  report(sent, print);
  const accepted = sent.outcome === 'accepted';
  if (accepted) await follow(smsc, { id: sent.id, phone: args.phone }, betweenMs, world);
  print(`  balance    ${(await smsc.balance()).balance} after`);
  print(`  The HTTP request, with its secrets masked:\n${indent(request)}`);
  return accepted;
}

async function sendToSimulator(args: Arguments, world: World): Promise<boolean> {
  const simulator = await startGateway({ port: 0, delivery });
  world.print(`The simulator runs at ${simulator.url}; nothing leaves this machine.`);
  const options = { login: 'demo', password: 'demo', host: simulator.url };
  try {
    return await sendAndFollow(args, options, pauseMs.simulator, world);
  } finally {
    await simulator.close();
  }
}

/** Runs the demo. Returns the exit code: 0 if the message was accepted, 1 if it was not, 2 if the command line was wrong. */
export async function run(world: World): Promise<number> {
  const { argv, env, print } = world;
  let args: Arguments;
  try {
    args = readArguments(argv);
  } catch (error) {
    print(`${(error as Error).message}\n\n${usage}`);
    return 2;
  }
  if (args.help) {
    print(usage);
    return 0;
  }
  const live = args.live ? liveOptions(env) : undefined;
  if (typeof live === 'string') {
    print(live);
    return 2;
  }
  try {
    const accepted = live
      ? await sendAndFollow(args, live, pauseMs.live, world)
      : await sendToSimulator(args, world);
    return accepted ? 0 : 1;
  } catch (error) {
    // The library's errors explain themselves. Any other error is a bug, and is shown with its stack.
    if ((error as Partial<SmscError>).kind === undefined) throw error;
    print(`  ${(error as Error).message}`);
    return 1;
  }
}
