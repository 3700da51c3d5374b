import { createSmsc, type Outcome, type Smsc, type SmscOptions } from '@smsc/fetch';
import { type Quote, segment, type SendInput, type Sent, type SmscError, type Status } from '@smsc/protocol';
import { startGateway } from '@smsc/simulator';
import { type Arguments, readArguments, usage } from './arguments.ts';
import { recorder } from './wire.ts';

/** What the demo asks of the world. */
export interface World {
  readonly argv: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly print: (line: string) => void;
  /** Asks a yes-or-no question; `undefined` where nobody can answer. */
  readonly ask: ((question: string) => Promise<boolean>) | undefined;
  readonly sleep: (ms: number) => Promise<void>;
}

/** The gateway answers five questions a minute about the same message. */
const questions = 5;

/** How long the double takes, and how long it is between questions. The real gateway's minute is shared out evenly. */
const pace = { double: { toOperatorMs: 250, toHandsetMs: 700, betweenMs: 300 }, live: { betweenMs: 13_000 } };

const describe = (text: string): string => {
  const { encoding, units, parts, room } = segment(text);
  const alphabet = encoding === 'gsm-7' ? 'GSM-7' : 'UCS-2';
  return `${parts.length} ${parts.length === 1 ? 'part' : 'parts'} in ${alphabet}: ${units} ${encoding === 'gsm-7' ? 'septets' : 'code units'}, room for ${room} more`;
};

const indent = (text: string): string => text.replace(/^(?=.)/gm, '    ');

/** The options of a live client, or what is missing for one. */
function liveOptions(env: World['env']): SmscOptions | string {
  const { SMSC_API_KEY: apiKey, SMSC_LOGIN: login, SMSC_PASSWORD: password, SMSC_HOST: host } = env;
  if (apiKey) return { apiKey, host };
  if (login && password) return { login, password, host };
  return '--live needs an account: set SMSC_API_KEY, or SMSC_LOGIN and SMSC_PASSWORD, in the environment. Nothing was sent.';
}

/** Asks for the state of a message until it is final, as often as the gateway answers. */
async function follow(
  smsc: Smsc,
  id: string,
  phone: string,
  betweenMs: number,
  { print, sleep }: World,
): Promise<Status | undefined> {
  let last: Status | undefined;
  for (let asked = 0; asked < questions && !last?.final; asked++) {
    if (asked > 0) await sleep(betweenMs);
    const status = await smsc.status({ id, phone });
    if (status.status !== last?.status) print(`  status     ${status.status} ${status.state}`);
    last = status;
  }
  return last;
}

function report(sent: Outcome<Sent>, print: World['print']): boolean {
  switch (sent.outcome) {
    case 'accepted':
      print(
        `  accepted   id ${sent.id}, ${sent.parts} ${sent.parts === 1 ? 'part' : 'parts'}, cost ${sent.cost ?? 'not told'}`,
      );
      return true;
    case 'rejected':
      print(`  rejected   error ${sent.code}: ${sent.meaning}; nothing was charged`);
      return false;
    case 'not-sent':
      print(`  not sent   ${sent.error.message}`);
      return false;
    case 'unknown':
      print(`  unknown    ${sent.error.message}; ask for id ${sent.id} before sending again`);
      return false;
  }
}

async function confirmed({ live, yes }: Arguments, quote: Quote, { ask, print }: World): Promise<boolean> {
  if (!live || yes) return true;
  if (ask && (await ask(`This costs ${quote.cost}. Send it?`))) return true;
  print(
    ask
      ? 'Nothing was sent.'
      : 'Nothing was sent: nobody is here to say yes. Add --yes to send without asking.',
  );
  return false;
}

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
  print(`  cost       ${quote.cost}, for ${quote.parts} ${quote.parts === 1 ? 'part' : 'parts'}`);
  print(`  balance    ${(await smsc.balance()).balance} before`);
  if (!(await confirmed(args, quote, world))) return false;
  const sent = await smsc.send({ ...input, report: 'cost' });
  const request = wire.last();
  const accepted = report(sent, print);
  if (accepted && sent.outcome === 'accepted') await follow(smsc, sent.id, args.phone, betweenMs, world);
  print(`  balance    ${(await smsc.balance()).balance} after`);
  print(`  The request as it went over the wire:\n${indent(request)}`);
  return accepted;
}

async function onDouble(args: Arguments, world: World): Promise<boolean> {
  const { toOperatorMs, toHandsetMs, betweenMs } = pace.double;
  const double = await startGateway({ port: 0, delivery: { toOperatorMs, toHandsetMs } });
  world.print(`The gateway's double is at ${double.url}; nothing leaves this machine.`);
  try {
    return await sendAndFollow(args, { login: 'demo', password: 'demo', host: double.url }, betweenMs, world);
  } finally {
    await double.close();
  }
}

/** Runs the demo and gives back the exit code: 0 when the message was accepted, 1 when not, 2 when the call was wrong. */
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
      ? await sendAndFollow(args, live, pace.live.betweenMs, world)
      : await onDouble(args, world);
    return accepted ? 0 : 1;
  } catch (error) {
    // The four errors explain themselves; anything else is a defect and keeps its stack.
    if ((error as Partial<SmscError>).kind === undefined) throw error;
    print(`  ${(error as Error).message}`);
    return 1;
  }
}
