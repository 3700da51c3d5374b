import { format } from 'node:util';
import { type Mark, wholeMark } from './marks.ts';
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
/** So many texts are remembered: an error is about what was sent last. */
const remembered = 40;
/** Words of so many characters can be told from what a program says by itself. */
const telling = 8;
/** A password may be shorter than that, and is as rare. */
const tellingSecret = 6;

let watched: Error[] = [];
let found: string[] = [];
const learnt = new Map<string, Mark>();

/** The line of our source that made an error, if it is one of ours. Where a test has switched stacks off, each could be. */
function makerOf(error: Error): string | undefined {
  const frames = String(error.stack).split('\n').filter((line) => /^ {4}at /.test(line));
  if (frames.length === 0) return 'nobody knows where';
  const maker = frames.find((line) => !makers.test(line)) ?? '';
  return ours.test(maker) ? maker.trim() : undefined;
}

/** What gives something away in a text, in words that do not. */
function given(words: string): string | undefined {
  if (wholeNumber.test(words)) return 'a whole number';
  const lower = words.toLowerCase();
  for (const { name, needles } of learnt.values()) if (needles.some((needle) => lower.includes(needle))) return name;
  return undefined;
}

/** The texts that an object holds, without running anything of it. */
function textsOf(value: unknown, into: string[], seen = new Set<unknown>()): string[] {
  if (typeof value === 'string') into.push(value);
  if (typeof value !== 'object' || value === null || seen.has(value)) return into;
  seen.add(value);
  if (ArrayBuffer.isView(value)) return into;
  for (const key of Reflect.ownKeys(value)) {
    // A stack is its message and the places of the source, and to write one down takes longer than all the rest. Ids are
    // what messages are known by.
    if (key === 'stack' || key === 'id') continue;
    textsOf(Object.getOwnPropertyDescriptor(value, key)?.value, into, seen);
  }
  return into;
}

function look(): void {
  const errors = watched;
  watched = [];
  for (const error of errors) {
    // All at once, since property tests make hundreds of thousands.
    const what = given(textsOf(error, []).join('\n'));
    const maker = what === undefined ? undefined : makerOf(error);
    if (maker !== undefined) found.push(`${what!} is in ${membersOf(error, 'an error').find(([, words]) => given(words))?.[0] ?? 'an error'}, made ${maker}`);
  }
}

function note(error: unknown): void {
  watched.push(error as Error);
  if (watched.length >= batch) look();
}

function printed(words: string): void {
  const what = given(words);
  if (what !== undefined) found.push(`${what} is in what was printed`);
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

/** Members that hold what people write, or who they are. Others are the gateway's words, which a complaint may well list. */
const telltale = /^(?:to|text|comment|subject|notes|info|title|email|data|messages)$/;

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
  if (typeof input !== 'object' || input === null) return;
  for (const [key, { value }] of Object.entries(Object.getOwnPropertyDescriptors(input))) if (telltale.test(key)) remember(value, telling, 'a text of an input');
}

/** What has leaked since this was asked last. Forgets what it has learnt. */
export function leaked(): readonly string[] {
  look();
  const leaks = [...new Set(found)];
  found = [];
  learnt.clear();
  return leaks;
}
