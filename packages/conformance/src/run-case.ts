import type { TrialOutcome } from './attempt.ts';
import type { Case } from './case.ts';
import { checkRequest } from './check-request.ts';
import {
  findClosedPort,
  openServer,
  type ScriptedServer,
  type ServerScript,
  type ServerStep,
} from './server.ts';
import type { KnownDeviation, Subject } from './subject.ts';
import { runTrial, type Trial, type TrialResult } from './trial.ts';
import { trialRequest } from './trial-request.ts';

/** Result of one case. */
export interface CaseResult {
  /** Title of the case. */
  readonly title: string;
  /** Outcome that the transport reported. */
  readonly outcome: TrialOutcome;
  /** Failed checks. Empty if the case passed. */
  readonly failures: readonly string[];
}

/** Time in which an abandoned connection must be closed, in ms. */
const closeTimeoutMs = 1500;

/**
 * Time between the arrival of a request and the abort, in ms. By then the client has received everything that the server sent.
 */
const abortDelayMs = 50;

/** Local servers and addresses that a case runs against. */
interface Environment {
  readonly server: ScriptedServer;
  /** Server that redirects point to. */
  readonly redirectServer: ScriptedServer;
  readonly closedPort: number;
}

/** Expectation of a case. A known deviation of the transport replaces parts of it. */
interface Expectation {
  readonly contractCase: Case;
  readonly deviation: KnownDeviation | undefined;
  readonly outcome: TrialOutcome;
  /** Number of attempts in the trial. */
  readonly attempts: number;
  /** Number of requests that must arrive. */
  readonly requests: number | 'fewer';
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Resolves like the promise, or to `undefined` if it takes longer than `ms`. */
async function waitFor<Value>(promise: Promise<Value>, ms: number): Promise<Value | undefined> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const timeout = new Promise<undefined>((resolve) => (timer = setTimeout(() => resolve(undefined), ms)));
  try {
    return await Promise.race([promise, timeout]);
  } finally {
    clearTimeout(timer);
    promise.catch(() => undefined);
  }
}

/** Returns the maximum duration of a trial, in ms. It is far longer than the timeouts inside the trial. */
const trialTimeoutMs = ({ trial: { times = 1, parallel = 1 } = {} }: Case): number =>
  4500 + 100 * times * parallel;

/** Returns the time limit of a case, in ms. */
export const caseTimeoutMs = (contractCase: Case): number =>
  trialTimeoutMs(contractCase) + closeTimeoutMs + 5000;

/** Puts the address of the redirect server into the script. */
function fillRedirects(script: ServerScript, address: string): ServerScript {
  const fill = (step: ServerStep): ServerStep =>
    typeof step === 'object' && 'send' in step
      ? {
          send: Buffer.from(
            Buffer.from(step.send).toString('latin1').replace('{redirect}', address),
            'latin1',
          ),
        }
      : step;
  return script.onRequest
    ? { ...script, onRequest: script.onRequest.map((steps) => steps.map(fill)) }
    : script;
}

async function openEnvironment({ script = {}, redirectTo }: Case): Promise<Environment> {
  const isTls = redirectTo === 'another scheme';
  const redirectServer = await openServer({ onRequest: [['end']], tls: isTls });
  const address = `${isTls ? 'https' : 'http'}://127.0.0.1:${redirectServer.port}/sys/send.php`;
  const server = await openServer(redirectTo ? fillRedirects(script, address) : script);
  return { server, redirectServer, closedPort: await findClosedPort() };
}

/** Returns the host that the transport sends to. */
function hostOf({ target = 'server', scheme, script }: Case, { server, closedPort }: Environment): string {
  switch (target) {
    case 'unresolvable-name':
      return 'https://gateway.invalid';
    case 'closed-port':
      return `http://127.0.0.1:${closedPort}`;
    case 'server':
      return `${scheme ?? (script?.tls ? 'https' : 'http')}://127.0.0.1:${server.port}`;
  }
}

function createTrial(contractCase: Case, environment: Environment): Trial {
  const { trial = {}, hostPerAttempt } = contractCase;
  const host = hostOf(contractCase, environment);
  return hostPerAttempt
    ? {
        ...trial,
        options: { ...trial.options, host: `http://127.0.0.1:${environment.closedPort}` },
        attemptHost: host,
      }
    : { ...trial, options: { ...trial.options, host } };
}

function expectationOf(contractCase: Case, { deviations }: Subject): Expectation {
  const { title, outcome, requests, trial: { times = 1, parallel = 1 } = {} } = contractCase;
  const deviation = deviations?.[title];
  const attempts = times * parallel;
  return {
    contractCase,
    deviation,
    outcome: deviation?.outcome ?? outcome,
    attempts,
    requests: deviation?.requests ?? requests ?? attempts,
  };
}

/** Checks the result that the transport reported. */
function checkResult(
  result: TrialResult,
  { contractCase, deviation, outcome }: Expectation,
): readonly string[] {
  const failures = [...result.violations];
  if (result.outcome !== outcome)
    failures.push(`the outcome is ${result.outcome}, expected ${outcome} (${result.error ?? 'no error'})`);
  if (deviation && result.outcome === contractCase.outcome && deviation.outcome !== contractCase.outcome)
    failures.push('the transport passes this case: remove it from the known deviations');
  if (result.retryAfter !== contractCase.retryAfter)
    failures.push(
      `Retry-After was returned as ${result.retryAfter ?? 'undefined'}, expected ${contractCase.retryAfter ?? 'undefined'}`,
    );
  if (result.secretAt !== undefined) failures.push(`a secret appears in ${result.secretAt}`);
  if (result.listenerCount !== 0)
    failures.push(
      `${result.listenerCount} listeners are left on the signal: remove them after the attempt, and pass your own signal to fetch`,
    );
  return failures;
}

/** Checks the requests that arrived. */
function checkRequests(
  { connection }: TrialResult,
  { contractCase, attempts, requests: expected }: Expectation,
  { server, redirectServer }: Environment,
  subject: Subject,
): readonly string[] {
  const failures: string[] = [];
  const { length } = server.requests;
  if (expected === 'fewer' ? length >= attempts : length !== expected)
    failures.push(
      `${length} requests arrived, expected ${expected === 'fewer' ? `fewer than ${attempts}` : expected}`,
    );
  if (redirectServer.connectionCount() > 0) failures.push('the redirect was followed');
  if (connection === 'new' && server.requests.at(-1)?.isFirst === false)
    failures.push('the transport reported a used connection as new');
  if (length > 0) {
    const sent = trialRequest(contractCase.trial ?? {});
    for (const request of server.requests) failures.push(...checkRequest(request, sent, subject));
  }
  return failures;
}

/** Checks that connections are closed, and that there were at most as many connections as attempts. */
async function checkConnections(
  { contractCase, deviation, attempts, requests }: Expectation,
  { server }: Environment,
): Promise<readonly string[]> {
  const { script, mustClose, trial } = contractCase;
  const failures: string[] = [];
  if (script?.onConnection ?? script?.onFirstBytes) {
    server.resumeReading();
    await pause(abortDelayMs);
  }
  const leftOpen = (): number => (mustClose ? server.openConnections() : server.pendingConnections());
  const deadline = performance.now() + closeTimeoutMs;
  while (leftOpen() > 0 && performance.now() < deadline) await pause(5);
  if (leftOpen() > 0) failures.push('a connection was left open');
  const usual = Math.max(trial?.abort === 'before' ? 0 : attempts, Number(requests) || 0);
  const count = server.connectionCount();
  if (count > (deviation?.connections ?? usual))
    failures.push(
      `${count} connections were opened for ${attempts} ${attempts === 1 ? 'attempt' : 'attempts'}`,
    );
  return failures;
}

/** Runs one case against a transport. */
export async function runCase(contractCase: Case, subject: Subject): Promise<CaseResult> {
  const { title, trial } = contractCase;
  const expectation = expectationOf(contractCase, subject);
  const environment = await openEnvironment(contractCase);
  const { server, redirectServer } = environment;
  try {
    const wholeTrial = createTrial(contractCase, environment);
    const serverReady =
      typeof trial?.abort === 'number'
        ? server.waitForRequests(expectation.attempts).then(() => pause(abortDelayMs))
        : undefined;
    const running = subject.run
      ? subject.run(wholeTrial)
      : runTrial(subject.transport!, wholeTrial, serverReady);
    const timeoutMs = trialTimeoutMs(contractCase);
    const result = await waitFor(running, timeoutMs);
    if (!result)
      return { title, outcome: 'unknown', failures: [`the trial did not end within ${timeoutMs} ms`] };
    const failures = [
      ...checkResult(result, expectation),
      ...checkRequests(result, expectation, environment, subject),
      ...(await checkConnections(expectation, environment)),
    ];
    return { title, outcome: result.outcome, failures };
  } finally {
    await Promise.all([server.close(), redirectServer.close()]);
  }
}
