import { expect, it } from 'vitest';
import {
  addContact,
  changeSubAccount,
  check,
  InputError,
  koi8r,
  type Operation,
  send,
  type SendInput,
  sendSenderCode,
  toRequest,
  utf8,
  windows1251,
} from '../src/index.ts';

const credentials = { apiKey: 'k' };

it('an e-mail address that the charset cannot encode is an issue', () => {
  const input = { name: 'a', email: 'ї@a.org' };
  expect(check(addContact, input, { charset: utf8 })).toEqual([]);
  expect(check(addContact, input, { charset: koi8r })).toEqual([
    { path: 'email', message: 'expected one e-mail address in koi8-r, got a string of length 7' },
  ]);
  expect(() => toRequest(addContact, input, credentials, { charset: koi8r })).toThrow(InputError);
});

it.each<[input: SendInput, path: string]>([
  [{ kind: 'email', to: 'ї@a.org', subject: 'a', text: 'a', sender: 'a@a.org' }, 'to'],
  [{ kind: 'email', to: ['a@a.org', 'ї@a.org'], subject: 'a', text: 'a', sender: 'a@a.org' }, 'to[1]'],
  [{ kind: 'email', to: 'a@a.org', subject: 'a', text: 'a', sender: 'ї@a.org' }, 'sender'],
])('a recipient or sender that the charset cannot encode is an issue: %j', (input, path) => {
  expect(check(send, input, { charset: utf8 })).toEqual([]);
  expect(check(send, input, { charset: koi8r }).map((issue) => issue.path)).toContain(path);
  expect(() => toRequest(send, input, credentials, { charset: koi8r })).toThrow(InputError);
});

it.each<[operation: Operation<never, unknown>, input: object, param: string]>([
  [sendSenderCode, { sender: '380\u201150\u20101234567' }, 'sender'],
  [changeSubAccount, { login: 'a', secondPhone: '+380 (50) 123\u201145\u201167' }, 'phone2'],
])('a number is written without separators in every charset', (operation, input, param) => {
  for (const charset of [utf8, windows1251, koi8r]) {
    const { body } = toRequest(operation, input as never, credentials, { charset });
    expect(body.kind === 'text' && new URLSearchParams(body.text).get(param)?.replace('+', '')).toBe(
      '380501234567',
    );
  }
});
