import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { apiKey, marks, password, phone, text } from '../src/marks.ts';
import { leaksOf } from '../src/scan.ts';

interface TestReport {
  readonly status: string;
  readonly title: string;
  readonly failureMessages: readonly string[];
}

interface FileReport {
  readonly name: string;
  readonly status: string;
  readonly message: string;
  readonly assertionResults: readonly TestReport[];
}

/** Runs tests that leak on purpose, with the same setup as all other test runs. */
describe('a planted leak', () => {
  const app = dirname(import.meta.dirname);
  let code: number | null = null;
  let tests: readonly TestReport[] = [];
  let files: readonly FileReport[] = [];

  beforeAll(() => {
    const vitest = join(dirname(createRequire(import.meta.url).resolve('vitest/package.json')), 'vitest.mjs');
    const report = join(app, 'planted/.reports/test.json');
    rmSync(report, { force: true });
    // The child process is a test run of its own, so it must not inherit the variables of this test run.
    const env = Object.fromEntries(
      Object.entries(process.env).filter(([name]) => !name.startsWith('VITEST')),
    );
    ({ status: code } = spawnSync(
      process.execPath,
      [vitest, 'run', '--root', join(app, 'planted'), '--config', join(app, '../../vitest.config.ts')],
      { env },
    ));
    files = (JSON.parse(readFileSync(report, 'utf8')) as { testResults: readonly FileReport[] }).testResults;
    tests = files.flatMap(({ assertionResults }) => assertionResults);
  });

  it('fails its own test, and no test without a leak', () => {
    expect(code).toBe(1);
    expect(tests.length).toBeGreaterThan(10);
    expect(
      tests
        .filter(({ status }) => status === 'passed')
        .map(({ title }) => title)
        .sort(),
    ).toEqual(['leaks nothing', 'leaks nothing during the test']);
  });

  it('fails its file if the error is made after the test', () => {
    const { status, message } = files.find(({ name }) => name.endsWith('late.test.ts'))!;
    expect(status).toBe('failed');
    expect(message).toMatch(/leaked:\na credential is in .*made at .*planted\/src\/leaks\.ts/);
  });

  it('is reported with its place and without the secret', () => {
    for (const { title, status, failureMessages } of tests) {
      if (status === 'passed') continue;
      expect([title, failureMessages.join()]).toEqual([
        title,
        expect.stringMatching(
          /^Error: leaked:\na (?:credential|text of an input|whole number) is in .*(?:made at .*planted\/src\/leaks\.ts|the output|an error that a caller received)/,
        ),
      ]);
      expect(failureMessages.join()).not.toMatch(/swordfish|Sesame|482117|380\d{9}/);
    }
  });
});

describe('leaksOf', () => {
  const secret = password.value;
  const body = new URLSearchParams({
    login: 'x',
    psw: secret,
    phones: phone.value,
    mes: text.value,
  }).toString();

  class Holder {
    readonly #secret = secret;
    get shown(): string {
      return this.#secret;
    }
  }

  it.each<readonly [name: string, value: unknown]>([
    ['in a string', `it was ${secret}`],
    ['in a piece of eight characters', `…${secret.slice(5, 13)}…`],
    ['in capitals', apiKey.value.toUpperCase()],
    ['in a form', body],
    ['in a form of windows-1251', '%CA%EE%E4%20%EA%E0%ED%E0%F0%E5%E9%EA%E8'],
    ['in JSON', JSON.stringify({ body })],
    [
      'in JSON of ASCII',
      '\\u041a\\u043e\\u0434 \\u043a\\u0430\\u043d\\u0430\\u0440\\u0435\\u0439\\u043a\\u0438',
    ],
    [
      'as code points',
      [...text.value]
        .map((character) => `U+${character.codePointAt(0)!.toString(16).padStart(4, '0').toUpperCase()}`)
        .join(', '),
    ],
    ['in a user data field', Buffer.from(text.value, 'utf16le').swap16().toString('hex')],
    [
      'in base64 at any alignment',
      ['', 'a', 'ab'].map((before) => Buffer.from(`${before}:${secret}`).toString('base64'))[1],
    ],
    ['in base64url', Buffer.from(`log:${secret}`).toString('base64url')],
    ['in bytes', Buffer.from(body)],
    ['in bytes printed as numbers', String([...Buffer.from(secret)])],
    ['in an ArrayBuffer', new Uint8Array(Buffer.from(`POST\r\n\r\n${body}`)).buffer],
    ['in a phone number with separators', { to: '+38 (050) 999-88-77' }],
    ['in a phone number of type number', { to: 380509998877 }],
    ['in a member name', { [secret]: 1 }],
    ['in a map', new Map([[{ a: secret }, 1]])],
    ['in a set of maps', new Set([new Map([[1, secret]])])],
    ['in a hidden member', Object.defineProperty({}, 'a', { value: secret })],
    ['under a symbol', { [Symbol('a')]: secret }],
    ['in a symbol', { a: Symbol(secret) }],
    ['in the value of a getter', new Holder()],
    [
      'in an error thrown by a getter',
      Object.defineProperty({}, 'a', {
        get: () => {
          throw new Error(secret);
        },
      }),
    ],
    ['in a prototype', Object.create({ a: { b: secret } })],
    ['in a member of a function', Object.assign(() => 1, { options: { secret } })],
    ['in the result of toJSON', { toJSON: () => secret }],
    ['in a cause', new Error('x', { cause: new Error('y', { cause: { config: { data: body } } }) })],
    ['in one of several errors', new AggregateError([new Error('x'), new Error(secret)])],
    ['in a stack', Object.assign(new Error('x'), { stack: `Error: ${secret}\n    at x` })],
    [
      'in a deeply nested member',
      JSON.parse(`${'{"a":['.repeat(50)}${JSON.stringify(secret)}${']}'.repeat(50)}`),
    ],
    [
      'behind a circular reference',
      (() => {
        const a: Record<string, unknown> = { secret };
        return (a['self'] = { a, b: [a] });
      })(),
    ],
  ])('finds a mark %s', (_, value) => {
    const leaks = leaksOf(value, 'it');
    expect(leaks.length).toBeGreaterThan(0);
    for (const { value: secret } of marks) expect(leaks.join()).not.toContain(secret);
  });

  it.each<readonly [name: string, value: unknown]>([
    ['a masked phone number', '380•••••••77'],
    ['seven characters of a secret', secret.slice(5, 12)],
    [
      'an error without a secret',
      new Error('send: failed (ECONNRESET); the request may have been sent', {
        cause: new TypeError('fetch failed'),
      }),
    ],
    ['global objects', { process, globalThis, console, Error }],
  ])('finds no mark in %s', (_, value) => {
    expect(leaksOf(value, 'it')).toEqual([]);
  });
});
