import { type Check, readOptions } from '@smsc/protocol/adapter';
import { checkFunction, checkMember } from './checks.ts';
import type { CallInfo, CallSummary, Interceptor } from './interceptor.ts';
import { type Clock, systemClock } from './state/clock.ts';

/** A line of a log. Contains no secret, no text and no whole phone number. */
export interface LogLine {
  /** Severity of the line. */
  readonly level: 'debug' | 'info' | 'warn' | 'error';
  /** The line as text, such as `send 5f0c… accepted in 212 ms`. */
  readonly message: string;
  /** Name of the operation. */
  readonly operation: string;
  /** Id of the message. Digits that could be a phone number are hidden. */
  readonly id: string | undefined;
  /** Number of the attempt, from 1. `undefined` for the line about the whole call. */
  readonly attempt: number | undefined;
  /** Host of the attempt. `undefined` for the line about the whole call, and if the transport chooses the host. */
  readonly host: string | undefined;
  /** Outcome of the call or the attempt. */
  readonly outcome: CallSummary['outcome'];
  /** The gateway's error number. */
  readonly code: number | undefined;
  /** Duration in milliseconds. */
  readonly ms: number;
}

/** Options of {@link logging}. */
export interface LoggingOptions {
  /** Clock that measures durations. Default: the platform's. */
  readonly clock?: Pick<Clock, 'now'> | undefined;
}

const loggingChecks: Readonly<Record<keyof LoggingOptions, Check>> = {
  clock: /* @__PURE__ */ checkMember('now', 'function', 'an object with a now method'),
};

/** Hides digits that could be a phone number, except for the first three and the last two: `380•••••••67`. */
export const redact = (text: string): string =>
  text.replace(/\d{7,}/g, (digits) => digits.slice(0, 3) + '•'.repeat(digits.length - 5) + digits.slice(-2));

type Timed = CallInfo & { readonly attempt?: number; readonly host?: string | undefined };

const levels: Readonly<Record<CallSummary['outcome'], LogLine['level']>> = {
  accepted: 'info',
  done: 'debug',
  rejected: 'warn',
  failed: 'warn',
  'not-sent': 'warn',
  unknown: 'error',
};

/** Says which attempt a line is about, or how many attempts a call took. */
function describeAttempt({ attempt, host }: Timed, attempts: number): string {
  if (attempt === undefined) return attempts > 1 ? ` after ${attempts} attempts` : '';
  return ` in attempt ${attempt}${host === undefined ? '' : ` to ${host}`}`;
}

function toLine(info: Timed, summary: CallSummary, ms: number): LogLine {
  const { operation, attempt, host } = info;
  const { outcome, code, error, attempts } = summary;
  const id = info.id === undefined ? undefined : redact(info.id);
  const subject = id === undefined ? operation : `${operation} ${id}`;
  const reason = error ? ` (${redact(error.message)})` : '';
  return {
    level: attempt === undefined ? levels[outcome] : 'warn',
    message: `${subject} ${outcome}${describeAttempt(info, attempts)} in ${ms} ms${reason}`,
    operation,
    id,
    attempt,
    host,
    outcome,
    code,
    ms,
  };
}

/**
 * Creates an interceptor that writes one line for each call, and one for each attempt that failed.
 *
 * ```ts
 * createSmsc({ apiKey, interceptors: [logging(({ level, message }) => console[level](message))] });
 * ```
 *
 * @param write called with each line; its errors are ignored
 * @throws {InputError} if `write` is not a function or an option is invalid
 */
export function logging(write: (line: LogLine) => void, options: LoggingOptions = {}): Interceptor {
  const { clock = systemClock } = readOptions('logging', options, loggingChecks);
  readOptions('logging', { write }, {}, { write: checkFunction });
  const timed = async (info: Timed, next: () => Promise<CallSummary>): Promise<CallSummary> => {
    const startedAt = clock.now();
    const summary = await next();
    const isGoodAttempt =
      info.attempt !== undefined && (summary.outcome === 'accepted' || summary.outcome === 'done');
    if (!isGoodAttempt) write(toLine(info, summary, clock.now() - startedAt));
    return summary;
  };
  return { call: timed, attempt: timed };
}
