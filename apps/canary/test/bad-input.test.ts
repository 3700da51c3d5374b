import { inspect } from 'node:util';
import { check, type Charset, koi8r, windows1251 } from '@smsc/protocol';
import { type CallbackRequest, callbackHandler, readCallback } from '@smsc/protocol/callbacks';
import { createClient, recipientThrottle, unwrap } from '@smsc/client';
import { createSmsc } from '@smsc/fetch';
import { telemetry } from '@smsc/opentelemetry';
import { describe, expect, it } from 'vitest';
import { fieldsOf, operations } from '../../../packages/protocol/test/operations.ts';
import { apiKey, marks, password, phone, text } from '../src/marks.ts';
import { leaksOf } from '../src/scan.ts';
import { oneOfEach } from './inputs.ts';

const never = (): Promise<never> => Promise.reject(new Error('unexpected request'));
const refuse = (): never => {
  throw new Error('unexpected access');
};

class Message {
  readonly to = phone.value;
  get text(): string {
    throw new Error(text.value);
  }
}

/** Returns invalid values that contain a mark. */
function badValues(mark: string): readonly unknown[] {
  return [
    mark,
    `${mark}\0`,
    `${mark}\n~~~\n${mark}`,
    `\ud800${mark}`,
    ` ${mark}`,
    `${mark},${mark}`,
    `${mark}:${mark};`,
    `http://${mark}@`,
    mark.repeat(500),
    Number.parseInt(mark, 10),
    BigInt(`0x${Buffer.from(mark).toString('hex')}`),
    Symbol(mark),
    new Date(NaN),
    new Error(mark),
    new Message(),
    new Map([[mark, mark]]),
    new Set([mark]),
    Buffer.from(mark),
    new String(mark),
    () => mark,
    Promise.resolve(mark),
    [mark],
    [[mark]],
    [{ [mark]: mark }],
    [undefined, mark],
    { [mark]: mark },
    { at: mark, local: mark, from: mark, to: mark },
    { to: mark, text: mark, id: mark },
    { group: mark },
    { name: mark, content: mark },
    [{ name: mark, content: mark }],
    Object.defineProperty({}, 'to', { get: refuse, enumerable: true }),
    Object.create({ to: mark }),
    { toString: () => mark, valueOf: () => mark, toJSON: () => mark },
  ];
}

/**
 * Invalid values with every mark. The phone number is in values of its own, because some members accept a phone number and no
 * other mark.
 */
const allBad = [phone.value, `${password.value} ${apiKey.value} ${text.value}`].flatMap(badValues);

/** Returns the leaks of an error or result. Skips an error whose name, message and members were searched before. */
function newLeaksOf(error: unknown, path: string, known: Set<string>): readonly string[] {
  const words =
    error instanceof Error ? `${error.name} ${error.message} ${Object.keys(error).join(' ')}` : undefined;
  if (words !== undefined && known.has(words)) return [];
  if (words !== undefined) known.add(words);
  return leaksOf(error, path);
}

/** Returns the result of a call, or the error that it throws. */
async function resultOf(call: () => unknown): Promise<unknown> {
  try {
    return await call();
  } catch (error) {
    return error;
  }
}

describe('an error about invalid input', () => {
  it.each(oneOfEach.map((sample) => [sample.operation.name, sample] as const))(
    'does not show the input of %s',
    async (name, { operation, input }) => {
      const client = createClient({
        transport: { send: never },
        retries: 0,
        credentials: { login: 'canary', password: password.value },
      });
      let refused = 0;
      const known = new Set<string>();
      const leaks: string[] = [];
      for (const value of allBad) {
        const inputs = [
          value,
          { ...input, [inspect(value)]: value },
          ...Object.keys(fieldsOf(operation)).map((field) => ({ ...input, [field]: value })),
        ];
        for (const [at, bad] of inputs.entries()) {
          for (const charset of at < 2 ? [undefined, windows1251, koi8r] : [undefined]) {
            const error = await resultOf(() => check(operation, bad as object, { charset }));
            leaks.push(...newLeaksOf(error, `check of ${name}`, known));
          }
          const error = await resultOf(() => client.call(operation, bad));
          if ((error as { kind?: string }).kind === 'invalid-input') refused++;
          leaks.push(...newLeaksOf(error, name, known));
        }
      }
      expect([...new Set(leaks)]).toEqual([]);
      expect(refused).toBeGreaterThan(allBad.length);
    },
  );

  it('does not show credentials', async () => {
    const leaks: string[] = [];
    const known = new Set<string>();
    for (const operation of [operations['balance']!, operations['send']!]) {
      for (const bad of allBad) {
        for (const credentials of [
          bad,
          { apiKey: bad },
          { login: bad, password: password.value },
          { login: 'a', password: bad },
          { login: 'a', password: password.value, apiKey: bad },
          { login: 'a', psw: bad },
        ]) {
          const error = await resultOf(() =>
            createClient({ transport: { send: never }, credentials: credentials as never }).call(
              operation,
              {},
            ),
          );
          leaks.push(...newLeaksOf(error, operation.name, known));
        }
      }
    }
    expect([...new Set(leaks)]).toEqual([]);
  });

  it('does not show options, whichever function they are passed to', async () => {
    const names = [
      'transport',
      'credentials',
      'format',
      'charset',
      'body',
      'createId',
      'hosts',
      'retries',
      'callTimeoutMs',
      'maxInFlight',
      'breaker',
      'interceptors',
      'ledger',
      'recipientThrottle',
      'clock',
      'random',
      'host',
      'fetch',
      'timeoutMs',
      'maxReplyBytes',
      'login',
      'password',
      'apiKey',
      'secret',
      'algorithms',
      'unsigned',
      'maxBytes',
      'onCallback',
      'store',
      'ids',
      'now',
      'tracerProvider',
      'meterProvider',
      'messages',
      'pauseMs',
      'signal',
      'onProgress',
    ];
    const functions: readonly ((options: never) => unknown)[] = [
      createClient,
      createSmsc,
      telemetry,
      recipientThrottle,
      unwrap,
      callbackHandler,
      (options) => readCallback({ body: '' }, options),
      (options) =>
        createClient({ transport: { send: never }, credentials: { apiKey: apiKey.value } }).call(
          oneOfEach[0]!.operation,
          oneOfEach[0]!.input,
          options,
        ),
      (options) =>
        createClient({ transport: { send: never }, credentials: { apiKey: apiKey.value } }).recover(options),
    ];
    const leaks: string[] = [];
    const known = new Set<string>();
    for (const call of functions)
      for (const bad of allBad)
        for (const options of [
          bad,
          ...names.map((name) => ({ [name]: bad })),
          { apiKey: apiKey.value, [inspect(bad)]: bad },
        ])
          leaks.push(...newLeaksOf(await resultOf(() => call(options as never)), 'options', known));
    expect([...new Set(leaks)]).toEqual([]);
  });
});

describe('a secret', () => {
  const credentials = [{ login: 'canary', password: password.value }, { apiKey: apiKey.value }];

  it.each(credentials)('is not shown by a client that holds it: credentials %#', async (who) => {
    const copy = { ...who };
    const smsc = createSmsc(
      { ...copy, host: 'http://127.0.0.1:1', retries: 0 },
      { completionCertificate: operations['completionCertificate']! },
    );
    const sent = await smsc.send({ to: phone.value, text: text.value });
    expect(sent.outcome).not.toBe('accepted');
    expect(leaksOf(sent, 'an outcome')).toEqual([]);
    expect(leaksOf([smsc, smsc.call, smsc.send], 'the client')).toEqual([]);
    const registries = Object.getOwnPropertySymbols(globalThis).map(
      (symbol) => (globalThis as Record<symbol, unknown>)[symbol],
    );
    expect(leaksOf(registries, 'the globals of the process')).toEqual([]);
  });

  it('is not shown by an error about characters that a charset lacks', async () => {
    const charsets: readonly Charset[] = [windows1251, koi8r];
    for (const charset of charsets)
      for (const { value } of marks)
        expect(leaksOf(await resultOf(() => charset.percent(`日${value}👋`)), charset.name)).toEqual([]);
  });
});

describe('an error about an invalid callback', () => {
  const everything = marks.map(({ value }) => value).join(' ');
  const fields = [
    'id',
    'phone',
    'status',
    'time',
    'ts',
    'err',
    'type',
    'cost',
    'sender',
    'mes',
    'to',
    'waitcall',
    'md5',
    'sha1',
    'imsi',
    'cn',
    everything,
  ];
  const pairs = (field: string): readonly (readonly [string, string])[] =>
    fields.map((name) => [name, name === field ? everything : name === 'phone' ? phone.value : '1']);
  const requests: readonly CallbackRequest[] = fields.flatMap((field) => {
    const form = new URLSearchParams(pairs(field) as [string, string][]).toString();
    const bodies = [
      form,
      form.replace(/&/g, `&${everything}`),
      JSON.stringify(Object.fromEntries(pairs(field))),
      JSON.stringify({ phone: [everything] }),
      `{"${everything}`,
      `<a><${field}>${everything}</${field}></b>`,
      `<!DOCTYPE ${everything}>`,
      everything,
    ];
    return [
      { url: `/hook?${form}` },
      { method: everything, body: form },
      ...bodies.flatMap((body) => [
        { body },
        { body: Buffer.from(body), contentType: `text/html; charset=${everything}` },
      ]),
    ];
  });

  it('does not show the callback', () => {
    const leaks = requests.flatMap((request) =>
      [
        { secret: password.value },
        { secret: password.value, maxBytes: 5 },
        { unsigned: 'i-check-by-status' as const },
      ].flatMap((options) => {
        try {
          readCallback(request, options);
          return [];
        } catch (error) {
          return leaksOf(error, 'the error');
        }
      }),
    );
    expect([...new Set(leaks)]).toEqual([]);
  });
});
