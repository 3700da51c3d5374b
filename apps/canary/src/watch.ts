import { format, types } from 'node:util';
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
/** What calls of a client have come to, whoever made it. */
let come: Error[] = [];
let found: string[] = [];
const learnt = new Map<string, Mark>();
/** What the test before has sent: an error can be made when its test has ended. */
let former: readonly Mark[] = [];

/** The line of our source that made an error, if it is one of ours. Where a test has switched stacks off, each could be. */
function makerOf(error: Error): string | undefined {
  const frames = String(error.stack)
    .split('\n')
    .filter((line) => /^ {4}at /.test(line));
  if (frames.length === 0) return 'nobody knows where';
  const maker = frames.find((line) => !makers.test(line)) ?? '';
  return ours.test(maker) ? maker.trim() : undefined;
}

/** What gives something away in a text, in words that do not. */
function given(words: string, marks: Iterable<Mark> = learnt.values()): string | undefined {
  if (wholeNumber.test(words)) return 'a whole number';
  const lower = words.toLowerCase();
  for (const { name, needles } of marks) if (needles.some((needle) => has(lower, needle))) return name;
  return undefined;
}

/** Digits are found where they stand by themselves: a longer number is another one. */
const has = (words: string, needle: string): boolean =>
  words.includes(needle) && (/\D/.test(needle) || new RegExp(`(?<!\\d)${needle}(?!\\d)`).test(words));

/** What of an object is no member of it, as far as nothing of it has to be run for that. */
function insideOf(value: object): readonly unknown[] {
  if (types.isMap(value)) return [...Map.prototype.entries.call(value)].flat();
  if (types.isSet(value)) return [...Set.prototype.values.call(value)];
  if (types.isArrayBufferView(value))
    return [Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString()];
  if (types.isAnyArrayBuffer(value)) return [Buffer.from(value).toString()];
  return value instanceof URLSearchParams ? [...value].flat() : [];
}

/** The texts that an object holds, without running anything of it. */
function textsOf(value: unknown, into: string[], seen = new Set<unknown>()): string[] {
  if (typeof value === 'string') into.push(value);
  if (typeof value !== 'object' || value === null || seen.has(value)) return into;
  seen.add(value);
  for (const each of insideOf(value)) textsOf(each, into, seen);
  if (ArrayBuffer.isView(value)) return into;
  for (const key of Reflect.ownKeys(value)) {
    // A stack is its message and the places of the source, and to write one down takes longer than all the rest. Ids are
    // what messages are known by.
    if (key === 'stack' || key === 'id') continue;
    textsOf(Object.getOwnPropertyDescriptor(value, key)?.value, into, seen);
  }
  return into;
}

function look(marks: readonly Mark[] = [...learnt.values()]): void {
  const [errors, fates] = [watched, come];
  [watched, come] = [[], []];
  for (const error of fates) {
    const what = given(textsOf(error, []).join('\n'), marks);
    if (what !== undefined) found.push(`${what} is in what a call came to`);
  }
  for (const error of errors) {
    // All at once, since property tests make hundreds of thousands.
    const what = given(textsOf(error, []).join('\n'), marks);
    const maker = what === undefined ? undefined : makerOf(error);
    if (maker !== undefined)
      found.push(
        `${what!} is in ${membersOf(error, 'an error').find(([, words]) => given(words, marks))?.[0] ?? 'an error'}, made ${maker}`,
      );
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
function watchClass(
  name: 'Error' | 'TypeError' | 'RangeError' | 'SyntaxError' | 'AggregateError' | 'DOMException',
): void {
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
  for (const name of [
    'Error',
    'TypeError',
    'RangeError',
    'SyntaxError',
    'AggregateError',
    'DOMException',
  ] as const)
    watchClass(name);
  watchOutput();
}

/** Members that hold what people write, or who they are. Others are the gateway's words, which a complaint may well list. */
const telltale = /^(?:to|text|comment|subject|notes|info|title|email|data|messages)$/;

function remember(value: unknown, least: number, name: string): void {
  // What is in files is theirs.
  for (const text of ArrayBuffer.isView(value) ? [] : textsOf(value, [])) {
    const words = text.trim();
    // What people write as digits alone is looked for as a number; a password is no number.
    if (words.length >= least && (least === tellingSecret || /\D/.test(words)))
      learnt.set(words, wholeMark(name, words));
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
  for (const [key, { value }] of Object.entries(Object.getOwnPropertyDescriptors(input)))
    if (telltale.test(key)) remember(value, telling, 'a text of an input');
}

/** Takes note of what a call of a client comes to, as far as it is an error: thrown, or of an outcome. A result is the caller's. */
export function noteFate<Fate>(call: Promise<Fate>): Promise<Fate> {
  const take = (fate: unknown): void => {
    const error = types.isNativeError(fate) ? fate : (Object(fate) as { readonly error?: unknown }).error;
    if (types.isNativeError(error)) come.push(error);
  };
  call.then(take, take);
  return call;
}

/** What has leaked since this was asked last. What was learnt is kept for what comes too late. */
export function leaked(): readonly string[] {
  look();
  const leaks = [...new Set(found)];
  found = [];
  former = [...learnt.values()];
  learnt.clear();
  return leaks;
}

/** What has leaked since the last test has ended. */
export function leakedAfterwards(): readonly string[] {
  look(former);
  return [...new Set(found)];
}
