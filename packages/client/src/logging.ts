import { type Check, readOptions } from '@smsc/protocol/adapter';
import { checkFunction, checkMember } from './checks.ts';
import { type Clock, systemClock } from './clock.ts';
import type { CallInfo, CallSummary, Interceptor } from './interceptor.ts';

/** A line of a log. Nothing of it is a secret, a text or a whole number. */
export interface LogLine {
  readonly level: 'debug' | 'info' | 'warn' | 'error';
  /** The line in words: `send 5f0c… accepted in 212 ms`. */
  readonly message: string;
  readonly operation: string;
  /** The message's id, with all but the ends of what could be a number hidden. */
  readonly id: string | undefined;
  /** Which attempt it is about; `undefined` for the whole call. */
  readonly attempt: number | undefined;
  readonly host: string | undefined;
  readonly outcome: CallSummary['outcome'];
  /** The gateway's error number. */
  readonly code: number | undefined;
  /** Milliseconds. */
  readonly ms: number;
}

/** What {@link logging} can be told. */
export interface LoggingOptions {
  /** Default: the machine's. */
  readonly clock?: Pick<Clock, 'now'> | undefined;
}

const loggingChecks: Readonly<Record<keyof LoggingOptions, Check>> = {
  clock: /* @__PURE__ */ checkMember('now', 'function', 'something with now()'),
};

/** What could be a number, with its first three and its last two digits left: `380•••••••67`. */
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

/**
 * Writes a line for each call, and one for each attempt that did not do. What went well at the first attempt is one line.
 *
 * ```ts
 * createSmsc({ apiKey, interceptors: [logging(({ level, message }) => console[level](message))] });
 * ```
 *
 * @param write gets each line; what it throws is lost, and changes nothing
 * @throws {InputError} for what cannot be meant
 */
export function logging(write: (line: LogLine) => void, options: LoggingOptions = {}): Interceptor {
  const { clock = systemClock } = readOptions('logging', options, loggingChecks);
  readOptions('logging', { write }, {}, { write: checkFunction });
  function note(
    { operation, attempt, host, id: whole }: Timed,
    start: number,
    ended: CallSummary,
  ): CallSummary {
    const { outcome, code, error, attempts } = ended;
    if (attempt !== undefined && (outcome === 'accepted' || outcome === 'done')) return ended;
    const id = whole === undefined ? undefined : redact(whole);
    const ms = clock.now() - start;
    const where =
      attempt === undefined
        ? attempts > 1
          ? ` after ${attempts} attempts`
          : ''
        : ` in attempt ${attempt}${host === undefined ? '' : ` to ${host}`}`;
    const message = `${operation}${id === undefined ? '' : ` ${id}`} ${outcome}${where} in ${ms} ms${error ? ` (${redact(error.message)})` : ''}`;
    write({
      level: attempt === undefined ? levels[outcome] : 'warn',
      message,
      operation,
      id,
      attempt,
      host,
      outcome,
      code,
      ms,
    });
    return ended;
  }
  const timed = (info: Timed, next: () => Promise<CallSummary>): Promise<CallSummary> => {
    const start = clock.now();
    return next().then((ended) => note(info, start, ended));
  };
  return { call: timed, attempt: timed };
}
