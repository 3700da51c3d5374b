import { fromReply, send, toRequest, type Transport, type WireReply, type WireRequest } from '@smsc/protocol';
import { leakOf } from './leaks.ts';
import { countedSignal } from './signal.ts';
import { onUnhandled } from './unhandled.ts';

/** What became of an attempt, as whoever pays for it has to take it. */
export type Outcome = 'accepted' | 'rejected' | 'not-sent' | 'unknown';

/** What a transport is made with. One that does not know `connectTimeoutMs` leaves it out. */
export interface TransportOptions {
  readonly host: string;
  readonly timeoutMs?: number | undefined;
  readonly maxReplyBytes?: number | undefined;
  readonly connectTimeoutMs?: number | undefined;
}

/** What an attempt is told. */
export interface AttemptOptions {
  readonly signal?: AbortSignal | undefined;
  readonly host?: string | undefined;
}

/** Makes the transport that is tried. */
export type MakeTransport = (options: TransportOptions) => Transport<AttemptOptions>;

/** One case, as far as the side of the transport has to know it. It is data, so that it can go to another process, or into a page. */
export interface Trial {
  readonly options: TransportOptions;
  /**
   * What is sent: a short message, one to a hundred thousand, one with files, one with files and fields whose names no
   * header could hold, or one that is larger than what the system takes in for who does not read. Default: short.
   */
  readonly message?: 'short' | 'long' | 'files' | 'odd names' | 'large' | undefined;
  /** A message with an address from which the gateway is to fetch a file, in place of that. */
  readonly fileUrl?: string | undefined;
  /** Gives it up: before it begins, or so many milliseconds later. */
  readonly abort?: 'before' | number | undefined;
  /** How often it is sent by the same transport, one after another, all with the same signal. Default: once. */
  readonly times?: number | undefined;
  /** Milliseconds between them. */
  readonly pauseMs?: number | undefined;
  /** How often it is sent by the same transport at once, all with the same signal. Default: once. */
  readonly together?: number | undefined;
  /** Another host, for each attempt. */
  readonly attemptHost?: string | undefined;
}

/** What came of it. */
export interface TrialResult {
  /** Of the last attempt. */
  readonly outcome: Outcome;
  /** What went wrong, in the transport's own words. */
  readonly problem: string | undefined;
  readonly retryAfter: string | undefined;
  /** Which secret was found in an error, and where. */
  readonly leak: string | undefined;
  /** Listeners that are left on the signal. */
  readonly listeners: number;
  /** What no transport may do, whatever comes of it; empty if there was nothing. */
  readonly wrong: readonly string[];
}

/** Who sends, and what. Made up; none of it may be in an error. */
export const secrets: Readonly<Record<'password' | 'phone' | 'text', string>> = {
  password: 'correct-horse-battery',
  phone: '380501234567',
  text: 'Ваш код: 482117',
};

const credentials = { login: 'held-to-it', password: secrets.password };
const message = { id: 'm1', to: secrets.phone, text: secrets.text };
const largeBytes = 16_777_216;

type Multipart = Extract<WireRequest['body'], { kind: 'multipart' }>;

/** A form that no operation makes: what stands in it is written in a way in which it can end no header. */
const oddNames: Pick<Multipart, 'fields' | 'files'> = {
  fields: [
    ['a"; name="b', '1'],
    ['c\r\nx-d: e\r\n\r\nf', secrets.text],
  ],
  files: [
    { name: 'g"; name="phones"; x="', content: new Uint8Array([0, 13, 10, 34]) },
    { name: 'h\r\nx-i: j\r\n\r\nщ', content: new Uint8Array([1]) },
  ],
};

/** The request of a trial. */
export function requestOf({
  message: kind = 'short',
  fileUrl,
}: Pick<Trial, 'message' | 'fileUrl'>): WireRequest {
  if (fileUrl !== undefined) return toRequest(send, { kind: 'mms', ...message, fileUrl }, credentials);
  if (kind === 'long')
    return toRequest(
      send,
      { ...message, to: Array.from({ length: 100_000 }, (_, at) => String(380_500_000_000 + at)) },
      credentials,
    );
  const mms = (files: Multipart['files']): WireRequest =>
    toRequest(send, { kind: 'mms', ...message, text: `${secrets.text}\n~`, files }, credentials);
  if (kind === 'large') return mms([{ name: 'a.mp4', content: new Uint8Array(largeBytes) }]);
  if (kind === 'files')
    return mms([
      { name: `звук '1'.mp3`, content: Uint8Array.from({ length: 256 }, (_, octet) => octet) },
      { name: 'a.txt', content: new Blob(['a\nb'], { type: 'text/plain' }) },
    ]);
  if (kind === 'odd names')
    return { ...toRequest(send, message, credentials), body: { kind: 'multipart', ...oddNames } };
  return toRequest(send, message, credentials);
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** What something is called that is not what it should be. */
const classOf = (value: unknown): string =>
  value !== null && (typeof value === 'object' || typeof value === 'function')
    ? (value.constructor as { readonly name?: string } | undefined)?.name || 'Object'
    : typeof value;

/** What was thrown and should not have been: its class and what it says, if that is nothing of what was sent. */
function thrownAs(thrown: unknown): string {
  const { message: said } = Object(thrown) as { readonly message?: unknown };
  return `${classOf(thrown)}${typeof said === 'string' && said !== '' && leakOf(thrown, Object.values(secrets)) === undefined ? ` (${said})` : ''}`;
}

/** What one attempt has come to. */
interface AttemptObservation extends Pick<TrialResult, 'outcome' | 'problem' | 'retryAfter' | 'leak'> {
  readonly wrong?: string;
}

/** What an error says, if it is one that a transport may throw, or the reader of its reply. */
function cameOf(thrown: unknown): AttemptObservation | undefined {
  const {
    kind,
    mayHaveHappened,
    message: problem,
  } = Object(thrown) as {
    readonly kind?: unknown;
    readonly mayHaveHappened?: unknown;
    readonly message?: string;
  };
  if (typeof mayHaveHappened !== 'boolean' || !(thrown instanceof Error)) return undefined;
  const outcome = kind === 'gateway' ? 'rejected' : mayHaveHappened ? 'unknown' : 'not-sent';
  return { outcome, problem, retryAfter: undefined, leak: leakOf(thrown, Object.values(secrets)) };
}

const isReply = (reply: Partial<WireReply> | null | undefined): reply is WireReply =>
  typeof reply?.status === 'number' && (reply.body as object | undefined) instanceof Uint8Array;

/** Makes one attempt. */
async function attemptOf(transport: () => Promise<WireReply>, most: number): Promise<AttemptObservation> {
  const nothing = { outcome: 'unknown', problem: undefined, retryAfter: undefined, leak: undefined } as const;
  let reply: WireReply;
  try {
    reply = await transport();
  } catch (thrown) {
    const { kind } = Object(thrown) as { readonly kind?: unknown };
    const came = kind === 'transport' || kind === 'invalid-input' ? cameOf(thrown) : undefined;
    return (
      came ?? {
        ...nothing,
        leak: leakOf(thrown, Object.values(secrets)),
        wrong: `it threw a ${thrownAs(thrown)}, and has to throw a TransportError`,
      }
    );
  }
  if (!isReply(reply))
    return {
      ...nothing,
      wrong: `it gave a ${classOf(reply)}, and has to give a reply: { status, body }, the body a Uint8Array`,
    };
  const { retryAfter } = reply;
  if (reply.body.length > most)
    return { ...nothing, retryAfter, wrong: 'the reply is larger than maxReplyBytes' };
  try {
    fromReply(send, reply);
    return { ...nothing, outcome: 'accepted', retryAfter };
  } catch (thrown) {
    const came = cameOf(thrown);
    if (!came) throw thrown;
    return { ...came, retryAfter };
  }
}

/**
 * Makes a trial, in whatever runs the transport.
 *
 * @param begun when the server has what it waits for: then it is given up, and not by the clock
 */
export async function runTrial(
  make: MakeTransport,
  trial: Trial,
  begun?: Promise<unknown>,
): Promise<TrialResult> {
  const { options, abort, times = 1, pauseMs = 0, together = 1, attemptHost } = trial;
  const { controller, listeners } = countedSignal();
  const giveUp = (): void => controller.abort();
  if (abort === 'before') giveUp();
  const wrong = new Set<string>();
  const quiet = onUnhandled((error) => wrong.add(`a rejection that nobody handled: ${thrownAs(error)}`));
  const all: AttemptObservation[] = [];
  try {
    let transport: ReturnType<MakeTransport> | undefined;
    let request: WireRequest | undefined;
    const once = (): Promise<AttemptObservation> =>
      attemptOf(
        async () =>
          (transport ??= make(options))((request ??= requestOf(trial)), {
            signal: controller.signal,
            ...(attemptHost !== undefined && { host: attemptHost }),
          }),
        options.maxReplyBytes ?? Infinity,
      );
    for (let turn = 0; turn < times; turn++) {
      if (turn > 0) await pause(pauseMs);
      const timer = typeof abort === 'number' && !begun ? setTimeout(giveUp, abort) : undefined;
      if (typeof abort === 'number') void begun?.then(giveUp);
      all.push(...(await Promise.all(Array.from({ length: together }, once))));
      clearTimeout(timer);
    }
    // What nobody handles is told of when everything else is done.
    await pause(0);
    await pause(0);
  } finally {
    quiet();
  }
  for (const came of all) if (came.wrong !== undefined) wrong.add(came.wrong);
  const last = all.slice(-together);
  const { outcome, problem, retryAfter } = last.at(-1)!;
  const others = last.filter((came) => came.outcome !== outcome);
  if (others.length > 0)
    wrong.add(
      `of ${together} at once ${others.length} were ${others[0]!.outcome}, and ${together - others.length} ${outcome}`,
    );
  return {
    outcome,
    problem,
    retryAfter,
    leak: all.find(({ leak }) => leak !== undefined)?.leak,
    listeners: listeners(),
    wrong: [...wrong],
  };
}
