import { mkdtempSync, rmSync } from 'node:fs';
import { createServer as createSocketServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Isolate } from '../isolate.ts';
import type { ForbiddenTargets, Pollution } from '../pollution.ts';
import { acceptedResponse, createTrial, type SecuritySubject } from '../security-subject.ts';
import { openServer, type ReceivedRequest, type ScriptedServer } from '../server.ts';
import type { TrialResult } from '../trial.ts';

/** Local servers to which the transport must send nothing. */
interface ForbiddenServers extends ForbiddenTargets {
  /** Returns the number of connections that arrived. */
  readonly connectionCount: () => number;
  readonly close: () => Promise<void>;
}

/** Result of one pollution. */
interface PollutionResult {
  readonly failures: readonly string[];
  /** `false` if the transport could not be loaded under the pollution. */
  readonly ran: boolean;
}

/** An isolate after its first trial. */
interface StartedIsolate {
  readonly isolate: Isolate;
  /** The request that arrives without pollution. */
  readonly cleanRequest: string;
}

type OpenIsolate = NonNullable<SecuritySubject['isolate']>;

/** Number of isolates that are open at the same time. */
const parallelIsolates = 2;

/** Serializes a request without the headers that depend on the address and the connection. */
const serialize = ({ head, body }: ReceivedRequest): string =>
  [
    ...head
      .split('\r\n')
      .filter((line) => !/^(?:host|connection|keep-alive|origin|referer):/i.test(line))
      .sort(),
    body,
  ].join('\n');

/** Runs work for each item, at most `parallel` items at a time. */
async function forEachParallel<Item>(
  items: readonly Item[],
  parallel: number,
  work: (item: Item) => Promise<void>,
): Promise<void> {
  const remaining = items.values();
  await Promise.all(
    Array.from({ length: parallel }, async () => {
      for (const item of remaining) await work(item);
    }),
  );
}

/** Opens a Unix socket and a server to which the transport must send nothing. */
async function openForbiddenServers(): Promise<ForbiddenServers> {
  const folder = mkdtempSync(join(tmpdir(), 'smsc-'));
  const path = join(folder, 'socket');
  let socketConnections = 0;
  const socketServer = createSocketServer((connection) => {
    socketConnections++;
    connection.on('error', () => undefined).destroy();
  });
  await new Promise<void>((resolve) => socketServer.listen(path, resolve));
  const server = await openServer({ onRequest: [[acceptedResponse]] });
  return {
    socket: path,
    port: server.port,
    connectionCount: () => socketConnections + server.connectionCount(),
    close: async () => {
      await Promise.all([server.close(), new Promise((resolve) => socketServer.close(resolve))]);
      rmSync(folder, { recursive: true });
    },
  };
}

/** Checks the outcome of a trial against the requests that arrived. */
function checkOutcome(
  result: TrialResult | undefined,
  to: Pollution['to'],
  { requests }: ScriptedServer,
): readonly string[] {
  const failures = [...(result?.violations ?? [])];
  if (to === 'untrusted' && requests.length > 0) failures.push('the request went to an untrusted server');
  if (requests.length > 1) failures.push(`${requests.length} requests arrived, expected 1`);
  if (result?.outcome === 'not-sent' && requests.length > 0)
    failures.push('the outcome is not-sent, but the request arrived');
  if (result?.outcome === 'accepted' && (requests.length === 0 || to !== 'server'))
    failures.push('the outcome is accepted, but no server accepted the message');
  if (result?.secretAt !== undefined) failures.push(`a secret appears in ${result.secretAt}`);
  return failures;
}

/** Tries one pollution in an isolate. */
async function checkPollution(
  isolate: Isolate,
  { name, value, to }: Pollution,
  forbidden: ForbiddenServers,
  cleanRequest: string,
): Promise<PollutionResult> {
  const server = await openServer({
    onRequest: [to === 'closing' ? ['end'] : [acceptedResponse]],
    tls: to === 'untrusted',
  });
  const before = forbidden.connectionCount();
  try {
    const trial = createTrial(`${to === 'untrusted' ? 'https' : 'http'}://127.0.0.1:${server.port}`);
    const result = await isolate.run(trial, { name, value });
    const failures = [...checkOutcome(result, to, server)];
    if (forbidden.connectionCount() > before) failures.push('a connection went to another address');
    if (server.requests.some((request) => serialize(request) !== cleanRequest))
      failures.push('the request differs from the request without pollution');
    return { failures, ran: result !== undefined };
  } catch (error) {
    return { failures: [String(error)], ran: true };
  } finally {
    await server.close();
  }
}

/** Opens an isolate, runs a first trial without pollution in it, and records the request. */
async function openStartedIsolate(open: OpenIsolate): Promise<StartedIsolate> {
  const isolate = await open();
  const server = await openServer({ onRequest: [[acceptedResponse]] });
  try {
    const result = await isolate.run(createTrial(`http://127.0.0.1:${server.port}`));
    if (result?.outcome !== 'accepted')
      throw new Error(`without pollution: ${result ? `the outcome is ${result.outcome}` : 'it did not run'}`);
    return { isolate, cleanRequest: serialize(server.requests[0]!) };
  } finally {
    await server.close();
  }
}

/** Checks all pollutions of one subject, and collects the failures. */
class PollutionChecker {
  readonly failures: string[] = [];
  readonly #open: OpenIsolate;
  readonly #pollutions: readonly Pollution[];
  readonly #forbidden: ForbiddenServers;

  constructor(open: OpenIsolate, pollutions: readonly Pollution[], forbidden: ForbiddenServers) {
    this.#open = open;
    this.#pollutions = pollutions;
    this.#forbidden = forbidden;
  }

  /** Adds each pollution after the transport was loaded and used. Returns the request without pollution. */
  async checkAfterStart(): Promise<string> {
    let started = await openStartedIsolate(this.#open);
    try {
      let ranCount = 0;
      for (const pollution of this.#pollutions) {
        const { isolate, cleanRequest } = started;
        const result = await checkPollution(isolate, pollution, this.#forbidden, cleanRequest);
        this.#record(pollution, 'after', result);
        if (result.ran) ranCount++;
        else {
          await isolate.close();
          started = await openStartedIsolate(this.#open);
        }
      }
      this.#requireEnough('after', ranCount);
      return started.cleanRequest;
    } finally {
      await started.isolate.close();
    }
  }

  /** Adds each pollution before the transport is loaded, each in its own isolate. */
  async checkBeforeStart(cleanRequest: string): Promise<void> {
    let ranCount = 0;
    await forEachParallel(this.#pollutions, parallelIsolates, async (pollution) => {
      const isolate = await this.#open();
      try {
        const result = await checkPollution(isolate, pollution, this.#forbidden, cleanRequest);
        this.#record(pollution, 'before', result);
        if (result.ran) ranCount++;
      } finally {
        await isolate.close();
      }
    });
    this.#requireEnough('before', ranCount);
  }

  #record({ name, to }: Pollution, when: string, { failures }: PollutionResult): void {
    for (const failure of failures)
      this.failures.push(`${name}, added ${when} start-up, server "${to}": ${failure}`);
  }

  /** Adds a failure if too few trials ran, because such a run proves nothing. */
  #requireEnough(when: string, ranCount: number): void {
    const total = this.#pollutions.length;
    if (ranCount < total / 2)
      this.failures.push(
        `only ${ranCount} of ${total} trials ran with a property added ${when} start-up, expected at least half`,
      );
  }
}

/** Checks that polluting `Object.prototype` changes neither the request nor its address. Returns the failures. */
export async function checkPollutions(
  createPollutions: (targets: ForbiddenTargets) => readonly Pollution[],
  open: OpenIsolate,
): Promise<readonly string[]> {
  const forbidden = await openForbiddenServers();
  try {
    const checker = new PollutionChecker(open, createPollutions(forbidden), forbidden);
    await checker.checkBeforeStart(await checker.checkAfterStart());
    return checker.failures;
  } finally {
    await forbidden.close();
  }
}
