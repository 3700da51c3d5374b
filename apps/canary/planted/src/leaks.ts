import { inspect } from 'node:util';
import { send, toRequest, TransportError, type WireRequest } from '@smsc/protocol';

// Leaks that are planted, one in each function, to see that each is found. None of them is in any package.

const input = { to: '380501112233', text: 'Sesame, open up' };
const credentials = { login: 'planted', password: 'swordfish' };
const made = (): WireRequest => toRequest(send, input, credentials);
const error = (): TransportError => new TransportError('send: failed (ECONNRESET); the request may have left', 'sent', 'network');

export const leaks: Readonly<Record<string, () => unknown>> = {
  'the request in a cause': () => Object.assign(error(), { cause: { config: made() } }),
  'the request in the cause of a cause': () => Object.assign(error(), { cause: new Error('x', { cause: { data: [made()] } }) }),
  'a password in a message': () => (made(), new Error(`cannot log in with ${credentials.password}`)),
  'a password in one of several errors': () => (made(), new AggregateError([new Error('x'), Object.assign(new TypeError('y'), { auth: credentials })], 'z')),
  'a password in a hidden member': () => (made(), Object.defineProperty(error(), 'secret', { value: credentials.password })),
  'a password under a symbol': () => (made(), Object.assign(error(), { [Symbol('config')]: credentials })),
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
