import { resolve } from 'node:path';
import ts from 'typescript';
import { beforeAll, describe, expect, it } from 'vitest';

/** Inputs that must not compile, each with the pattern of the compiler's message. */
const refused: readonly (readonly [rule: string, type: string, value: string, reason: RegExp])[] = [
  [
    'an HLR request has no text',
    'SendInput',
    `{ kind: 'hlr', to, text }`,
    /'text' does not exist in type .*"hlr"/,
  ],
  ['a ping has no text', 'SendInput', `{ kind: 'ping', to, text }`, /'text' does not exist in type .*"ping"/],
  ['a message needs recipients', 'SendInput', `{ text }`, /'to' is missing/],
  ['a message needs a text', 'SendInput', `{ to }`, /'text' is missing/],
  ['validFor needs a unit', 'SendInput', `{ to, text, validFor: 5 }`, /'number' is not assignable/],
  [
    'an interval needs a period',
    'SendInput',
    `{ to, text, pacing: { everyMinutes: 5 } }`,
    /'hours' is missing in type/,
  ],
  [
    'a captcha needs the IP address of the visitor',
    'SendInput',
    `{ to, text, visitor: { captcha: 'x' } }`,
    /'ip' is missing in type/,
  ],
  [
    'an e-mail needs a subject',
    'SendInput',
    `{ kind: 'email', to, text, sender: 'a@b.org' }`,
    /'subject' is missing in type/,
  ],
  [
    'an e-mail needs a sender',
    'SendInput',
    `{ kind: 'email', to, text, subject: 's' }`,
    /'sender' is missing in type/,
  ],
  [
    'an e-mail needs a text',
    'SendInput',
    `{ kind: 'email', to, subject: 's', sender: 'a@b.org' }`,
    /'text' is missing in type/,
  ],
  [
    'an MMS needs a subject or a text',
    'SendInput',
    `{ kind: 'mms', to }`,
    /'subject' is missing in type|'text' is missing in type/,
  ],
  [
    'a call needs a text or a file',
    'SendInput',
    `{ kind: 'voice', to }`,
    /'(text|files|fileUrl)' is missing in type/,
  ],
  [
    'an SMS has no subject',
    'SendInput',
    `{ to, text, subject: 's' }`,
    /'kind' is missing in type|missing the following properties .*: kind,/,
  ],
  [
    'an SMS has no voice',
    'SendInput',
    `{ to, text, voice: 'w' }`,
    /'kind' is missing in type|missing the following properties .*: kind,/,
  ],
  [
    'an SMS has no files',
    'SendInput',
    `{ to, text, files: [] }`,
    /'kind' is missing in type|missing the following properties .*: kind,/,
  ],
  [
    'a flash message has no subject',
    'SendInput',
    `{ kind: 'flash', to, text, subject: 's' }`,
    /'subject' does not exist in type .*"flash"/,
  ],
  [
    'a call has no maximum of parts',
    'SendInput',
    `{ kind: 'voice', to, text, maxParts: 2 }`,
    /'maxParts' does not exist in type .*"voice"/,
  ],
  [
    'a binary message has no text',
    'SendInput',
    `{ kind: 'binary', to, data: 'ff', text }`,
    /'text' does not exist in type .*"binary"/,
  ],
  ['a binary message needs data', 'SendInput', `{ kind: 'binary', to }`, /'data' is missing in type/],
  [
    'a pid needs a dcs',
    'SendInput',
    `{ kind: 'binary', to, data: 'ff', scheme: { pid: 1 } }`,
    /'dcs' is missing in type/,
  ],
  [
    'a WAP push needs a title',
    'SendInput',
    `{ kind: 'wap-push', to, url: 'http://a.org' }`,
    /'title' is missing in type/,
  ],
  [
    'a Telegram message needs the name of a bot',
    'SendInput',
    `{ kind: 'telegram-bot', to, text }`,
    /'bot' is missing in type/,
  ],
  [
    'a language needs a voice',
    'SendInput',
    `{ kind: 'voice', to, text, voice: { language: 'en' } }`,
    /'name' is missing in type/,
  ],
  [
    'dialing needs all three members',
    'SendInput',
    `{ kind: 'voice', to, text, dialing: { wait: 10 } }`,
    /missing the following properties from type 'Dialing': interval, attempts/,
  ],
  [
    'an instant in local time needs an offset',
    'SendInput',
    `{ to, text, sendAt: { at: new Date(0) } }`,
    /'utcOffset' is missing in type|not assignable to type 'SendTime/,
  ],
  [
    'hours of sending need an end',
    'SendInput',
    `{ to, text, sendAt: { from: 9 } }`,
    /'to' is missing in type|not assignable to type 'SendTime/,
  ],
  ['a group has exactly one member', 'SendInput', `{ to: { grp: 1 }, text }`, /'grp' does not exist in type/],
  ['the kind must exist', 'SendInput', `{ kind: 'fax', to, text }`, /'"fax"' is not assignable to type/],
  ['translit is 1 or 2', 'SendInput', `{ to, text, translit: 3 }`, /Type '3' is not assignable to type/],
  [
    'a misspelt member is an error',
    'SendInput',
    `{ to, text, sendr: 'x' }`,
    /'sendr' does not exist in type/,
  ],
  [
    'the operation cost has no report',
    'CostInput',
    `{ to, text, report: 'cost' }`,
    /'report' does not exist in type/,
  ],
  [
    'an HLR request cannot be a list',
    'SendListInput',
    `{ kind: 'hlr', messages: [{ to, text }] }`,
    /'"hlr"' is not assignable to type/,
  ],
  [
    'an e-mail cannot be a list',
    'SendListInput',
    `{ kind: 'email', messages: [{ to, text }] }`,
    /'"email"' is not assignable to type/,
  ],
  [
    'a list has texts only in its messages',
    'SendListInput',
    `{ messages: [{ to, text }], text }`,
    /'string' is not assignable to type 'undefined'|'text' are incompatible/,
  ],
  [
    'a message of a list needs a text',
    'SendListInput',
    `{ messages: [{ to }] }`,
    /'text' is missing in type/,
  ],
  [
    'credentials have one of two forms',
    'Credentials',
    `{ login: 'a', password: 'b', apiKey: 'c' }`,
    /not assignable to type/,
  ],
  ['a login needs a password', 'Credentials', `{ login: 'a' }`, /'password' is missing in type/],
  [
    'an operation has a field for each member',
    `Fields<{ a: string; b?: number }>`,
    `{ a: field }`,
    /'b' is missing in type/,
  ],
];

/** Inputs that must compile. */
const allowed: readonly (readonly [type: string, value: string])[] = [
  ['SendInput', `{ to, text }`],
  ['SendInput', `{ kind: 'sms', to: [to, { group: 1 }], text, sender: undefined }`],
  ['SendInput', `{ kind: 'hlr', to }`],
  ['SendInput', `{ kind: 'mms', to, subject: 's' }`],
  ['SendInput', `{ kind: 'mms', to, text, subject: 's', files: [{ name: 'a', content: new Uint8Array() }] }`],
  ['SendInput', `{ kind: 'email', to, text, subject: 's', sender: 'a@b.org' }`],
  ['SendInput', `{ to, text, pacing: { hours: 1, everyMinutes: 5 }, visitor: { ip: '::1', captcha: 'x' } }`],
  ['SendInput', `{ to, text, sendAt: { at: new Date(0), utcOffset: 2 } }`],
  ['SendInput', `{ to, text, sendAt: '2026-11-24T10:00+02:00', validFor: { minutes: 90 }, report: 'none' }`],
  ['SendListInput', `{ messages: [{ to, text, sender: 's' }], maxParts: 2, report: 'balance' }`],
  ['SendListInput', `{ kind: 'voice', messages: [{ to, text }], voice: 'w' }`],
  ['CostInput', `{ kind: 'viber', to, text, perRecipient: true }`],
  ['Credentials', `{ apiKey: 'k' }`],
];

const file = resolve(import.meta.dirname, 'refused.virtual.ts');
const head = [
  `import type { CostInput, Credentials, Field, Fields, SendInput, SendListInput } from '../src/index.ts';`,
  `declare const to: string; declare const text: string; declare const field: Field<string>;`,
];
const line = (type: string, value: string, at: number): string => `export const c${at}: ${type} = ${value};`;

/** Compiles one line for each case. Returns the compiler's messages by the index of the case. */
function compile(lines: readonly string[]): ReadonlyMap<number, readonly string[]> {
  const { options } = ts.parseJsonConfigFileContent(
    ts.readConfigFile(resolve(import.meta.dirname, '../../../tsconfig.base.json'), ts.sys.readFile).config,
    ts.sys,
    import.meta.dirname,
  );
  const host = ts.createCompilerHost(options);
  const { readFile, fileExists, getSourceFile } = host;
  const source = [...head, ...lines].join('\n');
  host.fileExists = (name) => resolve(name) === file || fileExists(name);
  host.readFile = (name) => (resolve(name) === file ? source : readFile(name));
  host.getSourceFile = (name, ...rest) =>
    resolve(name) === file
      ? ts.createSourceFile(name, source, ts.ScriptTarget.ES2022)
      : getSourceFile(name, ...rest);
  const program = ts.createProgram([file], options, host);
  const found = new Map<number, string[]>();
  for (const diagnostic of program.getSemanticDiagnostics(program.getSourceFile(file))) {
    const at = diagnostic.file!.getLineAndCharacterOfPosition(diagnostic.start!).line - head.length;
    found.set(at, [...(found.get(at) ?? []), ts.flattenDiagnosticMessageText(diagnostic.messageText, '\n')]);
  }
  return found;
}

describe('the compiler', () => {
  let found: ReadonlyMap<number, readonly string[]>;
  beforeAll(() => {
    found = compile([
      ...refused.map(([, type, value], at) => line(type, value, at)),
      ...allowed.map(([type, value], at) => line(type, value, refused.length + at)),
    ]);
  });

  refused.forEach(([rule, type, value, reason], at) => {
    it(`rejects ${type} = ${value}: ${rule}`, () => {
      expect(found.get(at)).toHaveLength(1);
      expect(found.get(at)![0]).toMatch(reason);
    });
  });

  allowed.forEach(([type, value], at) => {
    it(`accepts ${type} = ${value}`, () => {
      expect(found.get(refused.length + at)).toBeUndefined();
    });
  });
});
