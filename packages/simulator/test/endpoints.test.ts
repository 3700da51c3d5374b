import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createGateway, type Gateway, type GatewayRequest } from '../src/index.ts';
import { routes } from '../src/endpoints/routes.ts';
import { endpoints as vectors, errorsByPath } from '../../protocol/test/endpoints.ts';
import { form, noon, type Params } from './submit.ts';

/** Names of all endpoints that operations use. */
const endpoints = [...errorsByPath.keys()].map((path) => path.replace(/^sys\/|\.php$/g, '')).sort();

/** Valid requests of endpoints. Default for an endpoint: the first request in its test vectors. */
const validRequests: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  documents: { add_account: '1', user: 'demo', sum: '5' },
  downloads: { get_list: '1' },
  get: { get_price: '1' },
  get_mnp: { date: '01.01.2025' },
  info: { get_operator: '1', phone: '380501234567' },
  jobs: { add: '1', name: 'm', phones: '380501234567', mes: 'Їжак' },
  op_templates: { add: '1', sender: 'SHOP', msg: 'Їжак', soc: '1' },
  phones: { add: '1', phone: '380501234567', name: 'Їжак' },
  ping: { id: '5', info: 'Їжак' },
  receive_phones: { get: '1' },
  send: { phones: '380501234567', mes: 'Їжак' },
  senders: { get: '1' },
  status: { id: '1', phone: '380501234567' },
  templates: { add: '1', name: 'Їжак', msg: 'Їжак' },
  tinyurls: { get: '1', id: '1' },
  users: { add: '1', user: 'shop', password: 'x' },
  wait_call: { phone: '380501234567' },
};

/** Parameters of the first request in the vectors of an endpoint. */
const firstParams = (name: string): Params =>
  Object.values(vectors).find(({ path, requests }) => path === `sys/${name}.php` && requests.length > 0)
    ?.requests[0]!.params ?? {};

const respond = (gateway: Gateway, request: Partial<GatewayRequest>): string =>
  Buffer.from(
    gateway.handle({ method: 'GET', url: '', body: new Uint8Array(), ...request }, noon).body,
  ).toString();
const open = (): Gateway =>
  createGateway({
    ported: [{ phone: '380501234567', mccmnc: '25503', date: '2025-01-01' }],
    accounts: [{ login: 'demo', password: 'demo', downloads: [{ name: 'a', content: new Uint8Array() }] }],
  });

it('every endpoint exists, and the README lists each of them', () => {
  expect([...routes.keys()].sort()).toEqual(
    [...endpoints.map((name) => `/sys/${name}.php`), '/rest/send/'].sort(),
  );
  const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
  const table = readme.slice(readme.indexOf('## Endpoints'), readme.indexOf('## What is assumed'));
  expect([...table.matchAll(/`sys\/(\w+)\.php`/g)].map(([, name]) => name).sort()).toEqual(endpoints);
});

describe.each(endpoints)('%s.php', (name) => {
  const url = `/sys/${name}.php`;
  const credentials = { login: 'demo', psw: 'demo' };
  const params = { ...(validRequests[name] ?? firstParams(name)), charset: 'utf-8' };

  it.each([0, 1, 2, 3])('refuses unknown credentials in fmt=%i', (fmt) => {
    const refusal = (error: number, text: string): unknown =>
      [
        `ERROR = ${error} (${text})`,
        `0,-${error}`,
        `<result>\n<error>${text}</error>\n<error_code>${error}</error_code>\n</result>`,
        `{\n"error": "${text}",\n"error_code": ${error}\n}`,
      ][fmt];
    expect(respond(open(), { url: `${url}?fmt=${fmt}` })).toBe(refusal(1, 'parameters error'));
    expect(respond(open(), { url: `${url}?login=demo&psw=x&fmt=${fmt}` })).toBe(
      refusal(2, 'authorise error'),
    );
    const blocked = open();
    for (let at = 0; at < 10; at++) respond(blocked, { url: '/sys/send.php', address: '10.0.0.1' });
    expect(respond(blocked, { url: `${url}?fmt=${fmt}&${form(credentials)}`, address: '10.0.0.1' })).toBe(
      refusal(4, 'ip address is blocked'),
    );
    const busy = open();
    for (let at = 0; at < 14; at++)
      busy.receive(
        {
          method: 'GET',
          url: `/sys/ping.php?${form({ ...credentials, id: at + 1 })}`,
          body: new Uint8Array(),
        },
        noon,
      );
    expect(respond(busy, { url: `${url}?fmt=${fmt}&${form(credentials)}` })).toBe(
      refusal(9, 'too many concurrent requests'),
    );
  });

  it('responds in the same way to a query, a form and a multipart body', () => {
    const written = form({ ...params, ...credentials, fmt: 3 });
    const parts = Object.entries({ ...params, ...credentials, fmt: 3 }).map(
      ([part, value]) => `--XX\r\nContent-Disposition: form-data; name="${part}"\r\n\r\n${value}\r\n`,
    );
    const responses = [
      respond(open(), { url: `${url}?${written}` }),
      respond(open(), {
        url,
        method: 'POST',
        contentType: 'application/x-www-form-urlencoded',
        body: Buffer.from(written),
      }),
      respond(open(), {
        url,
        method: 'POST',
        contentType: 'multipart/form-data; boundary=XX',
        body: Buffer.from(`${parts.join('')}--XX--\r\n`),
      }),
    ];
    expect(new Set(responses).size).toBe(1);
    expect(JSON.parse(responses[0]!)).not.toHaveProperty('error_code', 1);
  });

  it('responds in all four formats', () => {
    const [sentence, columns, xml, json] = [0, 1, 2, 3].map((fmt) =>
      respond(open(), { url: `${url}?${form({ ...params, ...credentials, fmt })}` }),
    );
    expect([sentence, columns].every((text) => text !== '' && !/^[<{[]/.test(text!))).toBe(true);
    expect(xml).toMatch(/^<(\w+)>[^]*<\/\1>$/);
    expect(JSON.parse(json!)).toBeTypeOf('object');
  });
});
