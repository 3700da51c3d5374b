/**
 * Runs a trial in another process or in a page. Uses no Node API.
 *
 * @example
 * ```ts
 * import type { Trial, TrialResult } from '@smsc/conformance';
 * import { runTrial } from '@smsc/conformance/trial';
 *
 * // In the page or process that holds the transport.
 * export const run = (trial: Trial): Promise<TrialResult> => runTrial(myTransport, trial);
 * ```
 */
import type { Transport, WireReply, WireRequest } from '@smsc/protocol';
import { type AttemptObservation, describeThrown, observeAttempt, type TrialOutcome } from './attempt.ts';
import { createCountingSignal } from './counting-signal.ts';
import { trialRequest, type TrialRequestOptions } from './trial-request.ts';
import { onUnhandledRejection } from './unhandled-rejections.ts';

export { type TrialOutcome } from './attempt.ts';
export { secrets, trialRequest, type TrialRequestOptions } from './trial-request.ts';

/**
 * Options for creating the transport under test. The transport may ignore `connectTimeoutMs` if it cannot set such a limit.
 */
export interface TransportOptions {
  /** Host name or origin that requests go to. */
  readonly host: string;
  /** Time limit of one attempt, in ms. */
  readonly timeoutMs?: number | undefined;
  /** Maximum size of a response body, in bytes after decompression. */
  readonly maxReplyBytes?: number | undefined;
  /** Time limit for opening a connection, in ms. */
  readonly connectTimeoutMs?: number | undefined;
}

/** Options of one attempt. */
export interface AttemptOptions {
  /** Cancels the attempt. */
  readonly signal?: AbortSignal | undefined;
  /** Host for this attempt only. Default: the host of the transport. */
  readonly host?: string | undefined;
}

/** Creates the transport under test. */
export type MakeTransport = (options: TransportOptions) => Transport<AttemptOptions>;

/** Attempts of the client in a case. Contains only data, so it can be passed to another process or into a page. */
export interface Trial extends TrialRequestOptions {
  /** Options that the transport is created with. */
  readonly options: TransportOptions;
  /** Aborts the attempt before it starts, or after this many milliseconds. */
  readonly abort?: 'before' | number | undefined;
  /** Number of attempts in sequence, all with the same transport and signal. Default: 1. */
  readonly times?: number | undefined;
  /** Pause between attempts in sequence, in ms. Default: 0. */
  readonly pauseMs?: number | undefined;
  /** Number of attempts at the same time, all with the same transport and signal. Default: 1. */
  readonly parallel?: number | undefined;
  /** Host that is passed with each attempt, other than that of the transport's options. */
  readonly attemptHost?: string | undefined;
}

/** Result of a trial. */
export interface TrialResult {
  /** Outcome of the last attempt. */
  readonly outcome: TrialOutcome;
  /** Outcomes of all attempts, in their order. */
  readonly outcomes: readonly TrialOutcome[];
  /** Error message of the last attempt. */
  readonly error: string | undefined;
  /** Value of `Retry-After` from the last attempt. */
  readonly retryAfter: string | undefined;
  /** Connection of the last attempt, if the transport reported it. */
  readonly connection: WireReply['connection'];
  /** Path of a secret inside an error. `undefined` if no error contains one. */
  readonly secretAt: string | undefined;
  /** Number of listeners left on the signal. */
  readonly listenerCount: number;
  /** Broken rules. The rules are the same for every case. Empty if no rule was broken. */
  readonly violations: readonly string[];
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Creates a function that makes one attempt. All attempts share one transport, one request and one signal. */
function createAttempt(
  makeTransport: MakeTransport,
  trial: Trial,
  signal: AbortSignal,
): () => Promise<AttemptObservation> {
  const { options, attemptHost } = trial;
  let transport: Transport<AttemptOptions> | undefined;
  let request: WireRequest | undefined;
  return () =>
    observeAttempt(async () => {
      transport ??= makeTransport(options);
      request ??= trialRequest(trial);
      return transport.send(request, { signal, ...(attemptHost !== undefined && { host: attemptHost }) });
    }, options.maxReplyBytes ?? Infinity);
}

/** Makes all attempts of a trial, and aborts them when the trial says so. */
async function runAttempts(
  attempt: () => Promise<AttemptObservation>,
  { abort: abortAfter, times = 1, pauseMs = 0, parallel = 1 }: Trial,
  abort: () => void,
  serverReady: Promise<unknown> | undefined,
): Promise<readonly AttemptObservation[]> {
  const observations: AttemptObservation[] = [];
  const isTimed = typeof abortAfter === 'number';
  for (let turn = 0; turn < times; turn++) {
    if (turn > 0) await pause(pauseMs);
    const timer = isTimed && !serverReady ? setTimeout(abort, abortAfter) : undefined;
    if (isTimed) void serverReady?.then(abort);
    observations.push(...(await Promise.all(Array.from({ length: parallel }, attempt))));
    clearTimeout(timer);
  }
  // Waits for unhandled rejections: the platform reports them after all other work.
  await pause(0);
  await pause(0);
  return observations;
}

/** Reports parallel attempts whose outcomes differ. */
function checkParallel(last: readonly AttemptObservation[], outcome: TrialOutcome): readonly string[] {
  const others = last.filter((observation) => observation.outcome !== outcome);
  return others.length === 0
    ? []
    : [
        `${others.length} of ${last.length} parallel attempts ended as ${others[0]!.outcome}, the others as ${outcome}`,
      ];
}

/**
 * Runs a trial in the process or page that holds the transport.
 *
 * @param serverReady resolves when the server has received the requests. If given, the trial is aborted at that moment instead
 *   of after `abort` milliseconds
 */
export async function runTrial(
  makeTransport: MakeTransport,
  trial: Trial,
  serverReady?: Promise<unknown>,
): Promise<TrialResult> {
  const { controller, listenerCount } = createCountingSignal();
  const abort = (): void => controller.abort();
  if (trial.abort === 'before') abort();
  const violations = new Set<string>();
  const stopListening = onUnhandledRejection((error) =>
    violations.add(`unhandled rejection: ${describeThrown(error)}`),
  );
  let observations: readonly AttemptObservation[];
  try {
    const attempt = createAttempt(makeTransport, trial, controller.signal);
    observations = await runAttempts(attempt, trial, abort, serverReady);
  } finally {
    stopListening();
  }
  for (const { violation } of observations) if (violation !== undefined) violations.add(violation);
  const last = observations.slice(-(trial.parallel ?? 1));
  const { outcome, error, retryAfter, connection } = last.at(-1)!;
  for (const violation of checkParallel(last, outcome)) violations.add(violation);
  return {
    outcome,
    outcomes: observations.map((observation) => observation.outcome),
    error,
    retryAfter,
    connection,
    secretAt: observations.find(({ secretAt }) => secretAt !== undefined)?.secretAt,
    listenerCount: listenerCount(),
    violations: [...violations],
  };
}
