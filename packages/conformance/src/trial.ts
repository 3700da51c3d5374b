import { fromReply, send, toRequest, type Transport, type WireReply, type WireRequest } from '@smsc/protocol';
import { leakOf } from './leaks.ts';

/** What became of an attempt, as whoever pays for it has to take it. */
export type Outcome = 'accepted' | 'rejected' | 'not-sent' | 'unknown';

/** What a transport is made with. One that does not know `connectTimeoutMs` leaves it out. */
export interface TransportOptions {
  readonly host: string;
  readonly timeoutMs?: number;
  readonly maxReplyBytes?: number;
  readonly connectTimeoutMs?: number;
}

/** What an attempt is told. */
export interface AttemptOptions {
  readonly signal?: AbortSignal;
  readonly host?: string;
}

/** Makes the transport that is tried. */
export type MakeTransport = (options: TransportOptions) => Transport<AttemptOptions>;

/** One case, as far as the side of the transport has to know it. It is data, so that it can go to another process, or into a page. */
export interface Trial {
  readonly options: TransportOptions;
  /** What is sent: a short message, one of a hundred thousand numbers, or one with files. Default: short. */
  readonly message?: 'short' | 'long' | 'files';
  /** Gives it up: before it begins, or so many milliseconds later. */
  readonly abort?: 'before' | number;
  /** How often it is sent by the same transport, one after another, all with the same signal. Default: once. */
  readonly times?: number;
  /** Milliseconds between them. */
  readonly pauseMs?: number;
  /** Another host, for each attempt. */
  readonly attemptHost?: string;
}

/** What came of it. */
export interface Seen {
  /** Of the last attempt. */
  readonly outcome: Outcome;
  /** What went wrong, in the transport's own words. */
  readonly problem: string | undefined;
  readonly retryAfter: string | undefined;
  /** Which secret was found in an error, and where. */
  readonly leak: string | undefined;
  /** Listeners that are left on the signal. */
  readonly listeners: number;
}

/** Who sends, and what. Made up; none of it may be in an error. */
export const secrets: Readonly<Record<'password' | 'phone' | 'text', string>> = { password: 'correct-horse-battery', phone: '380501234567', text: 'Ваш код: 482117' };

const credentials = { login: 'held-to-it', password: secrets.password };
const message = { id: 'm1', to: secrets.phone, text: secrets.text };

/** The request of a trial. */
export function requestOf({ message: kind = 'short' }: Pick<Trial, 'message'>): WireRequest {
  if (kind === 'long') return toRequest(send, { ...message, to: Array.from({ length: 100_000 }, (_, at) => String(380_500_000_000 + at)) }, credentials);
  const files = [{ name: 'звук "1".mp3'.replaceAll('"', "'"), content: Uint8Array.from({ length: 256 }, (_, octet) => octet) }, { name: 'a.txt', content: new Blob(['a\nb'], { type: 'text/plain' }) }];
  if (kind === 'files') return toRequest(send, { kind: 'mms', ...message, text: `${secrets.text}\n~`, files }, credentials);
  return toRequest(send, message, credentials);
}

/** A signal that counts who listens to it. */
function countedSignal(): { readonly controller: AbortController; readonly listeners: () => number } {
  const controller = new AbortController();
  const { signal } = controller;
  let count = 0;
  const { addEventListener, removeEventListener } = signal;
  signal.addEventListener = (...args: Parameters<typeof addEventListener>) => (count++, addEventListener.apply(signal, args));
  signal.removeEventListener = (...args: Parameters<typeof removeEventListener>) => (count--, removeEventListener.apply(signal, args));
  return { controller, listeners: () => count };
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Makes a trial, in whatever runs the transport. */
export async function runTrial(make: MakeTransport, trial: Trial): Promise<Seen> {
  const { options, abort, times = 1, pauseMs = 0, attemptHost } = trial;
  const { controller, listeners } = countedSignal();
  if (abort === 'before') controller.abort();
  const transport = make(options);
  const request = requestOf(trial);
  let reply: WireReply | undefined;
  let outcome: Outcome = 'accepted';
  let problem: string | undefined;
  let leak: string | undefined;
  for (let attempt = 0; attempt < times; attempt++) {
    if (attempt > 0) await pause(pauseMs);
    const timer = typeof abort === 'number' ? setTimeout(() => controller.abort(), abort) : undefined;
    [outcome, problem, reply] = ['accepted', undefined, undefined];
    try {
      reply = await transport(request, { signal: controller.signal, ...(attemptHost !== undefined && { host: attemptHost }) });
      fromReply(send, reply);
    } catch (thrown) {
      const { kind, mayHaveHappened, message: words } = thrown as { readonly kind?: unknown; readonly mayHaveHappened?: unknown; readonly message: string };
      if (kind !== 'gateway' && kind !== 'transport' && kind !== 'unreadable-reply') throw thrown;
      outcome = kind === 'gateway' ? 'rejected' : mayHaveHappened === false ? 'not-sent' : 'unknown';
      problem = words;
      leak ??= leakOf(thrown, Object.values(secrets));
    } finally {
      clearTimeout(timer);
    }
  }
  return { outcome, problem, retryAfter: reply?.retryAfter, leak, listeners: listeners() };
}
