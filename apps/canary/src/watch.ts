import { format } from 'node:util';
import { type Mark, wholeMark } from './marks.ts';
import { leaksIn } from './scan.ts';
import { membersOf, type Telling } from './tell.ts';

// What a whole run of tests is watched for: every error that our own code makes, and everything that is printed.

/** Source whose errors are ours. Tests make errors that hold secrets on purpose, to see what becomes of them. */
const ours = /\/(?:packages\/[^/]+|apps\/canary\/planted)\/src\//;
/** Where an error is made, but not why. */
const makers = /\/apps\/canary\/src\/watch\.ts|\bnew \w+ \(/;

/** A number of twelve digits that begins like a Ukrainian one, or of eleven like a Russian one: nobody's, or somebody's. */
const wholeNumber = /(?<![\d.])(?:380\d{9}|7\d{10})(?![\d.])/;

/** Errors are looked at when a test has ended, when all has been added to them that will be; or when there are so many. */
const batch = 500;
/** So many texts are remembered: an error is about what was sent last. */
const remembered = 40;
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

function leaks(tellings: readonly Telling[]): readonly string[] {
  const numbers = tellings.filter(([, words]) => wholeNumber.test(words)).map(([path]) => `a whole number is in ${path}`);
  return [...leaksIn(tellings, [...learnt.values()]), ...numbers];
}

/** The texts that an object holds, without running anything of it. */
function textsOf(value: unknown, into: string[], seen = new Set<unknown>()): string[] {
  if (typeof value === 'string') into.push(value);
  if (((typeof value !== 'object' || value === null) && typeof value !== 'function') || seen.has(value)) return into;
  seen.add(value);
  if (ArrayBuffer.isView(value)) return into;
  for (const key of Reflect.ownKeys(value)) {
    // A stack is its message and the places of the source. To write one down takes longer than all the rest.
    if (key === 'stack') continue;
    textsOf(Object.getOwnPropertyDescriptor(value, key)?.value, into, seen);
  }
  return into;
}

/** Whether an error may show something: fast, since property tests make hundreds of thousands. */
function isSuspicious(error: Error): boolean {
  const words = textsOf(error, []).join('\n');
  if (wholeNumber.test(words)) return true;
  const lower = words.toLowerCase();
  for (const { needles } of learnt.values()) if (needles.some((needle) => lower.includes(needle))) return true;
  return false;
}

function look(): void {
  const errors = watched;
  watched = [];
  for (const error of errors) {
    const maker = isSuspicious(error) ? makerOf(error) : undefined;
    if (maker !== undefined) found.push(`${leaks(membersOf(error, 'an error'))[0] ?? 'something'}, made ${maker}`);
  }
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

function remember(value: unknown, least: number, name: string): void {
  for (const text of textsOf(value, [])) {
    const words = text.trim();
    // What is digits alone is looked for as a number.
    if (words.length >= least && /\D/.test(words)) learnt.set(words, wholeMark(name, words));
  }
}

/** What a test sends is a mark until it has ended: credentials, and whatever stands in an input. */
export function learn(input: unknown, credentials: unknown): void {
  if (learnt.size > remembered) {
    look();
    for (const words of learnt.keys()) if (learnt.size > remembered / 2) learnt.delete(words);
  }
  remember(credentials, tellingSecret, 'a credential');
  remember(input, telling, 'a text of an input');
}

/** What has leaked since this was asked last. Forgets what it has learnt. */
export function leaked(): readonly string[] {
  look();
  const leaks = [...new Set(found)];
  found = [];
  learnt.clear();
  return leaks;
}
