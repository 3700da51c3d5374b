import { mkdtempSync, rmSync } from 'node:fs';
import { createServer as createSocketServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Framework, type Subject, tryCase } from './contract.ts';
import type { Realm } from './realm.ts';
import { openServer, type Received } from './server.ts';
import { type Elsewhere, type Pollution, type Threat, threats } from './threats.ts';
import { runTrial, secrets, type TrialResult, type Trial } from './trial.ts';

/** What a program has printed, and with which code it has ended. */
export interface Printed {
  readonly code: number;
  readonly output: string;
}

/** What is tried: a transport, and whatever else there is of it. What it lacks is not tried. */
export interface SecuritySubject extends Subject {
  /** Opens a realm in which the transport is not loaded yet. Without it nothing is polluted. */
  readonly realm?: () => Realm | Promise<Realm>;
  /** Whether it sends everything to one address, which may be any path of a server: that of a relay. Default: false. */
  readonly toRelay?: boolean;
  /** A program that sends, called with these arguments. */
  readonly program?: (argv: readonly string[]) => Promise<Printed>;
}

const answered = {
  send: 'HTTP/1.1 200 OK\r\naccess-control-allow-origin: *\r\ncontent-length: 22\r\n\r\n{"id": "m1", "cnt": 1}',
};
const trialOf = (host: string, more: Partial<Trial> = {}): Trial => ({
  ...more,
  options: { host, timeoutMs: 2500 },
});
const runOf = ({ run, transport }: Subject): ((trial: Trial) => Promise<TrialResult>) =>
  run ?? ((trial) => runTrial(transport!, trial));

/** A request without what says where it goes, and over which connection. */
const same = ({ head, body }: Received): string =>
  [
    ...head
      .split('\r\n')
      .filter((line) => !/^(?:host|connection|keep-alive|origin|referer):/i.test(line))
      .sort(),
    body,
  ].join('\n');

/** Work of which so many pieces go on at once. */
async function pooled<Item>(
  list: readonly Item[],
  many: number,
  work: (item: Item) => Promise<void>,
): Promise<void> {
  const next = list.values();
  await Promise.all(
    Array.from({ length: many }, async () => {
      for (const item of next) await work(item);
    }),
  );
}

/** Places to which nothing may go, and what went there. */
async function openElsewhere(): Promise<
  Elsewhere & { readonly come: () => number; readonly close: () => Promise<void> }
> {
  const folder = mkdtempSync(join(tmpdir(), 'smsc-'));
  const path = join(folder, 'socket');
  let knocks = 0;
  const socket = createSocketServer((connection) => {
    knocks++;
    connection.on('error', () => undefined).destroy();
  });
  await new Promise<void>((resolve) => socket.listen(path, resolve));
  const other = await openServer({ onRequest: [[answered]] });
  return {
    socket: path,
    port: other.port,
    come: () => knocks + other.accepted(),
    close: async () => {
      await Promise.all([other.close(), new Promise((resolve) => socket.close(resolve))]);
      rmSync(folder, { recursive: true });
    },
  };
}

/** Tries one pollution in a realm, and says what is wrong; and whether anything could be said of it. */
async function tryPollution(
  realm: Realm,
  { name, value, to }: Pollution,
  elsewhere: Elsewhere & { readonly come: () => number },
  plain: string,
): Promise<{ readonly found: readonly string[]; readonly told: boolean }> {
  const server = await openServer({
    onRequest: [to === 'silent' ? ['end'] : [answered]],
    tls: to === 'untrusted',
  });
  const before = elsewhere.come();
  try {
    const trial = trialOf(`${to === 'untrusted' ? 'https' : 'http'}://127.0.0.1:${server.port}`);
    const seen = await realm.run(trial, { name, value });
    const { outcome, leak, wrong = [] } = seen ?? {};
    const { requests } = server;
    const found = [
      ...wrong,
      ...(to === 'untrusted' && requests.length > 0 ? ['it went to a server that nobody trusts'] : []),
      ...(elsewhere.come() > before ? ['something went elsewhere'] : []),
      ...(requests.length > 1 ? [`${requests.length} requests arrived`] : []),
      ...(requests.some((request) => same(request) !== plain) ? ['the request arrived as another'] : []),
      ...(outcome === 'not-sent' && requests.length > 0 ? ['it was not-sent, and has arrived'] : []),
      ...(outcome === 'accepted' && (requests.length === 0 || to !== 'server')
        ? ['it was accepted by nobody']
        : []),
      ...(leak === undefined ? [] : [`a secret stands in ${leak}`]),
    ];
    return { found, told: seen !== undefined };
  } catch (error) {
    return { found: [String(error)], told: true };
  } finally {
    await server.close();
  }
}

/** A realm that has made its first trial, and how the request arrives in it. */
async function openStarted(
  open: NonNullable<SecuritySubject['realm']>,
): Promise<{ readonly realm: Realm; readonly plain: string }> {
  const realm = await open();
  const server = await openServer({ onRequest: [[answered]] });
  try {
    const seen = await realm.run(trialOf(`http://127.0.0.1:${server.port}`));
    if (seen?.outcome !== 'accepted')
      throw new Error(`without anything added it was ${seen?.outcome ?? 'never loaded'}`);
    return { realm, plain: same(server.requests[0]!) };
  } finally {
    await server.close();
  }
}

async function tryPollutions(
  listOf: (elsewhere: Elsewhere) => readonly Pollution[],
  open: NonNullable<SecuritySubject['realm']>,
): Promise<readonly string[]> {
  const elsewhere = await openElsewhere();
  const list = listOf(elsewhere);
  const complaints: string[] = [];
  const note = ({ name, to }: Pollution, when: string, found: readonly string[]): void =>
    void complaints.push(...found.map((each) => `${name}, added ${when} start-up, to ${to}: ${each}`));
  let started = await openStarted(open);
  try {
    const said = { after: 0, before: 0 };
    for (const each of list) {
      const { found, told } = await tryPollution(started.realm, each, elsewhere, started.plain);
      note(each, 'after', found);
      if (told) said.after++;
      else {
        await started.realm.close();
        started = await openStarted(open);
      }
    }
    await pooled(list, 2, async (each) => {
      const realm = await open();
      try {
        const { found, told } = await tryPollution(realm, each, elsewhere, started.plain);
        note(each, 'before', found);
        if (told) said.before++;
      } finally {
        await realm.close();
      }
    });
    // Else nothing is shown by it.
    for (const [when, times] of Object.entries(said))
      if (times < list.length / 2)
        complaints.push(
          `with something added ${when} start-up something was said ${times} times out of ${list.length}`,
        );
    return complaints;
  } finally {
    await Promise.all([started.realm.close(), elsewhere.close()]);
  }
}

/** Addresses that the gateway is to fetch: those that are refused leave nothing, and the others are in the body alone. */
async function tryFileUrls(
  { taken, refused }: { readonly taken: readonly string[]; readonly refused: readonly string[] },
  subject: Subject,
): Promise<readonly string[]> {
  const complaints: string[] = [];
  for (const fileUrl of [...taken, ...refused]) {
    const server = await openServer({ onRequest: [[answered]] });
    try {
      const { outcome } = await runOf(subject)(trialOf(`http://127.0.0.1:${server.port}`, { fileUrl }));
      const wanted = taken.includes(fileUrl) ? 'accepted' : 'not-sent';
      if (outcome !== wanted) complaints.push(`${fileUrl}: it was ${outcome}, and has to be ${wanted}`);
      if (server.requests.length !== (wanted === 'accepted' ? 1 : 0))
        complaints.push(`${fileUrl}: ${server.requests.length} requests arrived`);
      for (const { head, body } of server.requests)
        if (head.includes('shop') || !body.includes(`&fileurl=${encodeURIComponent(fileUrl)}`))
          complaints.push(`${fileUrl}: it is not in the body alone`);
    } finally {
      await server.close();
    }
  }
  return complaints;
}

/** A path, of a server or of this one: what a relay is found at. */
const isPath = /^(?:https?:\/\/127\.0\.0\.1:\{port\})?\/(?!\/)[^#]*$/;

/** Places to which nothing may be sent, whether they are told once or for an attempt alone. */
async function tryHosts(hosts: readonly string[], subject: SecuritySubject): Promise<readonly string[]> {
  const complaints: string[] = [];
  for (const written of hosts) {
    if (subject.toRelay && isPath.test(written)) continue;
    for (const once of [true, false]) {
      const server = await openServer({ onRequest: [[answered]] });
      try {
        const host = written.replace('{port}', String(server.port));
        const { outcome, problem = '' } = await runOf(subject)(
          once ? trialOf(host) : trialOf(`http://127.0.0.1:${server.port}`, { attemptHost: host }),
        );
        if (outcome !== 'not-sent')
          complaints.push(
            `${JSON.stringify(written)}: it was ${outcome}, and has to be not-sent (${problem})`,
          );
        if (server.accepted() > 0) complaints.push(`${JSON.stringify(written)}: something went there`);
      } finally {
        await server.close();
      }
    }
  }
  return complaints;
}

async function tryArguments(
  lines: readonly (readonly string[])[],
  program: NonNullable<SecuritySubject['program']>,
): Promise<readonly string[]> {
  const complaints: string[] = [];
  for (const argv of lines) {
    const { code, output } = await program(argv);
    const flag = argv[0]!.split('=')[0]!;
    if (code !== 2) complaints.push(`${flag}: it ended with ${code}, and has to end with 2`);
    if (!/SMSC_API_KEY.*SMSC_LOGIN.*SMSC_PASSWORD/s.test(output))
      complaints.push(`${flag}: it does not say where secrets belong`);
    if (output.includes(secrets.password)) complaints.push(`${flag}: it printed the secret`);
  }
  return complaints;
}

/** Whether a subject has what a threat is tried with. */
const concerns = (threat: Threat, { realm, program, transport, run }: SecuritySubject): boolean =>
  'argv' in threat
    ? program !== undefined
    : 'pollutions' in threat
      ? realm !== undefined
      : transport !== undefined || run !== undefined;

/** Tries one threat, and says what is wrong; nothing is where the subject has nothing that it could be tried with. */
export async function tryThreat(threat: Threat, subject: SecuritySubject): Promise<readonly string[]> {
  if (!concerns(threat, subject)) return [];
  if ('argv' in threat) return tryArguments(threat.argv, subject.program!);
  if ('pollutions' in threat) return tryPollutions(threat.pollutions, subject.realm!);
  if ('fileUrls' in threat) return tryFileUrls(threat.fileUrls, subject);
  if ('hosts' in threat) return tryHosts(threat.hosts, subject);
  const complaints: string[] = [];
  for (const one of threat.cases)
    for (const complaint of (await tryCase(one, subject)).complaints)
      complaints.push(`${one.fault}: ${complaint}`);
  return complaints;
}

/** What a threat may take, in milliseconds: hundreds of realms, on a machine that is busy. */
const threatWithinMs = 240_000;

/**
 * Declares the security cases: a test for each of {@link threats} that concerns the subject.
 *
 * ```ts
 * security({ describe, it }, 'my transport', { transport: myTransport, realm: () => workerRealm(import.meta.resolve('./in-a-worker.mjs')) });
 * ```
 */
export function security({ describe, it }: Framework, name: string, subject: SecuritySubject): void {
  describe(`${name} is safe`, () => {
    for (const threat of threats) {
      if (!concerns(threat, subject)) continue;
      it(
        threat.name,
        async () => {
          const complaints = await tryThreat(threat, subject);
          if (complaints.length > 0) throw new Error(complaints.join('\n'));
        },
        threatWithinMs,
      );
    }
  });
}
