import { type Case, cases } from './cases.ts';
import {
  closedPort,
  openServer,
  type Received,
  type Script,
  type ScriptedServer,
  type Step,
} from './server.ts';
import {
  type MakeTransport,
  type Outcome,
  requestOf,
  runTrial,
  type TrialResult,
  type Trial,
} from './trial.ts';

/** Where the cases are declared: vitest, node:test, Jest, Mocha. */
export interface Framework {
  readonly describe: (name: string, body: () => void) => unknown;
  /** `timeoutMs`: how long it may take; whoever has no limit of their own takes no notice. */
  readonly it: (name: string, body: () => Promise<void>, timeoutMs?: number) => unknown;
}

/** What is otherwise with a transport that cannot know better, and why. */
export interface KnownDeviation {
  readonly outcome: Outcome;
  readonly because: string;
  /** How many requests arrive, or that they are fewer, nobody knows how many. */
  readonly requests?: number | 'fewer';
  /** How many connections are made at most. */
  readonly connections?: number;
}

/** What is otherwise, by the case. A case that is listed and comes out as it should fails. */
export type KnownDeviations = Readonly<Record<string, KnownDeviation>>;

/** The transport that is tried: one function, or whatever can make a trial with it somewhere else. */
export interface Subject {
  /** Makes it. Not needed with `run`. */
  readonly transport?: MakeTransport;
  /** Makes a trial in another process, or in a page. Default: here. */
  readonly run?: (trial: Trial) => Promise<TrialResult>;
  readonly differences?: KnownDeviations;
  /** What the files of a form are called in it: by their names, or `file0`, `file1` … where their names travel elsewhere. Default: their names. */
  readonly files?: 'named' | 'numbered';
}

/** What came of a case. */
export interface Verdict {
  readonly fault: string;
  readonly outcome: Outcome;
  /** What is wrong with it; empty if nothing is. */
  readonly complaints: readonly string[];
}

/** A connection that is given up is closed within so many milliseconds. */
const releasedWithinMs = 1500;

/** A script in which redirects point to where they should. */
const pointed = (script: Script, elsewhere: string): Script => ({
  ...script,
  ...(script.onRequest && {
    onRequest: script.onRequest.map((steps) =>
      steps.map((step): Step =>
        typeof step === 'object' && 'send' in step && elsewhere !== ''
          ? {
              send: Buffer.from(
                Buffer.from(step.send).toString('latin1').replace('{elsewhere}', elsewhere),
                'latin1',
              ),
            }
          : step,
      ),
    ),
  }),
});

const latin1 = (text: string): string => Buffer.from(text).toString('latin1');

/** What is wrong with a request that arrived. */
function complaintsOf(
  { head, body }: Received,
  trial: Pick<Trial, 'message'>,
  { files = 'named' }: Subject,
): readonly string[] {
  const { body: sent, path } = requestOf(trial);
  const complaints: string[] = [];
  if (!head.startsWith(`POST /${path} HTTP/1.1\r\n`)) complaints.push('the request is no POST to its path');
  if (sent.kind === 'text') {
    if (body !== latin1(sent.text)) complaints.push('the body arrived as another');
    if (!head.toLowerCase().includes(`content-type: ${sent.contentType}`))
      complaints.push('the content type arrived as another');
    return complaints;
  }
  const boundary = /^content-type: *multipart\/form-data; *boundary="?([^"\r\n]+)"?/im.exec(head)?.[1] ?? '';
  const parts = body.split(`--${boundary}`).slice(1, -1);
  const contents = (sent.files.map(({ content }) => content) as readonly unknown[]).map((content) =>
    content instanceof Uint8Array ? String.fromCharCode(...content) : 'a\nb',
  );
  const expected = [
    ...sent.fields.map(([name, value]) => [`; name="${written(name)}"`, latin1(value)]),
    ...sent.files.map(({ name }, at) => [
      `; filename="${files === 'named' ? written(name) : `file${at}`}"`,
      contents[at]!,
    ]),
  ];
  const found = parts.map((part) => {
    const end = part.indexOf('\r\n\r\n');
    const disposition =
      /^content-disposition: *form-data(; name="[^"\r\n]*")(; filename="[^"\r\n]*")?$/im.exec(
        part.slice(0, end),
      );
    return [disposition?.[2] ?? disposition?.[1], part.slice(end + 4, -2)];
  });
  if (boundary === '' || JSON.stringify(found) !== JSON.stringify(expected))
    complaints.push('a part of the form arrived as another');
  return complaints;
}

/** A name in a form, as browsers write it. */
const written = (name: string): string =>
  latin1(name.replaceAll('"', '%22').replaceAll('\r', '%0D').replaceAll('\n', '%0A'));

const addressOf = (
  { target = 'server', script, fault }: Case,
  server: ScriptedServer,
  closed: number,
): string => {
  if (target === 'nowhere') return 'https://gateway.invalid';
  if (target === 'closed') return `http://127.0.0.1:${closed}`;
  return `${script?.tls || fault === 'no connection in time' ? 'https' : 'http'}://127.0.0.1:${server.port}`;
};

/** Whatever happens, a trial is over by then: its own limits are far below. */
const trialWithinMs = ({ trial: { times = 1, together = 1 } = {} }: Case): number =>
  4500 + 100 * times * together;

/** What a case may take in all, in milliseconds. */
const caseWithinMs = (one: Case): number => trialWithinMs(one) + releasedWithinMs + 5000;

/** So long after the server has what it waits for a trial is given up: what it has answered has come by then. */
const readMs = 50;

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** What comes of a promise, or `undefined` when it takes too long. */
async function within<Value>(promise: Promise<Value>, ms: number): Promise<Value | undefined> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<undefined>((resolve) => (timer = setTimeout(() => resolve(undefined), ms)));
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
    promise.catch(() => undefined);
  }
}

/** Tries one case. */
export async function tryCase(one: Case, subject: Subject): Promise<Verdict> {
  const { fault, trial = {}, byAttempt, retryAfter, elsewhere: where } = one;
  const difference = subject.differences?.[fault];
  const expected = difference ?? one;
  const other = await openServer({ onRequest: [['end']], tls: where === 'other scheme' });
  const elsewhere = where
    ? `${where === 'other scheme' ? 'https' : 'http'}://127.0.0.1:${other.port}/sys/send.php`
    : '';
  const server = await openServer(pointed(one.script ?? {}, elsewhere));
  const closed = await closedPort();
  const complaints: string[] = [];
  try {
    const host = addressOf(one, server, closed);
    const whole: Trial = {
      ...trial,
      options: { ...trial.options, host: byAttempt ? `http://127.0.0.1:${closed}` : host },
      ...(byAttempt && { attemptHost: host }),
    };
    const attempts = (trial.times ?? 1) * (trial.together ?? 1);
    const begun =
      typeof trial.abort === 'number' ? server.reached(attempts).then(() => pause(readMs)) : undefined;
    const trying = subject.run ? subject.run(whole) : runTrial(subject.transport!, whole, begun);
    const limit = trialWithinMs(one);
    const seen = await within(trying, limit);
    if (!seen) return { fault, outcome: 'unknown', complaints: [`it did not end within ${limit} ms`] };
    complaints.push(...seen.wrong);
    if (seen.outcome !== expected.outcome)
      complaints.push(
        `it was ${seen.outcome}, and has to be ${expected.outcome} (${seen.problem ?? 'no error'})`,
      );
    if (difference && seen.outcome === one.outcome && difference.outcome !== one.outcome)
      complaints.push('it is listed as a difference, and is none any more');
    const wanted = expected.requests ?? one.requests ?? attempts;
    if (wanted === 'fewer' ? server.requests.length >= attempts : server.requests.length !== wanted)
      complaints.push(`${server.requests.length} requests arrived, and have to be ${wanted}`);
    if (other.accepted() > 0) complaints.push('the redirect was followed');
    if (seen.retryAfter !== retryAfter)
      complaints.push(`Retry-After was handed on as ${seen.retryAfter ?? 'nothing'}`);
    if (seen.leak !== undefined) complaints.push(`a secret stands in ${seen.leak}`);
    if (seen.listeners !== 0)
      complaints.push(
        `${seen.listeners} listeners are left on the signal: pass a signal of your own to fetch`,
      );
    for (const request of server.requests) complaints.push(...complaintsOf(request, trial, subject));
    if (one.script?.onConnection ?? one.script?.onBegun) {
      server.readOn();
      await pause(readMs);
    }
    const end = performance.now() + releasedWithinMs;
    const left = (): number => (one.givenUp ? server.open() : server.busy());
    while (left() > 0 && performance.now() < end) await pause(5);
    if (left() > 0) complaints.push('a connection was not given up');
    const most =
      difference?.connections ?? Math.max(trial.abort === 'before' ? 0 : attempts, Number(wanted) || 0);
    if (server.accepted() > most)
      complaints.push(
        `${server.accepted()} connections were made for ${attempts} ${attempts === 1 ? 'attempt' : 'attempts'}`,
      );
    return { fault, outcome: seen.outcome, complaints };
  } finally {
    await Promise.all([server.close(), other.close()]);
  }
}

/**
 * Declares the contract: a test for each case.
 *
 * ```ts
 * import { contract } from '@smsc/conformance';
 * import { describe, it } from 'vitest';
 *
 * contract({ describe, it }, 'my transport', { transport: (options) => myTransport(options) });
 * ```
 */
export function contract({ describe, it }: Framework, name: string, subject: Subject): void {
  describe(`${name} keeps the contract`, () => {
    for (const one of cases) {
      it(
        `${one.fault}: ${(subject.differences?.[one.fault] ?? one).outcome}`,
        async () => {
          const { complaints } = await tryCase(one, subject);
          if (complaints.length > 0) throw new Error(complaints.join('; '));
        },
        caseWithinMs(one),
      );
    }
    it('every difference that is listed is one of a case', () => {
      const unknown = Object.keys(subject.differences ?? {}).filter(
        (fault) => !cases.some((one) => one.fault === fault),
      );
      return unknown.length > 0
        ? Promise.reject(new Error(`no such case: ${unknown.join(', ')}`))
        : Promise.resolve();
    });
  });
}
