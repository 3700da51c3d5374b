import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createGateway, type GatewayReply } from '../src/index.ts';
import { form, noon } from './ask.ts';

const names = [
  'login', 'psw', 'apikey', 'phones', 'mes', 'id', 'sender', 'translit', 'tinyurl', 'time', 'tz', 'period', 'freq', 'flash', 'bin', 'push', 'hlr', 'ping', 'mms', 'mail',
  'soc', 'viber', 'whatsapp', 'tg', 'bot', 'smsreq', 'fileurl', 'call', 'voice', 'param', 'subj', 'charset', 'cost', 'fmt', 'list', 'nl', 'valid', 'maxsms', 'imgcode',
  'userip', 'err', 'op', 'pp', 'phone', 'all', 'del', 'cur', '__proto__', 'constructor', 'toString', '',
];
const values = fc.oneof(
  fc.constantFrom('0', '1', '2', '3', '-1', '', 'demo', '380501234567', 'G1', '+5', '9-20', '0101120000', 'utf-8', 'koi8-r', 'm, en', '00:01', 'a:b|c;d', '\n', '00FF', '__HLR__'),
  fc.string({ unit: 'binary', maxLength: 200 }),
  fc.integer().map(String),
);
const paths = fc.constantFrom('/sys/send.php', '/rest/send/', '/sys/status.php', '/sys/balance.php', '/', '');
const types = fc.constantFrom(undefined, '', 'application/json', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=XX', 'multipart/form-data', 'text/xml; q');
const instants = fc.constantFrom(0, -1, noon, noon + 1, 8.64e15, Number.NaN, Number.MAX_VALUE);

function expectReply({ status, body, contentType }: GatewayReply): void {
  expect([200, 404, 405, 413]).toContain(status);
  expect(body).toBeInstanceOf(Uint8Array);
  expect(contentType).not.toBe('');
}

describe('any garbage gets a reply', () => {
  it('as parameters', () => {
    const gateway = createGateway({ groups: { 1: ['380501234567', ''] } });
    const params = fc.dictionary(fc.constantFrom(...names), values, { maxKeys: 12 });
    fc.assert(
      fc.property(paths, params, fc.boolean(), instants, (path, given, get, instant) => {
        const written = form({ login: 'demo', psw: 'demo', ...toWellFormed(given) });
        const body = Buffer.from(get ? '' : written);
        expectReply(gateway.handle({ method: get ? 'GET' : 'POST', url: get ? `${path}?${written}` : path, body }, instant));
      }),
      { numRuns: 4000 },
    );
  });

  it('as bytes', () => {
    const gateway = createGateway({ maxBodyBytes: 500 });
    fc.assert(
      fc.property(paths, types, fc.uint8Array({ maxLength: 600 }), fc.string({ unit: 'binary' }), (path, contentType, body, query) => {
        expectReply(gateway.handle({ method: 'POST', url: `${path}?${query}`, contentType, body }, noon));
      }),
      { numRuns: 2000 },
    );
  });

  it('as good requests with bytes changed', () => {
    const good = [
      form({ login: 'demo', psw: 'demo', phones: '380501234567,+79990000001', mes: 'Привет {€}', charset: 'utf-8', cost: 3, op: 1, fmt: 3, time: '13-20', tz: -1 }),
      '{"login":"demo","psw":"demo","phones":"380501234567","mes":"Їжак 👋","cost":1}',
      '--XX\r\nContent-Disposition: form-data; name="login"\r\n\r\ndemo\r\n--XX\r\nContent-Disposition: form-data; name="f"; filename="a"\r\n\r\nx\r\n--XX--\r\n',
    ];
    const gateway = createGateway();
    fc.assert(
      fc.property(fc.constantFrom(...good), fc.array(fc.tuple(fc.nat(), fc.nat(255)), { maxLength: 8 }), types, paths, (text, changes, contentType, url) => {
        const body = Buffer.from(text);
        for (const [at, byte] of changes) body[at % body.length] = byte;
        expectReply(gateway.handle({ method: 'POST', url, contentType, body }, noon));
      }),
      { numRuns: 3000 },
    );
  });

  it('as JSON values', () => {
    const gateway = createGateway();
    fc.assert(
      fc.property(fc.json(), fc.jsonValue(), (text, value) => {
        for (const body of [text, JSON.stringify({ login: 'demo', psw: 'demo', mes: value, phones: value })]) {
          expectReply(gateway.handle({ method: 'POST', url: '/rest/send/', contentType: 'application/json', body: Buffer.from(body) }, noon));
        }
      }),
      { numRuns: 1000 },
    );
  });

  it('and is counted', () => {
    const gateway = createGateway();
    gateway.handle({ method: 'GET', url: '/sys/balance.php', body: new Uint8Array() }, noon);
    expect(gateway.requests).toEqual({ received: 1, refused: 1, inFlight: 0 });
  });
});

/** Lone surrogates cannot be percent-encoded. */
const toWellFormed = (given: Record<string, string>): Record<string, string> =>
  Object.fromEntries(Object.entries(given).map(([name, value]) => [name, value.replace(/\p{Surrogate}/gu, '?')]));
