import { createServer } from 'node:http';
import { koi8r, utf8, windows1251 } from '@smsc/protocol';
import {
  type Callback,
  callbackHandler,
  type CallbackHandlerOptions,
  nodeCallbackHandler,
  readCallback,
  type ReadCallbackOptions,
} from '@smsc/protocol/callbacks';
import { listen } from '@smsc/testing/servers';
import { beforeEach, describe, expect, it } from 'vitest';
import {
  createGateway,
  type Gateway,
  type GatewayOptions,
  type PushOptions,
  type PushRequest,
} from '../src/index.ts';
import { api, submit, noon } from './submit.ts';

const phone = '380671234567';
const service = '380440000010';
const secret = 'контроль:7';
const minute = 60_000;

const charsets = { 'utf-8': utf8, 'windows-1251': windows1251, 'koi8-r': koi8r };
type CharsetName = keyof typeof charsets;

/** Webhook formats: name, query of the address that requests the format, and HTTP method. */
const forms = [
  ['a form', '', 'POST'],
  ['XML', '&fmt=2', 'POST'],
  ['JSON', '&fmt=3', 'POST'],
  ['a query', '', 'GET'],
] as const;
const signatures = ['md5', 'sha1', 'crc32'] as const;

/** Delivers a webhook to a handler. Resolves to the status of the response. */
type DeliverWebhook = (push: PushRequest) => Promise<number>;

/** Current `node:http` handler of the test server. */
let current: ReturnType<typeof nodeCallbackHandler> | undefined;
let port = 0;
beforeEach(async () => {
  ({ port } = await listen(createServer((request, response) => void current!(request, response))));
});

const initOf = ({ method, contentType, body }: PushRequest): RequestInit => ({
  method,
  ...(contentType === undefined ? {} : { headers: { 'content-type': contentType } }),
  ...(method === 'POST' ? { body: body as Uint8Array<ArrayBuffer> } : {}),
});

/** Delivers webhooks over a real server. */
function overNode(options: CallbackHandlerOptions): DeliverWebhook {
  current = nodeCallbackHandler(options);
  return async (push) =>
    (await fetch(push.url.replace('https://app.example', `http://127.0.0.1:${port}`), initOf(push))).status;
}

/** Delivers webhooks as `Request` objects. */
function overFetch(options: CallbackHandlerOptions): DeliverWebhook {
  const handler = callbackHandler({ ...options, Response });
  return async (push) => (await handler(new Request(push.url, initOf(push)))).status;
}

const short = (callback: Callback): string => {
  if (callback.event === 'incoming') return `${callback.from} to ${callback.to}: ${callback.text}`;
  if (callback.event === 'call') return `call of ${callback.phone} at ${callback.calledAt.toISOString()}`;
  return `${callback.event} ${callback.id} of ${callback.phone}: ${callback.status}`;
};

const gatewayWith = (push: PushOptions, options: GatewayOptions = {}): Gateway =>
  createGateway({
    ...options,
    pushRetriesMs: [minute, minute, minute],
    accounts: [{ login: 'demo', password: 'demo', push }],
  });

/** Causes every kind of event: a message, an HLR request, a reply and a call. */
async function causeEveryEvent(gateway: Gateway, text: string): Promise<void> {
  submit(gateway, { phones: phone, mes: 'a', id: 5, sender: 'SHOP' });
  submit(gateway, { phones: phone, hlr: 1, id: 6 });
  gateway.incoming({ from: phone, text, to: service }, noon + 20_000);
  api(gateway, 'wait_call', { phone }, noon + 20_000);
  gateway.call(phone, noon + 20_000);
  await gateway.settle(noon + 60 * minute);
}

const expectedCallbacks = (text: string): readonly string[] => [
  `status 5 of ${phone}: 0`,
  `hlr 6 of ${phone}: 0`,
  `status 5 of ${phone}: 1`,
  `hlr 6 of ${phone}: 1`,
  `${phone} to ${service}: ${text}`,
  `call of ${phone} at ${new Date(noon + 20_000).toISOString()}`,
];

describe.each(forms)('webhooks as %s', (_, fmt, method) => {
  describe.each(Object.keys(charsets) as CharsetName[])('in %s', (name) => {
    it.each(signatures)(
      'signed with %s are accepted by the reader and both handlers, which pass on a retried one only once',
      async (algorithm) => {
        // XML and JSON use windows-1251 in place of koi8-r. Characters that the charset lacks are replaced before the
        // signature is computed.
        const used = fmt !== '' && name === 'koi8-r' ? 'windows-1251' : name;
        const text = `Ответ: «да» & <b>\r\n 7+7=14% ${name === 'utf-8' ? 'Їжак 👋' : ''}"`;
        const kept = used === 'koi8-r' ? text.replace(/[«»]/g, '?') : text;
        const trust: ReadCallbackOptions = { secret, algorithms: [algorithm] };
        const passed = { reader: [] as string[], node: [] as string[], fetch: [] as string[] };
        const errors: unknown[] = [];
        const handling = (where: 'node' | 'fetch'): CallbackHandlerOptions => ({
          ...trust,
          on: (callback) => passed[where].push(short(callback)),
          onError: (error) => errors.push(error),
        });
        const deliveries = [overNode(handling('node')), overFetch(handling('fetch'))];
        const statuses: number[] = [];
        const gateway = gatewayWith(
          { url: `https://app.example/hook?${algorithm}&charset=${name}${fmt}`, method, secret },
          {
            deliver: async (push) => {
              const callback = readCallback(
                { method: push.method, url: push.url, contentType: push.contentType, body: push.body },
                trust,
              );
              passed.reader.push(short(callback));
              for (const deliver of deliveries) statuses.push(await deliver(push));
              // Simulates the loss of the first response to each webhook.
              return {
                status:
                  gateway.pushes().find(({ request }) => request === push)!.attempts === 1
                    ? 504
                    : statuses.at(-1)!,
              };
            },
          },
        );
        await causeEveryEvent(gateway, text);
        expect(errors).toEqual([]);
        expect(passed.node).toEqual(expectedCallbacks(kept));
        expect(passed.fetch).toEqual(expectedCallbacks(kept));
        expect([...passed.reader].sort()).toEqual(
          [...expectedCallbacks(kept), ...expectedCallbacks(kept)].sort(),
        );
        expect(statuses).toEqual(Array(24).fill(200));
        expect(
          gateway.pushes().map(({ event, attempts, outcome }) => `${event} ${attempts} ${outcome}`),
        ).toEqual(
          ['status', 'hlr', 'status', 'hlr', 'incoming', 'call'].map((event) => `${event} 2 answered`),
        );
      },
    );
  });
});

it('the simulator sends every field that the webhook reader knows', async () => {
  const callbacks: Callback[] = [];
  const deliver = overFetch({ secret, on: (callback) => callbacks.push(callback) });
  await causeEveryEvent(
    gatewayWith(
      { url: 'https://app.example/?charset=utf-8&fmt=3', secret },
      { deliver: async (push) => ({ status: await deliver(push) }) },
    ),
    'так',
  );
  expect(callbacks).toMatchObject([
    { event: 'status', state: 'passed to the operator', final: false },
    { event: 'hlr', final: false, reachable: undefined },
    {
      event: 'status',
      final: true,
      error: 0,
      changedAt: new Date(noon + 5000),
      changedAtLocal: '23.11.2025 12:00:05',
      parts: 1,
      kind: 'sms',
      type: 0,
      cost: '0.385',
      sender: 'SHOP',
      mccMnc: '25503',
    },
    {
      event: 'hlr',
      final: true,
      reachable: true,
      imsi: '25503671234567',
      mcc: '255',
      operator: 'Kyivstar',
      kind: 'hlr',
      type: 4,
    },
    { event: 'incoming', id: '1', answerTo: '5', receivedAt: new Date(noon + 20_000) },
    { event: 'call', extra: { waitcall: '1' } },
  ]);
  expect(callbacks.map(({ extra }) => Object.keys(extra).filter((name) => name !== 'waitcall'))).toEqual(
    Array(6).fill([]),
  );
});

describe.each([
  ['node:http', overNode],
  ['the Fetch standard', overFetch],
] as const)('a handler for %s', (_, over) => {
  it('gets a webhook again until its handler succeeds', async () => {
    const passed: string[] = [];
    let failing = 2;
    const deliver = over({
      secret,
      on: (callback) => {
        if (failing-- > 0) throw new Error('database is down');
        passed.push(short(callback));
      },
    });
    const gateway = gatewayWith(
      { url: 'https://app.example/?charset=utf-8', secret, statuses: false },
      { deliver: async (push) => ({ status: await deliver(push) }) },
    );
    gateway.incoming({ from: phone, text: 'так', to: service }, noon);
    await gateway.settle(noon + 60 * minute);
    expect(passed).toEqual([`${phone} to ${service}: так`]);
    expect(gateway.pushes()).toMatchObject([{ attempts: 3, outcome: 'answered' }]);
  });

  it('rejects webhooks that are signed with another secret or not signed', async () => {
    for (const other of [{ secret: `${secret}.` }, {}]) {
      const passed: Callback[] = [];
      const deliver = over({ secret, on: (callback) => passed.push(callback) });
      const statuses: number[] = [];
      const gateway = gatewayWith(
        { url: 'https://app.example/', ...other },
        { deliver: async (push) => ({ status: statuses[statuses.push(await deliver(push)) - 1]! }) },
      );
      await causeEveryEvent(gateway, 'так');
      expect(passed).toEqual([]);
      expect(new Set(statuses)).toEqual(new Set([403]));
      expect(gateway.pushes().every(({ outcome }) => outcome === 'unanswered')).toBe(true);
    }
  });

  it('accepts several signatures, and unsigned webhooks if the options allow them', async () => {
    for (const [trust, push] of [
      [
        { secret, algorithms: signatures },
        { secret, signatures },
      ],
      [{ unsigned: 'i-check-by-status' }, {}],
    ] as const) {
      const passed: string[] = [];
      const deliver = over({ ...trust, on: (callback) => passed.push(short(callback)) });
      await causeEveryEvent(
        gatewayWith(
          { url: 'https://app.example/', ...push },
          { deliver: async (request) => ({ status: await deliver(request) }) },
        ),
        'да',
      );
      expect(passed).toEqual(expectedCallbacks('да'));
    }
  });
});
