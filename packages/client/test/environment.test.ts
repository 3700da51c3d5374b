import { InputError } from '@smsc/protocol';
import { afterEach, expect, it, vi } from 'vitest';
import { createSmscOver } from '../src/adapter.ts';

const requests: string[] = [];
const create = (options: object = {}) =>
  createSmscOver(
    options as never,
    undefined,
    () => ({
      send: ({ body }) => {
        requests.push(body.kind === 'text' ? body.text : '');
        return Promise.resolve({ status: 200, body: new TextEncoder().encode('{"balance": "1"}') });
      },
    }),
    {},
  );

/** Returns the message of the error that a function throws. */
function messageOf(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    return (error as Error).message;
  }
  return 'nothing was thrown';
}

afterEach(() => {
  vi.unstubAllEnvs();
  vi.unstubAllGlobals();
  requests.length = 0;
});

it.each([
  ['an API key', { SMSC_API_KEY: 'k1', SMSC_LOGIN: 'alex', SMSC_PASSWORD: 'p1' }, /^apikey=k1&/],
  ['a login and a password', { SMSC_LOGIN: 'alex', SMSC_PASSWORD: 'p1' }, /^login=alex&psw=p1&/],
])('credentials are read from the environment: %s', async (_, variables, written) => {
  for (const [name, value] of Object.entries(variables)) vi.stubEnv(name, value);
  await create().balance();
  expect(requests[0]).toMatch(written);
});

it('credentials in the options win over the environment, and stay an error if they are incomplete', async () => {
  vi.stubEnv('SMSC_API_KEY', 'k1');
  await create({ apiKey: 'k2' }).balance();
  expect(requests[0]).toMatch(/^apikey=k2&/);
  expect(() => create({ login: 'alex' })).toThrow(InputError);
});

const none =
  'createSmsc: expected either { apiKey } or { login, password }, or the environment variables SMSC_API_KEY, or SMSC_LOGIN and SMSC_PASSWORD';
const incomplete = (name: string): string =>
  `createSmsc: environment.${name} expected text of 1 to 2000 utf-8 characters in one line, got undefined`;

it.each([
  [{}, none],
  [{ SMSC_LOGIN: 'alex' }, incomplete('password')],
  [{ SMSC_PASSWORD: 'p1' }, incomplete('login')],
])('an environment with %j is reported without showing a value', (variables, message) => {
  for (const name of ['SMSC_API_KEY', 'SMSC_LOGIN', 'SMSC_PASSWORD']) vi.stubEnv(name, undefined);
  for (const [name, value] of Object.entries(variables)) vi.stubEnv(name, value);
  expect(messageOf(() => create())).toBe(message);
});

const denied = {
  get env(): object {
    throw new Error('denied');
  },
};

it.each([
  ['no process', undefined],
  ['a denied permission', denied],
])('is reported as a missing environment: %s', (_, process) => {
  vi.stubGlobal('process', process);
  expect(messageOf(() => create())).toBe(none);
});

it('a polluted Object.prototype adds no credentials', () => {
  for (const name of ['SMSC_API_KEY', 'SMSC_LOGIN', 'SMSC_PASSWORD']) vi.stubEnv(name, undefined);
  const added = { SMSC_API_KEY: 'stolen', apiKey: 'stolen' };
  Object.assign(Object.prototype, added);
  try {
    expect(messageOf(() => create())).toBe(none);
  } finally {
    for (const name of Object.keys(added)) Reflect.deleteProperty(Object.prototype, name);
  }
});
