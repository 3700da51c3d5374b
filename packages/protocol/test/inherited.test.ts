import { whilePolluted } from '@smsc/testing/pollution';
import { expect, it } from 'vitest';
import { readCallbackBody } from '../src/callbacks/body.ts';
import {
  balance,
  callWithCode,
  changeSubAccount,
  cost,
  createJob,
  csvFormat,
  fromReply,
  send,
  toRequest,
  type WireReply,
} from '../src/index.ts';

const to = '380501234567';
const body = (text: string): WireReply => ({ status: 200, body: new TextEncoder().encode(text) });

/** Runs a function while `Object.prototype` has an accessor with the given name. */
function withAccessor<Value>(name: string, run: () => Value): Value {
  Object.defineProperty(Object.prototype, name, {
    configurable: true,
    get: () => 0x39,
    set: () => undefined,
  });
  try {
    return run();
  } finally {
    Reflect.deleteProperty(Object.prototype, name);
  }
}

it.each(['0', '1', '5'])('a reply is read correctly if Object.prototype has an accessor named %s', (name) => {
  const reply = body('1234.56');
  const options = { format: csvFormat };
  expect(withAccessor(name, () => fromReply(balance, reply, options)).balance).toBe('1234.56');
  const more = body('{"balance":"1","a":1,"b":2}');
  expect(withAccessor(name, () => fromReply(balance, more)).extra).toEqual({ a: 1, b: 2 });
});

it.each(['cost', 'mes', 'apikey', 'fmt', 'charset', 'phones'])(
  'a request keeps its %s if Object.prototype has an accessor of that name',
  (name) => {
    const written = (): unknown => toRequest(cost, { to, text: 'x' }, { apiKey: 'k' }).body;
    const clean = written();
    expect(withAccessor(name, written)).toEqual(clean);
  },
);

it('a JSON body is not changed by a toJSON on Object.prototype', () => {
  const written = (): unknown => toRequest(send, { to, text: 'x' }, { apiKey: 'k' }, { body: 'json' }).body;
  const clean = written();
  Object.defineProperty(Object.prototype, 'toJSON', { configurable: true, value: () => 'x' });
  try {
    expect(written()).toEqual(clean);
  } finally {
    Reflect.deleteProperty(Object.prototype, 'toJSON');
  }
});

it.each<[added: Record<string, unknown>, run: () => unknown]>([
  [
    { flags: [true] },
    () => toRequest(changeSubAccount, { login: 'a', emailToSms: { maxLength: 5 } }, { apiKey: 'k' }).body,
  ],
  [
    { from: 30 },
    () => toRequest(changeSubAccount, { login: 'a', emailToSms: { toHour: 5 } }, { apiKey: 'k' }).body,
  ],
  [
    { from: 9, to: 3 },
    () => toRequest(send, { to, text: 'x', sendAt: new Date(1795507200000) }, { apiKey: 'k' }).body,
  ],
  [{ minutes: 5 }, () => toRequest(send, { to, text: 'x', validFor: { hours: 2 } }, { apiKey: 'k' }).body],
  [{ sender: 'evil', report: 'balance' }, () => toRequest(send, { to, text: 'x' }, { apiKey: 'k' }).body],
  [{ kind: 'email' }, () => toRequest(createJob, { name: 'a', to, template: 5 }, { apiKey: 'k' }).body],
  [
    { bot: '5', title: '~~~' },
    () => toRequest(createJob, { name: 'a', to, template: 5 }, { apiKey: 'k' }).body,
  ],
  [
    { rows: { member: 'id', columns: [] } },
    () => fromReply(callWithCode, body('1,2,3'), { format: csvFormat }),
  ],
  [{ 1: '9' }, () => fromReply(balance, body('1'), { format: csvFormat })],
])('members of Object.prototype are ignored: %j', (added, run) => {
  const clean = run();
  expect(whilePolluted(added, run)).toEqual(clean);
});

it('the body of a callback is read if Object.prototype has a member done', async () => {
  const chunks = [Uint8Array.of(1, 2), Uint8Array.of(3)];
  const next = () => {
    const value = chunks.shift();
    return Promise.resolve(
      value ? { done: false as const, value } : { done: true as const, value: undefined },
    );
  };
  Object.defineProperty(Object.prototype, 'done', { configurable: true, value: true });
  try {
    expect(await readCallbackBody({ next, length: undefined }, 9)).toEqual(Uint8Array.of(1, 2, 3));
  } finally {
    Reflect.deleteProperty(Object.prototype, 'done');
  }
});

it('a member without a field is not encoded', () => {
  const operation = { ...send, fields: { ...send.fields, translit: undefined } } as unknown as typeof send;
  expect(() =>
    toRequest(operation, { to, text: 'a', translit: 1 }, { login: 'a', password: 'b' }),
  ).not.toThrow(TypeError);
});
