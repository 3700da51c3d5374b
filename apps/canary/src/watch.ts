import { format } from 'node:util';
import { type Mark, marks, wholeMark } from './marks.ts';
import { leaksIn } from './scan.ts';
import { membersOf } from './tell.ts';

// What a whole run of tests is watched for: every error that our own code makes, and everything that is printed.

/** Source whose errors are ours. Tests make errors that hold secrets on purpose, to see what becomes of them. */
const ours = /\/(?:packages\/[^/]+|apps\/canary\/planted)\/src\//;
/** Where an error is made, but not why. */
const makers = /\/apps\/canary\/src\/watch\.ts|\bnew \w+ \(/;

/** A number of twelve digits that begins like a Ukrainian one, or of eleven like a Russian one: nobody's, or somebody's. */
const wholeNumber = /(?<![\d.])(?:380\d{9}|7\d{10})(?![\d.])/;

/** Errors are looked at when a test has ended, when all has been added to them that will be; or when there are so many. */
const batch = 500;
/** Words of so many characters can be told from what a program says by itself. */
const telling = 8;
/** A password may be shorter than that, and is as rare. */
const tellingSecret = 6;

let watched: Error[] = [];
let found: string[] = [];
const learnt = new Map<string, Mark>();

/** The line of our source that made an error, if it is one of ours. */
function makerOf(error: Error): string | undefined {
  const frames = String(error.stack).split('\n').filter((line) => /^ {4}at /.test(line) && !makers.test(line));
  return frames[0] !== undefined && ours.test(frames[0]) ? frames[0].trim() : undefined;
}

function leaks(tellings: Parameters<typeof leaksIn>[0]): readonly string[] {
  const numbers = tellings.filter(([, words]) => wholeNumber.test(words)).map(([path]) => `a whole number is in ${path}`);
  return [...leaksIn(tellings, [...marks, ...learnt.values()]), ...numbers];
}

function look(): void {
  for (const error of watched) {
    const complaints = leaks(membersOf(error, 'an error'));
    const maker = complaints.length > 0 ? makerOf(error) : undefined;
    if (maker !== undefined) found.push(`${complaints[0]!}, made ${maker}`);
  }
  watched = [];
}

function note(error: unknown): void {
  watched.push(error as Error);
  if (watched.length >= batch) look();
}

function printed(words: string): void {
  const [complaint] = leaks([['what was printed', words]]);
  if (complaint !== undefined) found.push(complaint);
}

/** Lets every error of a class be seen when it is made, those of classes that extend it included. */
function watchClass(name: 'Error' | 'TypeError' | 'RangeError' | 'SyntaxError' | 'AggregateError' | 'DOMException'): void {
  globalThis[name] = new Proxy(globalThis[name], {
    construct: (target, args, newTarget) => {
      const error = Reflect.construct(target, args, newTarget) as Error;
      note(error);
      return error;
    },
    apply: (target, self, args) => {
      const error = Reflect.apply(target as unknown as (...args: unknown[]) => Error, self, args);
      note(error);
      return error;
    },
  }) as never;
}

function watchOutput(): void {
  for (const name of ['log', 'info', 'warn', 'error', 'debug', 'trace', 'dir', 'table', 'group'] as const) {
    const print = console[name].bind(console) as (...args: unknown[]) => void;
    console[name] = (...args: unknown[]) => {
      printed(format(...args));
      print(...args);
    };
  }
  for (const stream of [process.stdout, process.stderr]) {
    const write = stream.write.bind(stream) as (...args: unknown[]) => boolean;
    stream.write = (...args: unknown[]) => {
      const [chunk] = args;
      printed(typeof chunk === 'string' ? chunk : Buffer.from(chunk as Uint8Array).toString());
      return write(...args);
    };
  }
  process.on('warning', (warning) => printed(String(warning.stack)));
}

/** Begins to watch, before anything of ours is loaded. */
export function watch(): void {
  for (const name of ['Error', 'TypeError', 'RangeError', 'SyntaxError', 'AggregateError', 'DOMException'] as const) watchClass(name);
  watchOutput();
}

function texts(value: unknown, least: number): readonly string[] {
  return membersOf(value, '').filter(([path, words]) => !path.startsWith('a name in ') && /\D/.test(words) && words.trim().length >= least).map(([, words]) => words.trim());
}

/** What a test sends is a mark until it has ended: credentials, and whatever stands in an input. */
export function learn(input: unknown, credentials: unknown): void {
  for (const words of texts(credentials, tellingSecret)) if (!learnt.has(words)) learnt.set(words, wholeMark('a credential', words));
  for (const words of texts(input, telling)) if (!learnt.has(words)) learnt.set(words, wholeMark('a text of an input', words));
  // A property test sends thousands, and an error is about what was sent last.
  for (const words of learnt.keys()) if (learnt.size > batch) learnt.delete(words);
}

/** What has leaked since this was asked last. Forgets what it has learnt. */
export function leaked(): readonly string[] {
  look();
  const leaks = [...new Set(found)];
  found = [];
  learnt.clear();
  return leaks;
}
