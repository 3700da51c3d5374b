import { format, types } from 'node:util';
import { type Mark, wholeMark } from './marks.ts';
import { membersOf } from './representations.ts';

// Watches a whole test run: every error that our own code creates, and everything that is printed.

/** Matches paths of our own sources. Errors that tests create do not count: some contain secrets on purpose. */
const ownSource = /\/(?:packages\/[^/]+|apps\/canary\/planted)\/src\//;
/** Matches stack frames of this file and of error constructors. The frame below them is the line that created the error. */
const constructorFrames = /\/apps\/canary\/src\/watch\.ts|\bnew \w+ \(/;

/** Matches a whole phone number: twelve digits that begin with 380 (Ukraine), or eleven digits that begin with 7 (Russia). */
const wholeNumber = /(?<![\d.])(?:380\d{9}|7\d{10})(?![\d.])/;

/**
 * Number of collected errors that starts a search before the test ends. The errors after the last such search are searched
 * at the end of the test, when they are complete.
 */
const batchSize = 500;
/** Maximum number of secrets that are remembered. The latest are enough, because an error is about the latest requests. */
const maxSecrets = 40;
/** Minimum length of a remembered text of an input. A shorter text could be a word that a program prints anyway. */
const minTextLength = 8;
/** Shortest credential that is remembered. */
const minCredentialLength = 6;

let madeErrors: Error[] = [];
/** Errors that callers of a client received. */
let callErrors: Error[] = [];
let leaks: string[] = [];
const secrets = new Map<string, Mark>();
/** Secrets of the test that ended last. Its code may still create errors. */
let formerSecrets: readonly Mark[] = [];

/**
 * Returns the line of our source that created an error. `undefined` if other code created it. An error without a stack counts
 * as ours.
 */
function makerOf(error: Error): string | undefined {
  const frames = String(error.stack)
    .split('\n')
    .filter((line) => /^ {4}at /.test(line));
  if (frames.length === 0) return 'at an unknown place';
  const maker = frames.find((line) => !constructorFrames.test(line)) ?? '';
  return ownSource.test(maker) ? maker.trim() : undefined;
}

/** Returns the name of a secret whose value the text contains. */
function secretIn(text: string, marks: Iterable<Mark> = secrets.values()): string | undefined {
  if (wholeNumber.test(text)) return 'a whole number';
  const lower = text.toLowerCase();
  for (const { name, needles } of marks) if (needles.some((needle) => shows(lower, needle))) return name;
  return undefined;
}

/** Tells whether a text contains a needle. A needle of digits must not be part of a longer number. */
const shows = (text: string, needle: string): boolean =>
  text.includes(needle) && (/\D/.test(needle) || new RegExp(`(?<!\\d)${needle}(?!\\d)`).test(text));

/** Returns the contents of maps, sets, byte arrays and URL parameters. Runs no code of the object. */
function contentsOf(value: object): readonly unknown[] {
  if (types.isMap(value)) return [...Map.prototype.entries.call(value)].flat();
  if (types.isSet(value)) return [...Set.prototype.values.call(value)];
  if (types.isArrayBufferView(value))
    return [Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString()];
  if (types.isAnyArrayBuffer(value)) return [Buffer.from(value).toString()];
  return value instanceof URLSearchParams ? [...value].flat() : [];
}

/** Adds all texts inside an object to `texts`. Runs no code of the object. */
function textsOf(value: unknown, texts: string[], seen = new Set<unknown>()): string[] {
  if (typeof value === 'string') texts.push(value);
  if (typeof value !== 'object' || value === null || seen.has(value)) return texts;
  seen.add(value);
  for (const each of contentsOf(value)) textsOf(each, texts, seen);
  if (ArrayBuffer.isView(value)) return texts;
  for (const key of Reflect.ownKeys(value)) {
    // A stack contains only the message and positions in the source, and is slow to create. Message ids are not secret.
    if (key === 'stack' || key === 'id') continue;
    textsOf(Object.getOwnPropertyDescriptor(value, key)?.value, texts, seen);
  }
  return texts;
}

/** Searches all collected errors. Adds a line to `leaks` for each error that shows a secret. */
function searchErrors(marks: readonly Mark[] = [...secrets.values()]): void {
  const [made, received] = [madeErrors, callErrors];
  [madeErrors, callErrors] = [[], []];
  for (const error of received) {
    const secret = secretIn(textsOf(error, []).join('\n'), marks);
    if (secret !== undefined) leaks.push(`${secret} is in an error that a caller received`);
  }
  for (const error of made) {
    // Joined into one text for speed: property tests create hundreds of thousands of errors.
    const secret = secretIn(textsOf(error, []).join('\n'), marks);
    const maker = secret === undefined ? undefined : makerOf(error);
    if (maker === undefined) continue;
    const [place = 'an error'] = membersOf(error, 'an error').find(([, text]) => secretIn(text, marks)) ?? [];
    leaks.push(`${secret!} is in ${place}, made ${maker}`);
  }
}

function addMadeError(error: unknown): void {
  madeErrors.push(error as Error);
  if (madeErrors.length >= batchSize) searchErrors();
}

function searchOutput(text: string): void {
  const secret = secretIn(text);
  if (secret !== undefined) leaks.push(`${secret} is in the output`);
}

const errorClasses = [
  'Error',
  'TypeError',
  'RangeError',
  'SyntaxError',
  'AggregateError',
  'DOMException',
] as const;

/** Replaces a global error class by a proxy that reports each error that the class or a subclass creates. */
function watchClass(name: (typeof errorClasses)[number]): void {
  globalThis[name] = new Proxy(globalThis[name], {
    construct: (target, args, newTarget) => {
      const error = Reflect.construct(target, args, newTarget) as Error;
      addMadeError(error);
      return error;
    },
    apply: (target, self, args) => {
      const error = Reflect.apply(target as unknown as (...args: unknown[]) => Error, self, args);
      addMadeError(error);
      return error;
    },
  }) as never;
}

function watchOutput(): void {
  for (const name of ['log', 'info', 'warn', 'error', 'debug', 'trace', 'dir', 'table', 'group'] as const) {
    const print = console[name].bind(console) as (...args: unknown[]) => void;
    console[name] = (...args: unknown[]) => {
      searchOutput(format(...args));
      print(...args);
    };
  }
  for (const stream of [process.stdout, process.stderr]) {
    const write = stream.write.bind(stream) as (...args: unknown[]) => boolean;
    stream.write = (...args: unknown[]) => {
      const [chunk] = args;
      searchOutput(typeof chunk === 'string' ? chunk : Buffer.from(chunk as Uint8Array).toString());
      return write(...args);
    };
  }
  process.on('warning', (warning) => searchOutput(String(warning.stack)));
}

/** Starts watching. Call it before any code under test is loaded. */
export function watchErrorsAndOutput(): void {
  for (const name of errorClasses) watchClass(name);
  watchOutput();
}

/**
 * Matches the members of an input that contain personal texts. All other members contain keywords of the gateway, which an
 * error may list.
 */
const personalMembers = /^(?:to|text|comment|subject|notes|info|title|email|data|messages)$/;

function remember(value: unknown, minLength: number, name: string): void {
  // The contents of files do not count as secrets.
  for (const text of ArrayBuffer.isView(value) ? [] : textsOf(value, [])) {
    const trimmed = text.trim();
    // Texts of digits alone are phone numbers, which `wholeNumber` finds. A password of digits is remembered.
    if (trimmed.length >= minLength && (minLength === minCredentialLength || /\D/.test(trimmed)))
      secrets.set(trimmed, wholeMark(name, trimmed));
  }
}

/** Remembers the credentials and the texts of a request as secrets until its test has ended. */
export function learnSecrets(input: unknown, credentials: unknown): void {
  if (secrets.size > maxSecrets) {
    searchErrors();
    for (const text of secrets.keys()) if (secrets.size > maxSecrets / 2) secrets.delete(text);
  }
  remember(credentials, minCredentialLength, 'a credential');
  if (typeof input !== 'object' || input === null) return;
  for (const [key, { value }] of Object.entries(Object.getOwnPropertyDescriptors(input)))
    if (personalMembers.test(key)) remember(value, minTextLength, 'a text of an input');
}

/** Records the error that a client's call rejects with or returns in its outcome. Returns the call. */
export function watchCall<Result>(call: Promise<Result>): Promise<Result> {
  const note = (result: unknown): void => {
    const error = types.isNativeError(result)
      ? result
      : (Object(result) as { readonly error?: unknown }).error;
    if (types.isNativeError(error)) callErrors.push(error);
  };
  call.then(note, note);
  return call;
}

/** Returns the leaks found since the last call, and forgets them. Keeps the secrets of the ended test for late errors. */
export function takeLeaks(): readonly string[] {
  searchErrors();
  const found = [...new Set(leaks)];
  leaks = [];
  formerSecrets = [...secrets.values()];
  secrets.clear();
  return found;
}

/** Returns the leaks found since the last test ended. */
export function takeLateLeaks(): readonly string[] {
  searchErrors(formerSecrets);
  return [...new Set(leaks)];
}
