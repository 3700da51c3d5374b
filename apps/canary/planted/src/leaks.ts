import { inspect } from 'node:util';
import { createClient } from '@smsc/client';
import { createSmscOver } from '@smsc/client/adapter';
import { balance, send, toRequest, TransportError, type WireRequest } from '@smsc/protocol';

// Planted leaks, one in each function. test/planted.test.ts checks that each of them fails its test.

const input = { to: '380501112233', text: 'Sesame, open up' };
const credentials = { login: 'planted', password: 'swordfish' };
const written = (): WireRequest => toRequest(send, input, credentials);
const error = (): TransportError =>
  new TransportError('send: failed (ECONNRESET); the request may have been sent', 'sent', 'network');

/** Returns an error with the members of our own errors. The platform creates it, so the watcher does not see its creation. */
function platformError(): Error {
  try {
    return JSON.parse(credentials.password) as never;
  } catch (error) {
    return Object.assign(error as Error, { kind: 'transport', mayHaveHappened: true });
  }
}

export const leaks: Readonly<Record<string, () => unknown>> = {
  'the request in a cause': () => Object.assign(error(), { cause: { config: written() } }),
  'the request in the cause of a cause': () =>
    Object.assign(error(), { cause: new Error('x', { cause: { data: [written()] } }) }),
  'a password in a message': () => (written(), new Error(`cannot log in with ${credentials.password}`)),
  'a password in one of several errors': () => (
    written(),
    new AggregateError([new Error('x'), Object.assign(new TypeError('y'), { auth: credentials })], 'z')
  ),
  'a password in a hidden member': () => (
    written(),
    Object.defineProperty(error(), 'secret', { value: credentials.password })
  ),
  'a password under a symbol': () => (written(), Object.assign(error(), { [Symbol('config')]: credentials })),
  'a password in a map of a cause': () => Object.assign(error(), { cause: new Map([['config', written()]]) }),
  'a password in the query of a cause': () => (
    written(),
    Object.assign(error(), { cause: { query: new URLSearchParams({ psw: credentials.password }) } })
  ),
  'a password in the bytes of a cause': () => (
    written(),
    Object.assign(error(), { cause: { chunk: Buffer.from(`psw=${credentials.password}`) } })
  ),
  'a password of digits': () => (
    toRequest(send, input, { login: 'planted', password: '482117' }),
    new Error('cannot log in with 482117')
  ),
  'a password in the error of a call': () =>
    createClient({ transport: { send: () => Promise.reject(platformError()) }, credentials, retries: 0 })
      .call(balance, {})
      .catch(() => undefined),
  'a password in the error of a bound method': () =>
    createSmscOver(
      { ...credentials, retries: 0 },
      undefined,
      () => ({ send: () => Promise.reject(platformError()) }),
      {},
    )
      .balance()
      .catch(() => undefined),
  'a text in a message': () => (written(), new RangeError(`«${input.text}» is too long`)),
  'a text in percent-encoding': () => (written(), new Error(`mes=${encodeURIComponent(input.text)}`)),
  'a number in a message': () => new Error('380671112233 cannot be reached'),
  'a printed number': () => process.stdout.write(`sent to 380671112233\n`),
  'a logged password': () => (written(), console.log('%o', credentials)),
  'a text in a warning': () => (written(), console.warn(inspect(input))),
};

/** Writes a request, prints a line and creates an error, all without a leak. */
export const withoutLeak = (): unknown => {
  written();
  console.log('sent to 380•••••••33');
  return Object.assign(error(), { cause: new Error('connect ECONNREFUSED 127.0.0.1:8025') });
};

/** Creates an error with a secret after its test has ended. */
export const late = (): void => {
  written();
  setTimeout(() => Object.assign(error(), { cause: credentials }), 0);
};
