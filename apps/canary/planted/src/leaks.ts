import { inspect } from 'node:util';
import { createClient } from '@smsc/client';
import { createSmscOver } from '@smsc/client/adapter';
import { balance, send, toRequest, TransportError, type WireRequest } from '@smsc/protocol';

// Leaks that are planted, one in each function, to see that each is found. None of them is in any package.

const input = { to: '380501112233', text: 'Sesame, open up' };
const credentials = { login: 'planted', password: 'swordfish' };
const made = (): WireRequest => toRequest(send, input, credentials);
const error = (): TransportError =>
  new TransportError('send: failed (ECONNRESET); the request may have left', 'sent', 'network');

/** An error that the platform has made, which nobody sees being made, with what makes it one of the four. */
function foreign(): Error {
  try {
    return JSON.parse(credentials.password) as never;
  } catch (error) {
    return Object.assign(error as Error, { kind: 'transport', mayHaveHappened: true });
  }
}

export const leaks: Readonly<Record<string, () => unknown>> = {
  'the request in a cause': () => Object.assign(error(), { cause: { config: made() } }),
  'the request in the cause of a cause': () =>
    Object.assign(error(), { cause: new Error('x', { cause: { data: [made()] } }) }),
  'a password in a message': () => (made(), new Error(`cannot log in with ${credentials.password}`)),
  'a password in one of several errors': () => (
    made(),
    new AggregateError([new Error('x'), Object.assign(new TypeError('y'), { auth: credentials })], 'z')
  ),
  'a password in a hidden member': () => (
    made(),
    Object.defineProperty(error(), 'secret', { value: credentials.password })
  ),
  'a password under a symbol': () => (made(), Object.assign(error(), { [Symbol('config')]: credentials })),
  'a password in a map of a cause': () => Object.assign(error(), { cause: new Map([['config', made()]]) }),
  'a password in the query of a cause': () => (
    made(),
    Object.assign(error(), { cause: { query: new URLSearchParams({ psw: credentials.password }) } })
  ),
  'a password in the bytes of a cause': () => (
    made(),
    Object.assign(error(), { cause: { chunk: Buffer.from(`psw=${credentials.password}`) } })
  ),
  'a password of digits': () => (
    toRequest(send, input, { login: 'planted', password: '482117' }),
    new Error('cannot log in with 482117')
  ),
  'a password in what a call came to': () =>
    createClient({ transport: { send: () => Promise.reject(foreign()) }, credentials, retries: 0 })
      .call(balance, {})
      .catch(() => undefined),
  'a password in what a call of a ready client came to': () =>
    createSmscOver(
      { ...credentials, retries: 0 },
      undefined,
      () => ({ send: () => Promise.reject(foreign()) }),
      {},
    )
      .balance()
      .catch(() => undefined),
  'a text in a message': () => (made(), new RangeError(`«${input.text}» is too long`)),
  'a text as it stands in a form': () => (made(), new Error(`mes=${encodeURIComponent(input.text)}`)),
  'a number in a message': () => new Error('380671112233 cannot be reached'),
  'a number that is printed': () => process.stdout.write(`sent to 380671112233\n`),
  'a password that is logged': () => (made(), console.log('%o', credentials)),
  'a text that is warned of': () => (made(), console.warn(inspect(input))),
};

/** The same without a leak. */
export const innocent = (): unknown => {
  made();
  console.log('sent to 380•••••••33');
  return Object.assign(error(), { cause: new Error('connect ECONNREFUSED 127.0.0.1:8025') });
};

/** An error that is made when its test has ended. */
export const late = (): void => {
  made();
  setTimeout(() => Object.assign(error(), { cause: credentials }), 0);
};
