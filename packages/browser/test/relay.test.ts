import {
  callWithCode,
  cost,
  createJob,
  downloadFile,
  history,
  hlrStatus,
  InputError,
  jobs,
  send,
  sendList,
  statuses,
  TransportError,
} from '@smsc/protocol';
import { type Clock, createClient } from '@smsc/client';
import { createGateway, gatewayTransport } from '@smsc/simulator';
import { ManualClock } from '@smsc/testing/clocks';
import { whilePolluted } from '@smsc/testing/pollution';
import { later, turns, until } from '@smsc/testing/promises';
import { describe, expect, it } from 'vitest';
import { createRelay, type Guard, type GuardRequest } from '../src/relay.ts';
import {
  ask,
  type CallFields,
  asRequest,
  balance,
  callOf,
  clientOf,
  input,
  origin,
  readResponse,
  secret,
  status,
  usual,
  uuid,
  type World,
  world,
} from './world.ts';

const refused = (refusal: string, status: number, more: object = {}): object => ({
  status,
  body: { refused: refusal, message: expect.any(String), ...more },
});

describe('a relay', () => {
  it('sends the message of a page with its own credentials', async () => {
    const shop = world();
    const { status, headers, body } = await ask(shop);
    expect(status).toBe(200);
    expect(body).toEqual({
      outcome: 'accepted',
      id: uuid(),
      result: { id: uuid(), parts: 1, cost: '0.385', recipients: [], extra: {} },
    });
    expect(headers.get('content-type')).toBe('application/json; charset=utf-8');
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect([...headers.keys()].filter((name) => name.startsWith('access-control'))).toEqual([]);
    expect(shop.gateway.messages()).toHaveLength(1);
  });

  it('runs an operation that reads', async () => {
    const shop = world();
    await ask(shop);
    const response = await ask(shop, {
      operation: 'status',
      effect: 'reads',
      id: undefined as never,
      input: { id: uuid(), phone: input.to },
    });
    expect(response).toMatchObject({ status: 200, body: { outcome: 'done', result: { status: -1 } } });
  });

  it('returns the error number and the fault of a rejection, and nothing else about it', async () => {
    const shop = world();
    const { status, body } = await ask(shop, { input: { to: '999501234567', text: 'a' } });
    expect({ status, body }).toEqual({
      status: 200,
      body: {
        outcome: 'rejected',
        id: uuid(),
        error: {
          kind: 'gateway',
          code: 8,
          meaning: 'message cannot be delivered to this number',
          fault: 'message',
        },
      },
    });
  });

  it.each([
    ['not-sent', new TransportError(`connect 10.0.0.5:443 with ${secret}`, 'connect', 'network')],
    ['unknown', new TransportError(`reset by gateway.internal, psw=${secret}`, 'sent', 'network')],
  ])('reports that a send is %s, without the reason', async (outcome, error) => {
    const shop = world({ client: clientOf(() => ({ outcome, id: uuid(), error, settle: () => undefined })) });
    const { status, body } = await ask(shop);
    expect({ status, body }).toEqual({
      status: 200,
      body: { outcome, id: uuid(), error: { kind: 'transport', phase: error.phase, reason: 'network' } },
    });
  });

  it('returns the cost of a send by default', async () => {
    const shop = world();
    expect((await ask(shop)).body['result']).toMatchObject({ cost: '0.385' });
    const { body } = shop.requests[0]!;
    expect(body.kind === 'text' && new URLSearchParams(body.text).get('cost')).toBe('2');
  });

  it('does not request the cost if it sets report to none', async () => {
    const shop = world({ operations: { send: { ...usual.send, set: { report: 'none' } } } });
    expect((await ask(shop)).body['result']).not.toHaveProperty('cost');
    const { body } = shop.requests[0]!;
    expect(body.kind === 'text' && new URLSearchParams(body.text).has('cost')).toBe(false);
  });

  it('keeps the cost from the page if show does not list it', async () => {
    const shop = world({ operations: { send: { ...usual.send, show: ['id', 'parts'] } } });
    expect((await ask(shop)).body['result']).toEqual({ id: uuid(), parts: 1 });
  });

  it('returns the balance after a send only if show lists it', async () => {
    const allowed = { operation: send, members: ['to', 'text'], set: { report: 'balance' } };
    const silent = await ask(world({ operations: { send: allowed } }));
    expect(silent.body['result']).toMatchObject({ cost: '0.385' });
    expect(silent.body['result']).not.toHaveProperty('balance');
    const open = await ask(world({ operations: { send: { ...allowed, show: ['parts', 'balance'] } } }));
    expect(open.body['result']).toEqual({ parts: 1, balance: '99.615' });
  });

  it('removes unreadable amounts from extra', async () => {
    const result = {
      outcome: 'accepted',
      id: uuid(),
      parts: 1,
      cost: undefined,
      balance: undefined,
      recipients: [],
      extra: { balance: '1 234,50', cost: '0,5', note: 'a' },
    };
    const visibleResult = async (more: object): Promise<unknown> =>
      (await ask(world({ client: clientOf(() => result), operations: { send: { ...usual.send, ...more } } })))
        .body['result'];
    expect(await visibleResult({})).toEqual({ id: uuid(), parts: 1, recipients: [], extra: { note: 'a' } });
    expect(await visibleResult({ show: ['extra'] })).toEqual({ extra: { note: 'a' } });
    expect(await visibleResult({ show: ['extra', 'balance'] })).toEqual({
      extra: { balance: '1 234,50', note: 'a' },
    });
  });

  it('returns the members in show of each row of a list', async () => {
    const rows = [
      { id: 'a', phone: input.to, status: 1, text: 'secret' },
      { id: 'b', phone: input.to, status: 0, text: 'secret' },
    ];
    const shop = world({
      client: clientOf(() => rows),
      operations: { history: { operation: history, members: ['phone'], show: ['id', 'status'] } },
    });
    expect(
      (await ask(shop, { operation: 'history', effect: 'reads', input: { phone: input.to } })).body['result'],
    ).toEqual([
      { id: 'a', status: 1 },
      { id: 'b', status: 0 },
    ]);
  });

  it('returns the status of a message without the further values in extra', async () => {
    const state = { status: 1, state: 'delivered', final: true, extra: { comment: 'VIP' } };
    const visibleResult = async (more: object, operation: object = status): Promise<unknown> => {
      const shop = world({
        client: clientOf(() => (operation === statuses ? [state] : state)),
        operations: {
          status: {
            operation,
            members: ['id', 'phone', 'messages'].filter(
              (name) => (name === 'messages') === (operation === statuses),
            ),
            ...more,
          },
        },
      });
      const call = { id: uuid(), phone: input.to };
      return (
        await ask(shop, {
          operation: 'status',
          effect: 'reads',
          input: operation === statuses ? { messages: [call] } : call,
        })
      ).body['result'];
    };
    expect(await visibleResult({})).toEqual({ ...state, extra: {} });
    expect(await visibleResult({}, statuses)).toEqual([{ ...state, extra: {} }]);
    expect(await visibleResult({ show: ['status', 'extra'] })).toEqual({
      status: 1,
      extra: { comment: 'VIP' },
    });
  });

  it('returns the balance if the operation is listed', async () => {
    const shop = world({ operations: { balance: { operation: balance } } });
    expect(await ask(shop, { operation: 'balance', effect: 'reads', input: {} })).toMatchObject({
      body: { outcome: 'done', result: { balance: '100.00' } },
    });
  });

  it('sends the bytes of a file', async () => {
    const bytes = Uint8Array.from({ length: 20_000 }, (_, at) => at % 256);
    const shop = world({
      operations: { file: { operation: downloadFile, members: ['name'] } },
      client: clientOf(() => ({ bytes })),
    });
    const { body } = await ask(shop, { operation: 'file', effect: 'reads', input: { name: 'a.csv' } });
    expect(body).toMatchObject({ outcome: 'done', result: {} });
    expect(Buffer.from(body['bytes'] as string, 'base64').equals(bytes)).toBe(true);
  });
});

describe('an unlisted value', () => {
  it.each([
    ['an operation', { operation: 'sendList' }],
    ['an inherited name', { operation: 'constructor' }],
    ['the name of the prototype', { operation: '__proto__' }],
    ['a member', { input: { ...input, sender: 'Bank' } }],
    ['the address of a file', { input: { ...input, fileUrl: 'https://evil.example/a' } }],
    ['the address of a file of another scheme', { input: { ...input, fileUrl: 'file:///etc/passwd' } }],
    ['a member that is null', { input: { ...input, sender: null } }],
    ['a group', { input: { ...input, to: { group: 3 } } }],
    ['a group among others', { input: { ...input, to: [input.to, { group: 3 }] } }],
    ['an id that is not a UUID', { id: 'order-1' }],
  ])('is refused: %s', async (_, call) => {
    const shop = world();
    expect(await ask(shop, call)).toMatchObject(refused('not-listed', 403));
    expect(shop.requests).toEqual([]);
  });

  it.each([
    'file:///etc/passwd',
    'gopher://a.example/',
    'javascript:alert(1)',
    'ftp://a.example/a',
    '//a.example/a',
  ])('is invalid as a fileUrl even if that member is listed: %s', async (fileUrl) => {
    const shop = world({
      operations: { send: { operation: send, members: ['to', 'text', 'kind', 'fileUrl'] } },
    });
    expect(await ask(shop, { input: { ...input, kind: 'mms', fileUrl } })).toMatchObject({
      status: 400,
      body: { outcome: 'invalid', issues: [{ path: 'fileUrl' }] },
    });
    expect(shop.requests).toEqual([]);
  });

  describe('as a command inside a text', () => {
    const menu = 'Привіт\n{menu: оберіть\n1: https://evil.example/pressed\n0: repeat\n}';
    const file = 'Рахунок <file https://evil.example/a.pdf>';
    const texts = [
      ['voice', menu, 'a voice menu'],
      ['voice', ' code ', 'the command for a code by call'],
      ['whatsapp', file, 'the address of a file'],
      ['viber', file.replace(' h', '\n H'), 'the address of a file'],
    ] as const;

    it.each(texts)('is refused in a message of kind %s: %j', async (kind, text, content) => {
      const shop = world({
        operations: { send: { operation: send, members: ['to', 'text'], set: { kind } } },
      });
      expect(await ask(shop, { input: { to: input.to, text } })).toMatchObject(
        refused('not-listed', 403, {
          message: `the text contains ${content}, which a page may not send`,
        }),
      );
      const chosen = world({ operations: { send: { operation: send, members: ['to', 'text', 'kind'] } } });
      expect(await ask(chosen, { input: { to: input.to, text, kind } })).toMatchObject(
        refused('not-listed', 403),
      );
      const list = world({
        operations: {
          sendList: { operation: sendList, members: ['messages'], set: { kind }, maxRecipients: 2 },
        },
      });
      expect(
        await ask(list, {
          operation: 'sendList',
          input: {
            messages: [
              { to: input.to, text: 'a' },
              { to: input.to, text },
            ],
          },
        }),
      ).toMatchObject(refused('not-listed', 403));
      expect([...shop.requests, ...chosen.requests, ...list.requests]).toEqual([]);
    });

    it('is refused if the guard adds the kind', async () => {
      const shop = world({ guard: () => ({ add: { kind: 'voice' } }) });
      expect(await ask(shop, { input: { to: input.to, text: menu } })).toMatchObject(
        refused('not-listed', 403),
      );
      expect(shop.requests).toEqual([]);
    });

    it('is allowed if the relay sets it, or lists fileUrl', async () => {
      const own = world({
        operations: { send: { operation: send, members: ['to'], set: { kind: 'voice', text: menu } } },
      });
      expect(await ask(own, { input: { to: input.to } })).toMatchObject({ body: { outcome: 'accepted' } });
      const listed = world({
        operations: {
          send: { operation: send, members: ['to', 'text', 'fileUrl'], set: { kind: 'whatsapp' } },
        },
      });
      expect(await ask(listed, { input: { to: input.to, text: file } })).toMatchObject({
        body: { outcome: 'accepted' },
      });
    });

    it.each([
      [undefined, menu],
      [undefined, file],
      [undefined, 'code'],
      ['viber', menu],
      ['email', 'Фото: <file 1> <file  2 >'],
      ['viber', 'Відкрийте <file>'],
      ['voice', 'code 4821'],
    ])('is allowed where it is ordinary text: kind %s, %j', async (kind, text) => {
      const shop = world({
        operations: {
          send: {
            operation: send,
            members: ['to', 'text'],
            set: { kind, ...(kind === 'email' ? { subject: 'a', sender: 'shop@shop.example' } : {}) },
          },
        },
      });
      expect(
        await ask(shop, { input: { to: kind === 'email' ? 'a@b.example' : input.to, text } }),
      ).toMatchObject({ body: { outcome: 'accepted' } });
    });
  });

  it('is refused in lists', async () => {
    const shop = world({
      operations: { sendList: { operation: sendList, members: ['messages'], maxRecipients: 5 } },
    });
    const call = {
      operation: 'sendList',
      input: {
        messages: [
          { to: input.to, text: 'a' },
          { to: { group: 3 }, text: 'b' },
        ],
      },
    };
    expect(await ask(shop, call)).toMatchObject(refused('not-listed', 403));
  });

  describe('inside the messages of a list', () => {
    const list = (allowed: object, message: object): ReturnType<typeof ask> => {
      const shop = world({
        operations: {
          sendList: { operation: sendList, members: ['messages'], maxRecipients: 2, ...allowed },
        },
      });
      return ask(shop, {
        operation: 'sendList',
        input: {
          messages: [
            { to: input.to, text: 'a' },
            { to: input.to, text: 'b', ...message },
          ],
        },
      });
    };

    it.each([{ sender: 'Bank' }, { comment: 'c' }, { sender: 'Bank', utcOffset: 3 }, { sender: null }])(
      'is refused: %j',
      async (message) => {
        expect(await list({}, message)).toMatchObject(refused('not-listed', 403));
      },
    );

    it('cannot change what the relay sets', async () => {
      expect(await list({ set: { sender: 'Shop' } }, { sender: 'Bank' })).toMatchObject(
        refused('not-listed', 403, { message: 'sender is not among the members that a page may give' }),
      );
      expect(await list({ set: { sender: 'Shop' } }, {})).toMatchObject({ status: 200 });
    });

    it('may be listed', async () => {
      expect(
        await list({ members: ['messages', 'sender', 'comment'] }, { sender: 'Bank', comment: 'c' }),
      ).toMatchObject({ status: 200 });
    });

    it('is not checked in status requests', async () => {
      const shop = world({ operations: { statuses: { operation: statuses, members: ['messages'] } } });
      expect(
        await ask(shop, {
          operation: 'statuses',
          effect: 'reads',
          input: { messages: [{ id: uuid(), phone: input.to }] },
        }),
      ).toMatchObject({ status: 200 });
    });

    it('is reported if the operation has no such member', () => {
      const make = (allowed: object): unknown =>
        createRelay({
          client: clientOf(() => undefined),
          origins: [origin],
          operations: { allowed },
        } as never);
      expect(() => make({ operation: send, members: ['utcOffset'] })).toThrow(
        'operations.allowed.members has utcOffset, which is not a member of send',
      );
      expect(() => make({ operation: sendList, members: ['messages', 'data'] })).toThrow(
        'operations.allowed.members has data, which is not a member of sendList',
      );
    });
  });

  it('is not repeated in the refusal if it could be a text or a number', async () => {
    const { body } = await ask(world(), { input: { ...input, 'Ваш код: 4821': 1 } });
    expect(body['message']).toBe('a member is not among the members that a page may give');
  });

  it('is allowed by groups, and by id in members', async () => {
    const shop = world({
      operations: { send: { operation: send, members: ['to', 'text', 'id'], groups: true } },
    });
    expect(await ask(shop, { id: 'order-1', input: { to: { group: 3 }, text: 'a' } })).toMatchObject({
      body: { outcome: 'rejected', id: 'order-1' },
    });
    expect(shop.operationNames()).toEqual(['send']);
  });

  describe('as an id of a status request', () => {
    const about = (allowed: object, call: object, operation = 'status'): ReturnType<typeof ask> =>
      ask(world({ operations: { ...usual, ...allowed }, client: clientOf(() => ({ status: 1 })) }), {
        operation,
        effect: 'reads',
        input: call,
      });

    it.each(['order-1001', '17', 17, '00000000-0000-4000-8000-00000000000', ''])(
      'is refused if it can be guessed: %j',
      async (id) => {
        const { status, body } = await about({}, { id, phone: input.to });
        expect([status, body['refused'] ?? body['outcome']]).toEqual(
          id === '' ? [400, 'invalid'] : [403, 'not-listed'],
        );
      },
    );

    it('is refused in a list, and in other status requests', async () => {
      const messages = [
        { id: uuid(), phone: input.to },
        { id: 'order-1', phone: input.to },
      ];
      expect(
        await about({ statuses: { operation: statuses, members: ['messages'] } }, { messages }, 'statuses'),
      ).toMatchObject(refused('not-listed', 403));
      expect(
        await about(
          { hlr: { operation: hlrStatus, members: ['id', 'phone'] } },
          { id: 'order-1', phone: input.to },
          'hlr',
        ),
      ).toMatchObject(refused('not-listed', 403));
    });

    it('is allowed with anyId', async () => {
      expect(
        await about({ status: { ...usual.status, anyId: true } }, { id: 'order-1', phone: input.to }),
      ).toMatchObject({ status: 200 });
    });
  });

  it('cannot replace a member that the relay sets', async () => {
    const shop = world({
      operations: { send: { operation: send, members: ['to', 'text'], set: { sender: 'Shop' } } },
    });
    await ask(shop);
    expect(shop.gateway.messages()[0]).toMatchObject({ sender: 'Shop' });
    expect(await ask(shop, { id: uuid(1), input: { ...input, sender: 'Bank' } })).toMatchObject(
      refused('not-listed', 403),
    );
  });

  it('is refused if the page expects another effect', async () => {
    const shop = world({ operations: { sendCode: { operation: send, members: ['to', 'text'] } } });
    expect(await ask(shop, { operation: 'sendCode', effect: 'reads' })).toMatchObject(
      refused('malformed', 400),
    );
    expect(shop.requests).toEqual([]);
  });
});

describe('invalid input', () => {
  it('is refused with all issues, before the guard, and without its values', async () => {
    let guarded = 0;
    const shop = world({ guard: () => (guarded++, true) });
    const { status, body } = await ask(shop, { input: { to: 'secret-number', text: '' } });
    expect(status).toBe(400);
    expect(body).toEqual({
      outcome: 'invalid',
      issues: [
        { path: 'text', message: expect.any(String) },
        { path: 'to', message: expect.stringContaining('a phone number as text (7 to 15 digits)') },
      ],
    });
    expect(JSON.stringify(body)).not.toContain('secret-number');
    expect([guarded, shop.requests.length]).toEqual([0, 0]);
  });

  it.each([
    [{ to: '1234567' }, 'to'],
    [{ to: '0000000' }, 'to'],
    [{ to: '+0380501234567' }, 'to'],
    [{ to: [input.to, '+0501234567'] }, 'to[1]'],
    [{ to: '0000000', kind: 'mms' }, 'to'],
    [{ to: '0000000', kind: 'hlr', text: undefined }, 'to'],
  ])(
    'includes impossible phone numbers, which would pause the client for everyone: %j',
    async (wrong, path) => {
      const shop = world({ operations: { send: { ...usual.send, maxRecipients: 2 } } });
      expect(await ask(shop, { input: { ...input, ...wrong } })).toMatchObject({
        status: 400,
        body: { outcome: 'invalid', issues: [{ path, message: 'is not a possible phone number' }] },
      });
      expect(shop.requests).toEqual([]);
    },
  );

  it('includes impossible phone numbers in every member that holds one', async () => {
    const shop = world({
      operations: {
        sendList: { operation: sendList, members: ['messages'], maxRecipients: 9 },
        code: { operation: callWithCode, members: ['to'], show: ['id'] },
        ...usual,
      },
    });
    const paths = async (operation: string, given: object, effect = 'spends'): Promise<unknown> =>
      (
        (await ask(shop, { operation, effect, input: given })).body['issues'] as
          undefined | { path: string }[]
      )?.map(({ path }) => path);
    expect(
      await paths('sendList', {
        messages: [
          { to: input.to, text: 'a' },
          { to: ['0000000', input.to, '1234567'], text: 'b' },
        ],
      }),
    ).toEqual(['messages[1].to[0]', 'messages[1].to[2]']);
    expect(await paths('code', { to: '0000000' })).toEqual(['to']);
    expect(await paths('status', { id: uuid(), phone: '0000000' }, 'reads')).toEqual(['phone']);
    expect(shop.requests).toEqual([]);
    const days = world({
      operations: { jobs: { operation: jobs, members: ['from', 'to'] } },
      client: clientOf(() => []),
    });
    expect(
      await ask(days, {
        operation: 'jobs',
        effect: 'reads',
        input: { from: '2026-03-01', to: '2026-03-02' },
      }),
    ).toMatchObject({ status: 200 });
    // E-mail addresses, names and national numbers are allowed.
    expect(await paths('status', { id: uuid(), phone: 'a@shop.example' }, 'reads')).toBeUndefined();
    expect(await paths('send', { ...input, to: '0501234567' })).toBeUndefined();
    const bot = world({
      operations: {
        send: { operation: send, members: ['to', 'text'], set: { kind: 'telegram-bot', bot: '@shop_bot' } },
      },
    });
    expect(await ask(bot, { input: { to: '@somebody', text: 'a' } })).toMatchObject({ status: 200 });
  });

  it('of one visitor does not block other visitors', async () => {
    const shop = world();
    for (const [at, to] of ['0000000', '1234567', '0000001', '0000002', '0000003'].entries())
      await ask(shop, { id: uuid(at + 1), input: { ...input, to } });
    expect(await ask(shop, {}, '198.51.100.1')).toMatchObject({ body: { outcome: 'accepted' } });
  });

  it('of the relay itself is not reported as invalid input of the page', async () => {
    const shop = world({
      client: clientOf(() =>
        Promise.reject(new InputError('send', [{ path: 'credentials.apiKey', message: secret }])),
      ),
    });
    expect(await ask(shop)).toMatchObject(refused('unavailable', 503));
    expect(JSON.stringify((await ask(shop)).body)).not.toContain(secret);
  });
});

describe('the origin of a request', () => {
  const sendWith = async (headers: Record<string, string>, init: RequestInit = {}): Promise<unknown> =>
    readResponse(world().relay(asRequest(callOf(), { headers, ...init } as never)));

  it.each([
    ['another origin', { origin: 'https://evil.example' }],
    ['another scheme', { origin: 'http://shop.example' }],
    ['another port', { origin: 'https://shop.example:8443' }],
    ['an origin with the same beginning', { origin: 'https://shop.example.evil.example' }],
    ['a sandbox', { origin: 'null' }],
    ['empty', { origin: '' }],
    ['two at once', { origin: 'https://shop.example, https://evil.example' }],
    ['another site', { 'sec-fetch-site': 'cross-site' }],
    ['another host of the site', { 'sec-fetch-site': 'same-site' }],
  ])('must be listed, not %s', async (_, headers) => {
    expect(await sendWith(headers)).toMatchObject(refused('origin', 403));
  });

  it('must have the relay header, which the form of another page lacks', async () => {
    const request = asRequest(callOf());
    request.headers.delete('smsc-relay');
    expect(await readResponse(world().relay(request))).toMatchObject(refused('origin', 403));
  });

  it('is enough without Sec-Fetch-Site, which older browsers do not send', async () => {
    const request = asRequest(callOf());
    request.headers.delete('sec-fetch-site');
    expect(await readResponse(world().relay(request))).toMatchObject({ status: 200 });
  });

  it.each(['GET', 'PUT', 'DELETE', 'OPTIONS', 'HEAD'])('is not read for the method %s', async (method) => {
    const response = await world().relay(
      new Request('https://shop.example/', { method, headers: { origin } }),
    );
    expect([
      response.status,
      response.headers.get('allow'),
      response.headers.get('access-control-allow-origin'),
    ]).toEqual([405, 'POST', null]);
  });
});

describe('bodies', () => {
  const send = (
    body: BodyInit | object,
    headers: Record<string, string> = {},
  ): ReturnType<typeof readResponse> => readResponse(world().relay(asRequest(body, { headers })));

  it.each([
    'text/plain',
    'application/x-www-form-urlencoded',
    'application/jsonp',
    'text/html',
    'multipart/mixed; boundary=a',
    '',
  ])('of type %j are refused', async (type) => {
    expect(await send(JSON.stringify(callOf()), { 'content-type': type })).toMatchObject(
      refused('malformed', 415),
    );
  });

  it.each([
    ['no JSON', '{'],
    ['nothing', ''],
    ['a list', '[]'],
    ['null', 'null'],
    ['deep', `${'['.repeat(30_000)}${']'.repeat(30_000)}`],
    ['a prototype', JSON.stringify(callOf()).replace('"input":{', '"input":{"__proto__":{"sender":"Bank"},')],
    [
      'a prototype, deep inside',
      JSON.stringify(callOf()).replace('"to":', '"a":[{"b":{"__proto__":1}}],"to":'),
    ],
    [
      'a prototype in an escaped form',
      JSON.stringify(callOf()).replace('"input":{', '"input":{"__pr\\u006fto__":{"sender":"Bank"},'),
    ],
    ['an invalid input', callOf({ input: [] })],
    ['an id that is too long', callOf({ id: 'a'.repeat(41) })],
    ['an id with a line break', callOf({ id: 'a\nb' })],
    ['a token that is not text', callOf({ token: 5 as never })],
    ['a token that is too long', callOf({ token: 'a'.repeat(8193) })],
    ['no list of special values', callOf({ special: {} })],
    ['an invalid path', callOf({ special: [['to', 'date', 1]] })],
    ['a path on a prototype', callOf({ special: [[['__proto__', 'sender'], 'date', 1]] })],
    ['a path on a constructor', callOf({ special: [[['constructor', 'prototype', 'sender'], 'date', 1]] })],
    ['a path that does not exist', callOf({ special: [[['sendAt'], 'date', 1]] })],
    ['a path to another value', callOf({ special: [[['text'], 'date', 1]] })],
    [
      'a file that is missing',
      callOf({ input: { ...input, files: null }, special: [[['files'], 'file', 0]] }),
    ],
    [
      'a file with a negative number',
      callOf({ input: { ...input, files: null }, special: [[['files'], 'file', -1]] }),
    ],
  ])('are refused if they hold %s', async (_, body) => {
    expect(await send(body)).toMatchObject(refused('malformed', 400));
    expect(({} as { sender?: unknown }).sender).toBeUndefined();
  });

  it.each([
    ['no call', [['file0', new Blob(['a'])]]],
    ['a call that is a file', [['call', new Blob([JSON.stringify(callOf())])]]],
    [
      'two calls',
      [
        ['call', JSON.stringify(callOf())],
        ['call', JSON.stringify(callOf())],
      ],
    ],
    [
      'a file without a path',
      [
        ['call', JSON.stringify(callOf())],
        ['file0', new Blob(['a'])],
      ],
    ],
    [
      'a part with another name',
      [
        ['call', JSON.stringify(callOf())],
        ['psw', 'a'],
      ],
    ],
    [
      'files out of order',
      [
        ['call', JSON.stringify(callOf())],
        ['file1', new Blob(['a'])],
        ['file0', new Blob(['a'])],
      ],
    ],
  ] as readonly (readonly [string, readonly (readonly [string, string | Blob])[]])[])(
    'are refused if the form has %s',
    async (_, parts) => {
      const form = new FormData();
      for (const [name, value] of parts) form.append(name, value);
      expect(await send(form)).toMatchObject(refused('malformed', 400));
    },
  );

  it('are refused if the form is cut off', async () => {
    expect(
      await send('--a\r\ncontent-disposition: form-data; name="call"\r\n\r\n{', {
        'content-type': 'multipart/form-data; boundary=a',
      }),
    ).toMatchObject(refused('malformed', 400));
  });

  it('are refused if their content-length is too large', async () => {
    expect(await send(JSON.stringify(callOf()), { 'content-length': '65537' })).toMatchObject(
      refused('too-large', 413),
    );
  });

  it('are refused if they never end, and are not read further', async () => {
    let pulled = 0;
    let cancelled = false;
    const endless = new ReadableStream({
      pull: (controller) => (pulled++, controller.enqueue(new Uint8Array(1000).fill(32))),
      cancel: () => void (cancelled = true),
    });
    expect(await send(endless)).toMatchObject(refused('too-large', 413));
    expect(pulled).toBeLessThan(70);
    expect(cancelled).toBe(true);
  });

  it('are refused if they do not arrive, without 408, after which a browser resends the request', async () => {
    const shop = world({ bodyTimeoutMs: 3000 });
    const response = readResponse(shop.relay(asRequest(new ReadableStream({}))));
    await until(() => shop.clock.pending === 1);
    shop.clock.advance(3000);
    expect(await response).toMatchObject(refused('too-slow', 400));
  });

  it('are copied while they arrive, however small the chunks', async () => {
    const bytes = new TextEncoder().encode(JSON.stringify(callOf()));
    // All chunks share one byte of memory. So a reader that does not copy the chunks sees only the last byte.
    const piece = new Uint8Array(1);
    let at = 0;
    const pieces = new ReadableStream(
      {
        pull: (controller) => {
          if (at === bytes.length) return controller.close();
          piece[0] = bytes[at++]!;
          controller.enqueue(piece);
        },
      },
      { highWaterMark: 0 },
    );
    expect(await send(pieces)).toMatchObject({ status: 200, body: { outcome: 'accepted' } });
  });

  it('of JSON are limited to 65,536 bytes even with a larger maxBodyBytes', async () => {
    const large = world({ maxBodyBytes: 1_000_000 });
    const body = JSON.stringify(callOf({ input: { ...input, text: 'a' } })).padEnd(65_537);
    expect(await readResponse(large.relay(asRequest(body)))).toMatchObject(refused('too-large', 413));
    expect(await readResponse(large.relay(asRequest(body.slice(0, -1))))).toMatchObject({ status: 200 });
  });

  it.each([
    ['beside files', 'a'],
    ['with two bytes per character', 'я'],
  ])('of forms have the same limit on their JSON: %s', async (_, character) => {
    const form = new FormData();
    form.append(
      'call',
      JSON.stringify(callOf({ input: { ...input, text: character.repeat(40_000) } })).padEnd(
        character === 'a' ? 65_537 : 0,
      ),
    );
    expect(await readResponse(world({ maxBodyBytes: 1_000_000 }).relay(asRequest(form)))).toMatchObject(
      refused('too-large', 413),
    );
  });

  it('of forms are limited to a hundred parts, counted before any is read', async () => {
    const shop = world({ maxBodyBytes: 1_000_000, limits: { visitor: false } });
    const x = 'x'.repeat(36);
    const sendParts = async (
      parts: number,
      type = `multipart/form-data; boundary=${x}`,
    ): Promise<unknown> => {
      const files = Array.from(
        { length: parts - 1 },
        (_, at) => `--${x}\r\ncontent-disposition: form-data; name="file${at}"; filename="f"\r\n\r\n\r\n`,
      );
      const form = `--${x}\r\ncontent-disposition: form-data; name="call"\r\n\r\n${JSON.stringify(callOf())}\r\n${files.join('')}--${x}--\r\n`;
      return (await readResponse(shop.relay(asRequest(form, { headers: { 'content-type': type } })))).body;
    };
    // A hundred parts are allowed. The refusal is about the files that the input does not use.
    expect(await sendParts(100)).toMatchObject({
      refused: 'malformed',
      message: 'a file is not used in the input',
    });
    expect(await sendParts(101)).toMatchObject({ refused: 'too-large' });
    expect(await sendParts(101, `multipart/form-data; boundary="${x}"`)).toMatchObject({
      refused: 'too-large',
    });
    // The parser uses the boundary whose occurrences were counted.
    const y = 'y'.repeat(36);
    expect(await sendParts(101, `multipart/form-data; a="; boundary=${y}"; boundary=${x}`)).toMatchObject({
      refused: 'malformed',
      message: 'the form has no valid boundary',
    });
    expect(await sendParts(101, `multipart/form-data; boundary=${y}; boundary=${x}`)).toMatchObject({
      refused: 'malformed',
      message: 'the form cannot be read',
    });
  });

  it('may arrive in any chunks', async () => {
    const bytes = new TextEncoder().encode(JSON.stringify(callOf()));
    const pieces = new ReadableStream({
      start: (controller) => (
        bytes.forEach((each) => controller.enqueue(Uint8Array.of(each))),
        controller.close()
      ),
    });
    expect(await send(pieces)).toMatchObject({ status: 200, body: { outcome: 'accepted' } });
  });

  it('that end early are refused without details', async () => {
    const broken = new ReadableStream({ pull: (controller) => controller.error(new Error(secret)) });
    const { status, body } = await send(broken);
    expect(status).toBe(503);
    expect(JSON.stringify(body)).not.toContain(secret);
  });
});

describe('limits', () => {
  it('apply to each visitor, and to all together', async () => {
    const shop = world({ limits: { visitor: { most: 2, perMs: 1000 }, total: { most: 3, perMs: 1000 } } });
    const from = async (address: string): Promise<string> =>
      String(
        (
          await ask(
            shop,
            { operation: 'status', effect: 'reads', input: { id: uuid(), phone: input.to } },
            address,
          )
        ).body['refused'] ?? 'allowed',
      );
    expect([await from('203.0.113.1'), await from('203.0.113.1'), await from('203.0.113.1')]).toEqual([
      'allowed',
      'allowed',
      'limit',
    ]);
    expect([await from('203.0.113.2'), await from('203.0.113.3')]).toEqual(['allowed', 'limit']);
    shop.clock.advance(1000);
    expect(await from('203.0.113.3')).toBe('allowed');
  });

  it('are five an hour by default for operations that spend', async () => {
    const shop = world();
    for (let at = 0; at < 5; at++) expect(await ask(shop, { id: uuid(at) })).toMatchObject({ status: 200 });
    const response = await ask(shop, { id: uuid(5) });
    expect(response).toMatchObject(refused('limit', 429, { retryAfterMs: 3_600_000 }));
    expect(response.headers.get('retry-after')).toBe('3600');
    expect(shop.requests).toHaveLength(5);
    expect(
      await ask(shop, { operation: 'status', effect: 'reads', input: { id: uuid(), phone: input.to } }),
    ).toMatchObject({ status: 200 });
    expect(await ask(shop, { id: uuid(6) }, '198.51.100.1')).toMatchObject({ status: 200 });
  });

  it('for all do not count calls that the guard refuses', async () => {
    const total = { most: 2, perMs: 3_600_000 };
    const shop = world({
      limits: { total },
      operations: { send: { ...usual.send, limits: { total } } },
      guard: ({ token }: GuardRequest) => token === 'human',
    });
    for (let at = 0; at < 10; at++)
      expect(await ask(shop, { id: uuid(at), token: 'none' }, `2001:db8:${at}::1`)).toMatchObject(
        refused('guard', 403),
      );
    for (let at = 10; at < 12; at++)
      expect(await ask(shop, { id: uuid(at), token: 'human' }, `2001:db8:${at}::1`)).toMatchObject({
        status: 200,
      });
    expect(await ask(shop, { id: uuid(12), token: 'human' }, '198.51.100.1')).toMatchObject(
      refused('limit', 429, { retryAfterMs: 3_600_000 }),
    );
    expect(shop.requests).toHaveLength(2);
  });

  it('for all apply to calls that the guard allows at the same time', async () => {
    const { promise, resolve } = later<boolean>();
    let guardCalls = 0;
    const shop = world({ limits: { total: { most: 1, perMs: 1000 } }, guard: () => (guardCalls++, promise) });
    const both = [ask(shop, { id: uuid(1) }, '203.0.113.1'), ask(shop, { id: uuid(2) }, '203.0.113.2')];
    await until(() => guardCalls === 2);
    resolve(true);
    expect((await Promise.all(both)).map(({ status }) => status).sort()).toEqual([200, 429]);
    expect(shop.requests).toHaveLength(1);
  });

  it('cannot be avoided with headers that anyone can write', async () => {
    const shop = world({ limits: { visitor: { most: 1, perMs: 1000 } } });
    const from = (headers: Record<string, string>): ReturnType<typeof readResponse> =>
      readResponse(shop.relay(asRequest(callOf(), { headers }), { address: '203.0.113.1' }));
    await from({});
    for (const headers of [
      { 'x-forwarded-for': '198.51.100.9' },
      { forwarded: 'for=198.51.100.9' },
      { 'x-real-ip': '198.51.100.9' },
    ])
      expect(await from(headers)).toMatchObject(refused('limit', 429));
  });

  it('are shared by all visitors without an address', async () => {
    const shop = world({ limits: { visitor: { most: 1, perMs: 1000 } } });
    await readResponse(shop.relay(asRequest(callOf())));
    expect(await readResponse(shop.relay(asRequest(callOf())))).toMatchObject(refused('limit', 429));
  });

  it('count by the name that the option visitor returns', async () => {
    const shop = world({
      limits: { visitor: { most: 1, perMs: 1000 } },
      visitor: (request: Request) => request.headers.get('cookie') ?? undefined,
    });
    const from = (cookie: string): ReturnType<typeof readResponse> =>
      readResponse(shop.relay(asRequest(callOf(), { headers: { cookie } })));
    expect([(await from('a')).status, (await from('b')).status, (await from('a')).status]).toEqual([
      200, 200, 429,
    ]);
  });

  it.each<readonly [callOptions: string, visitor: () => unknown]>([
    [
      'throws',
      () => {
        throw new Error(secret);
      },
    ],
    ['returns a promise, which differs each time', async () => Promise.resolve('somebody')],
    ['returns an object, which differs each time', () => ({ user: 1 })],
  ])('refuse the call if the option visitor %s', async (_, visitor) => {
    const shop = world({ visitor: visitor as () => string });
    for (let at = 0; at < 2; at++)
      expect(await ask(shop, { id: uuid(at) })).toMatchObject(refused('unavailable', 503));
    expect(shop.requests).toEqual([]);
  });
});

describe('a guard', () => {
  it('receives the visitor and the call, without members that the relay sets', async () => {
    let seen: GuardRequest | undefined;
    const shop = world({
      operations: { send: { operation: send, members: ['to', 'text'], set: { sender: 'Shop' } } },
      guard: (guardRequest: GuardRequest) => ((seen = guardRequest), true),
    });
    await ask(shop, { token: 't-1' }, '2001:db8:1:2:3:4:5:6');
    expect(seen).toMatchObject({
      visitor: '2001:db8:1:2::/64',
      address: '2001:db8:1:2:3:4:5:6',
      operation: 'send',
      input,
      token: 't-1',
    });
    expect(seen!.headers.get('origin')).toBe(origin);
  });

  it("adds the visitor's address, which no page can give", async () => {
    const shop = world({ guard: ({ address }: GuardRequest) => ({ add: { visitor: { ip: address! } } }) });
    await ask(shop);
    const body = shop.requests[0]!.body;
    expect(body.kind === 'text' && new URLSearchParams(body.text).get('userip')).toBe('203.0.113.7');
  });

  it.each([
    ['::ffff:203.0.113.7', '203.0.113.7'],
    ['fe80::1%eth0', 'fe80::1'],
    ['203.0.113.7', '203.0.113.7'],
    ['[2001:db8::1]:443', '2001:db8::1'],
    ['198.51.100.1, 203.0.113.7', undefined],
    [undefined, undefined],
  ])('receives the address %s as %s', async (address, expected) => {
    let seen: GuardRequest | undefined;
    const { relay } = world({ guard: (guardRequest: GuardRequest) => ((seen = guardRequest), true) });
    await relay(asRequest(callOf()), address === undefined ? undefined : { address });
    expect(seen!.address).toBe(expected);
  });

  it.each<readonly [member: string, add: Readonly<Record<string, unknown>>]>([
    ['to', { to: { group: 3 } }],
    ['to', { to: '380671112233' }],
    ['id', { id: uuid(1) }],
    ['id', { id: undefined }],
  ])('cannot change %s, which the page settles by', async (member, add) => {
    const shop = world({ guard: () => ({ add }) });
    expect(await ask(shop)).toMatchObject(
      refused('not-listed', 403, { message: `${member} is not among the members that a guard may add` }),
    );
    expect(shop.requests).toEqual([]);
  });

  it('may repeat the members of the page, and add the recipient if the page gives none', async () => {
    const same = world({ guard: ({ input: given }: GuardRequest) => ({ add: { ...given, translit: 1 } }) });
    expect(await ask(same)).toMatchObject({ body: { outcome: 'accepted' } });
    const own = world({
      operations: { send: { operation: send, members: ['text'], set: { to: input.to } } },
      guard: () => ({ add: { to: '380671112233' } }),
    });
    expect(await ask(own, { input: { text: 'a' } })).toMatchObject({ body: { outcome: 'accepted' } });
    expect(own.gateway.messages().map(({ phone }) => phone)).toEqual(['380671112233']);
  });

  it('cannot add a group that is not allowed', async () => {
    const shop = world({
      operations: { send: { operation: send, members: ['text'], set: { to: input.to } } },
      guard: () => ({ add: { to: { group: 3 } } }),
    });
    expect(await ask(shop, { input: { text: 'a' } })).toMatchObject(
      refused('not-listed', 403, { message: 'a page may not send to groups' }),
    );
    expect(shop.requests).toEqual([]);
  });

  it.each<readonly [callOptions: string, guard: unknown, refusal: object]>([
    ['returns false', () => false, refused('guard', 403)],
    [
      'returns a reason',
      () => ({ refuse: 'captcha-wrong' }),
      refused('guard', 403, { message: 'captcha-wrong' }),
    ],
    ['returns nothing', () => undefined, refused('guard', 403)],
    ['returns another value', () => 'yes', refused('guard', 403)],
    ['resolves to false', async () => Promise.resolve(false), refused('guard', 403)],
    [
      'throws',
      () => {
        throw new Error(secret);
      },
      refused('unavailable', 503),
    ],
    ['rejects', async () => Promise.reject(new Error(secret)), refused('unavailable', 503)],
  ])('refuses the call if it %s', async (_, guard, refusal) => {
    const shop = world({ guard: guard as Guard });
    const response = await ask(shop);
    expect(response).toMatchObject(refusal);
    expect(JSON.stringify(response.body)).not.toContain(secret);
    expect(shop.requests).toEqual([]);
  });

  it('refuses the call if it hangs', async () => {
    let signal: AbortSignal | undefined;
    const shop = world({
      guardTimeoutMs: 2000,
      guard: (guardRequest: GuardRequest) => (
        (signal = guardRequest.signal),
        new Promise<boolean>(() => undefined)
      ),
    });
    const response = ask(shop);
    await until(() => signal !== undefined);
    shop.clock.advance(2000);
    expect(await response).toMatchObject(refused('unavailable', 503));
    expect(signal).toBeInstanceOf(AbortSignal);
    expect([shop.requests.length, shop.clock.pending]).toEqual([0, 0]);
  });

  it('decides about operations that read', async () => {
    const shop = world({ guard: () => false });
    expect(
      await ask(shop, { operation: 'status', effect: 'reads', input: { id: uuid(), phone: input.to } }),
    ).toMatchObject(refused('guard', 403));
  });
});

describe('the maximum cost', () => {
  const allowed = { operation: send, members: ['to', 'text'], maxRecipients: 3 };

  it('is checked before sending', async () => {
    const shop = world({ operations: { send: { ...allowed, maxCost: '0.385' } } });
    expect(await ask(shop)).toMatchObject({ body: { outcome: 'accepted' } });
    expect(shop.operationNames()).toEqual(['cost', 'send']);
  });

  it('is compared exactly', async () => {
    const shop = world({ operations: { send: { ...allowed, maxCost: '0.384999' } } });
    expect(await ask(shop)).toMatchObject(refused('cost', 403));
    expect(shop.operationNames()).toEqual(['cost']);
  });

  it('applies to lists', async () => {
    const shop = world({
      operations: {
        sendList: {
          operation: sendList,
          members: ['messages'],
          maxRecipients: 3,
          maxCost: '0.77',
          set: { report: 'cost' },
        },
      },
    });
    const list = (...to: readonly string[]): object => ({
      messages: to.map((each) => ({ to: each, text: 'a' })),
    });
    expect(
      await ask(shop, { operation: 'sendList', input: list('380501234567', '380671112233') }),
    ).toMatchObject({ body: { outcome: 'accepted', result: { cost: '0.77' } } });
    expect(
      await ask(shop, {
        operation: 'sendList',
        id: uuid(1),
        input: list('380501234567', '380671112233', '380671112234'),
      }),
    ).toMatchObject(refused('cost', 403));
    expect(shop.operationNames()).toEqual(['costList', 'sendList', 'costList']);
  });

  it('refuses the message if the cost request fails', async () => {
    const shop = world({
      operations: { send: { ...allowed, maxCost: '5' } },
      client: clientOf(() => Promise.reject(new TransportError(secret, 'sent', 'network'))),
    });
    expect(await ask(shop)).toMatchObject(refused('unavailable', 503));
  });

  it('is not compared if the gateway rejects the cost request', async () => {
    const shop = world({ operations: { send: { ...allowed, maxCost: '5' } } });
    expect(await ask(shop, { input: { to: '999501234567', text: 'a' } })).toMatchObject({
      body: { outcome: 'rejected', error: { code: 8 } },
    });
    expect(shop.operationNames()).toEqual(['cost']);
  });

  it('is limited by recipients: one by default', async () => {
    const shop = world();
    expect(await ask(shop, { input: { ...input, to: ['380501234567', '380671112233'] } })).toMatchObject(
      refused('too-large', 413),
    );
    const more = world({ operations: { send: allowed } });
    expect(
      await ask(more, {
        input: { ...input, to: ['380501234567', '380671112233', '380671112234', '380671112235'] },
      }),
    ).toMatchObject(refused('too-large', 413));
    expect(
      await ask(more, { input: { ...input, to: ['380501234567', '380671112233', '380671112234'] } }),
    ).toMatchObject({ status: 200 });
  });

  it('is limited by the parts of all recipients together', async () => {
    const shop = world({ operations: { send: { ...allowed, maxParts: 2 } } });
    expect(await ask(shop, { input: { to: input.to, text: 'a'.repeat(306) } })).toMatchObject({
      status: 200,
    });
    expect(await ask(shop, { id: uuid(1), input: { to: input.to, text: 'a'.repeat(307) } })).toMatchObject(
      refused('too-large', 413),
    );
    expect(
      await ask(shop, {
        id: uuid(2),
        input: { to: ['380501234567', '380671112233'], text: 'a'.repeat(161) },
      }),
    ).toMatchObject(refused('too-large', 413));
    expect(
      await ask(shop, { id: uuid(3), input: { to: ['380501234567', '380671112233'], text: 'a' } }),
    ).toMatchObject({ status: 200 });
  });

  it('is limited by the parts of every kind of message', async () => {
    const kinds: readonly object[] = [
      { kind: 'flash', text: 'a' },
      { kind: 'binary', data: '00' },
      { kind: 'wap-push', url: 'https://a.example', title: 'a' },
      { kind: 'hlr' },
      { kind: 'ping' },
      { kind: 'mms', text: 'a' },
      { kind: 'viber', text: 'a' },
      { kind: 'whatsapp', text: 'a' },
      { kind: 'telegram-code', text: '1' },
      { kind: 'social', text: 'a' },
    ];
    const members = ['to', 'text', 'kind', 'data', 'url', 'title'];
    for (const kind of kinds) {
      const shop = world({ operations: { send: { operation: send, members, maxParts: 1 } } });
      expect([kind, (await ask(shop, { input: { to: input.to, ...kind } })).status]).toEqual([kind, 200]);
    }
    const call = world({ operations: { send: { operation: send, members, maxParts: 1 } } });
    expect(await ask(call, { input: { to: input.to, kind: 'voice', text: 'a'.repeat(500) } })).toMatchObject(
      refused('too-large', 413),
    );
  });

  it('is limited by the highest possible number of parts', async () => {
    const shop = world({
      operations: { send: { operation: send, members: ['to', 'text'], set: { kind: 'voice' }, maxParts: 6 } },
    });
    // A fast voice needs three seconds for this text, a slow voice seven.
    expect(await ask(shop, { input: { to: input.to, text: 'a'.repeat(61) } })).toMatchObject(
      refused('too-large', 413),
    );
    expect(await ask(shop, { id: uuid(1), input: { to: input.to, text: 'a'.repeat(60) } })).toMatchObject({
      status: 200,
    });
    const twice = world({ operations: { send: { ...allowed, maxParts: 1 } } });
    expect(await ask(twice, { input: { to: [input.to, input.to], text: 'a' } })).toMatchObject(
      refused('too-large', 413),
    );
  });

  it.each([
    ['files', { files: [{ name: 'a.mp3', content: new Uint8Array(1) }] }],
    ['fileUrl', { fileUrl: `https://evil.example/${'a'.repeat(100)}.mp3` }],
  ])('refuses a call that plays %s, whose parts cannot be counted', async (_, add) => {
    const shop = world({
      operations: {
        send: { operation: send, members: ['to', 'text'], set: { kind: 'voice' }, maxParts: 100 },
      },
      guard: () => ({ add }),
    });
    expect(await ask(shop)).toMatchObject(refused('too-large', 413));
    expect(shop.requests).toEqual([]);
  });
});

describe('a send with the same id', () => {
  /** Opens a relay whose gateway responds only after `release()`. */
  function openHeldGateway(): { shop: ReturnType<typeof world>; release: () => void } {
    const { promise, resolve } = later<undefined>();
    return {
      shop: world({ intercept: async (_, proceed) => (await promise, proceed()) }),
      release: () => resolve(undefined),
    };
  }

  it('is sent once while it is running, and both calls receive its response', async () => {
    const { shop, release } = openHeldGateway();
    const both = [ask(shop), ask(shop, { token: 'another' })];
    await until(() => shop.requests.length === 1);
    await turns();
    release();
    for (const response of await Promise.all(both))
      expect(response).toMatchObject({ status: 200, body: { outcome: 'accepted', id: uuid() } });
    expect(shop.gateway.messages()).toHaveLength(1);
    expect(shop.requests).toHaveLength(1);
  });

  it('is not sent again for ten minutes', async () => {
    const shop = world();
    const first = await ask(shop);
    shop.clock.advance(599_999);
    expect((await ask(shop)).body).toEqual(first.body);
    expect(shop.requests).toHaveLength(1);
    shop.clock.advance(1);
    expect(await ask(shop)).toMatchObject({ status: 200 });
    expect(shop.requests).toHaveLength(2);
  });

  it('is not remembered with replayMs 0', async () => {
    const shop = world({ replayMs: 0 });
    await ask(shop);
    expect(await ask(shop, { input: { ...input, text: 'b' } })).toMatchObject({ status: 200 });
  });

  it('is unknown if the gateway reports a duplicate, which may be the first of the two', async () => {
    const gateway = createGateway({ accounts: [{ login: 'shop', apiKey: secret, balance: '100.00' }] });
    const clock = new ManualClock();
    const client = createClient({
      transport: gatewayTransport(gateway, { now: clock.now }),
      credentials: { apiKey: secret },
      clock,
      retries: 0,
    });
    // Two relays do not know each other's messages. In the same way, a restarted relay does not know its earlier messages.
    const [one, other] = [world({ client }), world({ client })];
    expect(await ask(one)).toMatchObject({ body: { outcome: 'accepted' } });
    expect(await ask(other)).toMatchObject({
      status: 200,
      body: {
        outcome: 'unknown',
        id: uuid(),
        error: { kind: 'transport', phase: 'sent', reason: 'network' },
      },
    });
    expect(gateway.messages()).toHaveLength(1);
  });

  it('asks the guard once, because a token is valid once', async () => {
    const used = new Set<string | undefined>();
    const { shop, release } = openHeldGateway();
    const guarded = world({
      client: clientOf(async () => (await ask(shop), { outcome: 'accepted', id: uuid(), parts: 1 })),
      guard: ({ token }: GuardRequest) => !used.has(token) && !!used.add(token),
    });
    const both = [ask(guarded, { token: 'once' }), ask(guarded, { token: 'once' })];
    await until(() => shop.requests.length === 1);
    await turns();
    release();
    expect((await Promise.all(both)).map(({ status }) => status)).toEqual([200, 200]);
  });

  it('is refused if its input differs', async () => {
    const shop = world();
    await ask(shop);
    expect(await ask(shop, { input: { ...input, text: 'b' } })).toMatchObject(refused('conflict', 409));
    expect(await ask(shop, { input: { ...input, to: '380671112233' } })).toMatchObject(
      refused('conflict', 409),
    );
    expect(shop.requests).toHaveLength(1);
  });

  it('is not retried if its outcome is unknown', async () => {
    const shop = world({ intercept: () => Promise.reject(new TransportError('reset', 'sent', 'network')) });
    expect((await ask(shop)).body['outcome']).toBe('unknown');
    expect((await ask(shop)).body['outcome']).toBe('unknown');
    expect(shop.requests).toHaveLength(1);
  });

  it('is sent again if it was certainly not sent before', async () => {
    let times = 0;
    const shop = world({
      client: clientOf(() =>
        times++ === 0
          ? { outcome: 'not-sent', id: uuid(), error: new TransportError('no', 'connect', 'network') }
          : { outcome: 'accepted', id: uuid(), parts: 1 },
      ),
    });
    expect([(await ask(shop)).body['outcome'], (await ask(shop)).body['outcome']]).toEqual([
      'not-sent',
      'accepted',
    ]);
  });

  it('is kept in bounded memory, and never forgotten while it is running', async () => {
    const { shop, release } = openHeldGateway();
    let startedCount = 0;
    const small = world({
      maxReplays: 2,
      client: clientOf(
        async () => (startedCount++, await ask(shop), { outcome: 'accepted', id: uuid(), parts: 1 }),
      ),
    });
    const two = [ask(small, { id: uuid(1) }), ask(small, { id: uuid(2) })];
    await until(() => startedCount === 2);
    expect(await ask(small, { id: uuid(3) })).toMatchObject(refused('unavailable', 503));
    release();
    await Promise.all(two);
    expect(await ask(small, { id: uuid(3) })).toMatchObject({ status: 200 });
  });
});

describe('a resent request', () => {
  /** Sends a request as a page does: the header names the message. */
  const again = (
    { relay }: Pick<World, 'relay'>,
    call: CallFields = {},
    header = `send ${uuid()}`,
  ): ReturnType<typeof readResponse> =>
    readResponse(
      relay(asRequest(callOf(call), { headers: { 'smsc-relay': header } }), { address: '203.0.113.7' }),
    );
  const onePerMinute = { visitor: { most: 1, perMs: 60_000 } };
  const unknown = {
    status: 200,
    body: { outcome: 'unknown', id: uuid(), error: { kind: 'transport', phase: 'sent', reason: 'network' } },
  };

  it('does not count against the limit, and receives the outcome of the first', async () => {
    const { promise, resolve } = later<undefined>();
    const shop = world({ limits: onePerMinute, intercept: async (_, proceed) => (await promise, proceed()) });
    const first = again(shop);
    await until(() => shop.requests.length === 1);
    const second = again(shop);
    await turns();
    resolve(undefined);
    for (const response of [await first, await second, await again(shop)])
      expect(response).toMatchObject({ status: 200, body: { outcome: 'accepted', id: uuid() } });
    expect(shop.gateway.messages()).toHaveLength(1);
  });

  it('must name the same message', async () => {
    const shop = world({ limits: onePerMinute });
    await again(shop);
    expect(await again(shop, { input: { ...input, text: 'b' } })).toMatchObject(refused('conflict', 409));
    expect(await again(shop, { id: uuid(1) })).toMatchObject(refused('malformed', 400));
    expect(
      await again(shop, { operation: 'status', effect: 'reads', input: { id: uuid(), phone: input.to } }),
    ).toMatchObject(refused('malformed', 400));
    expect(await again(shop, { id: uuid(1) }, `send ${uuid(1)}`)).toMatchObject(refused('limit', 429));
    expect(shop.requests).toHaveLength(1);
  });

  it('has its own limit, above which its outcome is unknown', async () => {
    const shop = world({ limits: onePerMinute });
    for (let at = 0; at < 11; at++)
      expect(await again(shop)).toMatchObject({ body: { outcome: 'accepted' } });
    expect(await again(shop)).toMatchObject(unknown);
    shop.clock.advance(60_000);
    expect(await again(shop)).toMatchObject({ body: { outcome: 'accepted' } });
    expect(shop.requests).toHaveLength(1);
  });

  it('is unknown until the first is read, because that one may still be sent', async () => {
    let finishBody = (): void => undefined;
    const slow = new ReadableStream({
      start: (controller) =>
        void (finishBody = () => (
          controller.enqueue(new TextEncoder().encode(JSON.stringify(callOf()))),
          controller.close()
        )),
    });
    const shop = world({ limits: { visitor: { most: 2, perMs: 60_000 } } });
    const header = { headers: { 'smsc-relay': `send ${uuid()}` } };
    const first = readResponse(shop.relay(asRequest(slow, header)));
    const second = readResponse(
      shop.relay(
        asRequest(
          new ReadableStream({ start: (controller) => controller.error(new Error('broken')) }),
          header,
        ),
      ),
    );
    expect(await second).toMatchObject(unknown);
    finishBody();
    expect(await first).toMatchObject({ body: { outcome: 'accepted' } });
    // If there was only one request for a message, and it breaks off, then nothing was sent.
    const alone = readResponse(
      shop.relay(
        asRequest(new ReadableStream({ start: (controller) => controller.error(new Error('broken')) }), {
          headers: { 'smsc-relay': `send ${uuid(1)}` },
        }),
      ),
    );
    expect(await alone).toMatchObject(refused('unavailable', 503));
  });

  it('is refused if the first was refused', async () => {
    const { promise, resolve } = later<boolean>();
    let guardCalls = 0;
    const shop = world({ guard: () => (guardCalls++, promise) });
    const both = [again(shop), again(shop)];
    await until(() => guardCalls === 1);
    await turns();
    resolve(false);
    for (const response of await Promise.all(both)) expect(response).toMatchObject(refused('guard', 403));
  });
});

describe('a visitor who disconnects', () => {
  it('cancels an operation that only reads', async () => {
    const visitorAbort = new AbortController();
    let signal: AbortSignal | undefined;
    const shop = world({
      client: clientOf(
        (_, __, callOptions) => (
          (signal = (callOptions as { signal: AbortSignal }).signal),
          new Promise((_, reject) =>
            signal!.addEventListener('abort', () => reject(new TransportError('aborted', 'sent', 'aborted'))),
          )
        ),
      ),
    });
    const response = shop.relay(
      asRequest(callOf({ operation: 'status', effect: 'reads', input: { id: uuid(), phone: input.to } }), {
        signal: visitorAbort.signal,
      }),
    );
    await until(() => signal !== undefined);
    expect(signal!.aborted).toBe(false);
    visitorAbort.abort();
    expect(signal!.aborted).toBe(true);
    expect(await readResponse(response)).toMatchObject({ body: { outcome: 'failed' } });
  });

  it('does not cancel a send that has left the relay', async () => {
    const visitorAbort = new AbortController();
    const { promise, resolve } = later<undefined>();
    const shop = world({ intercept: async (_, proceed) => (await promise, proceed()) });
    const response = shop.relay(asRequest(callOf(), { signal: visitorAbort.signal }));
    await until(() => shop.requests.length === 1);
    visitorAbort.abort();
    expect(await readResponse(response)).toMatchObject({
      status: 200,
      body: {
        outcome: 'unknown',
        id: uuid(),
        error: { kind: 'transport', phase: 'sent', reason: 'aborted' },
      },
    });
    resolve(undefined);
    await until(() => shop.gateway.messages().length === 1);
    expect(shop.gateway.messages()).toHaveLength(1);
    expect(await ask(shop)).toMatchObject({ body: { outcome: 'accepted' } });
    expect(shop.requests).toHaveLength(1);
  });

  it('cancels a send while the guard is running', async () => {
    const visitorAbort = new AbortController();
    const { promise, resolve } = later<boolean>();
    let guardStarted = false;
    const shop = world({ guard: () => ((guardStarted = true), promise) });
    const response = shop.relay(asRequest(callOf(), { signal: visitorAbort.signal }));
    await until(() => guardStarted);
    visitorAbort.abort();
    resolve(true);
    expect(await readResponse(response)).toMatchObject(refused('unavailable', 503));
    await turns();
    expect([shop.requests.length, shop.clock.pending]).toEqual([0, 0]);
  });

  it('does not cancel a send that another request waits for', async () => {
    const visitorAbort = new AbortController();
    const { promise, resolve } = later<boolean>();
    let guardStarted = false;
    const shop = world({ guard: () => ((guardStarted = true), promise) });
    const first = shop.relay(asRequest(callOf(), { signal: visitorAbort.signal }));
    const second = ask(shop);
    await until(() => guardStarted);
    await turns();
    visitorAbort.abort();
    resolve(true);
    // The message is still sent for the other request.
    expect(await readResponse(first)).toMatchObject({
      status: 200,
      body: { outcome: 'unknown', error: { reason: 'aborted' } },
    });
    expect(await second).toMatchObject({ body: { outcome: 'accepted' } });
  });
});

describe('the time of a call', () => {
  it('is limited as a whole, so that a status request a minute later is certain', async () => {
    const { promise, resolve } = later<boolean>();
    let guardStarted = false;
    const shop = world({
      timeoutMs: 5000,
      guardTimeoutMs: 60_000,
      guard: () => ((guardStarted = true), promise),
    });
    const response = ask(shop);
    await until(() => guardStarted);
    shop.clock.advance(5000);
    resolve(true);
    expect(await response).toMatchObject(refused('unavailable', 503));
    expect(shop.requests).toEqual([]);
  });

  it('counts from the end of the body, which has a limit of its own', async () => {
    let finishBody = (): void => undefined;
    const slow = new ReadableStream({
      start: (controller) =>
        void (finishBody = () => (
          controller.enqueue(new TextEncoder().encode(JSON.stringify(callOf()))),
          controller.close()
        )),
    });
    const shop = world({ timeoutMs: 5000, bodyTimeoutMs: 60_000 });
    const response = readResponse(shop.relay(asRequest(slow)));
    await until(() => shop.clock.pending === 1);
    shop.clock.advance(20_000);
    finishBody();
    expect(await response).toMatchObject({ status: 200, body: { outcome: 'accepted' } });
  });

  it('is passed to the client without the time already used', async () => {
    let callOptions: unknown;
    const shop = world({
      timeoutMs: 5000,
      guard: () => (shop.clock.advance(1500), true),
      client: clientOf((_, __, options) => ((callOptions = options), { outcome: 'accepted', id: uuid() })),
    });
    await ask(shop);
    expect(callOptions).toEqual({ timeoutMs: 3500 });
  });

  describe('on a clock that is set', () => {
    /** Creates a clock whose time of day can be set. Its monotonic clock stands still, as on some machines while they sleep. */
    function twoClocks(): { clock: Clock; set: (ms: number) => void } {
      let day = Date.UTC(2026, 2, 16, 9);
      const { after } = new ManualClock();
      return { clock: { now: () => day, monotonic: () => 0, after }, set: (ms) => void (day += ms) };
    }

    it.each([3_600_000, -3_600_000])('by %i ms changes no limit', async (by) => {
      const { clock, set } = twoClocks();
      const shop = world({ clock, limits: { visitor: { most: 2, perMs: 60_000 } } });
      await ask(shop);
      set(by);
      expect(await ask(shop)).toMatchObject({ status: 200 });
      // The same message was sent once.
      expect(shop.requests).toHaveLength(1);
      expect(await ask(shop)).toMatchObject(refused('limit', 429, { retryAfterMs: 60_000 }));
    });

    it('is not extended if the clock is set back', async () => {
      const { clock, set } = twoClocks();
      let callOptions: unknown;
      const shop = world({
        clock,
        timeoutMs: 5000,
        guard: () => (set(-3_600_000), true),
        client: clientOf((_, __, options) => ((callOptions = options), { outcome: 'accepted', id: uuid() })),
      });
      await ask(shop);
      expect(callOptions).toEqual({ timeoutMs: 5000 });
    });

    it('is over if the machine slept past it', async () => {
      const { clock, set } = twoClocks();
      const shop = world({ clock, timeoutMs: 5000, guard: () => (set(5000), true) });
      expect(await ask(shop)).toMatchObject(refused('unavailable', 503));
      expect(shop.requests).toEqual([]);
    });
  });
});

describe('a faulty client', () => {
  it.each([
    [
      'throws something else',
      () => {
        throw new Error(secret);
      },
    ],
    ['rejects with nothing', () => Promise.reject(undefined as unknown as Error)],
    ['returns nothing', () => undefined],
    ['returns an unknown outcome', () => ({ outcome: 'maybe' })],
    ['returns a value that JSON cannot write', () => ({ outcome: 'accepted', id: uuid(), parts: 1n })],
    [
      'returns a value that is nested too deep for JSON',
      () => ({
        outcome: 'accepted',
        id: uuid(),
        extra: JSON.parse(`{"a":${'['.repeat(50_000)}${']'.repeat(50_000)}}`) as unknown,
      }),
    ],
  ])('makes a send unknown if it %s', async (_, run) => {
    const { status, body } = await ask(world({ client: clientOf(run) }));
    expect({ status, body }).toEqual({
      status: 200,
      body: {
        outcome: 'unknown',
        id: uuid(),
        error: { kind: 'transport', phase: 'sent', reason: 'network' },
      },
    });
  });

  it('reveals nothing to operations that read', async () => {
    const shop = world({ client: clientOf(() => Promise.reject(new Error(secret))) });
    const response = await ask(shop, {
      operation: 'status',
      effect: 'reads',
      input: { id: uuid(), phone: input.to },
    });
    expect(response).toMatchObject(refused('unavailable', 503));
    expect(JSON.stringify(response.body)).not.toContain(secret);
  });
});

describe('a polluted Object.prototype', () => {
  it('adds no option, no allowed operation and no input', async () => {
    const shop = world();
    const guarded = world({ guard: (() => ({})) as unknown as Guard });
    const pollution = {
      add: {},
      token: 'dirt',
      messages: [],
      sender: 'Bank',
      fileUrl: 'https://evil.example/a',
      members: ['sender'],
      groups: true,
      special: [],
      refused: 'x',
      outcome: 'accepted',
      maxCost: '0',
    };
    await whilePolluted(pollution, async () => {
      expect(await ask(shop, { input: { ...input } })).toMatchObject({ status: 200 });
      expect(await ask(shop, { id: uuid(1), input: { to: { group: 3 }, text: 'a' } })).toMatchObject({
        status: 403,
      });
      expect(await ask(guarded)).toMatchObject({ status: 403 });
      const late = world();
      expect(await ask(late, { id: uuid(2) })).toMatchObject({ status: 200 });
      for (const { body } of [...shop.requests, ...late.requests])
        expect(body.kind === 'text' && [...new URLSearchParams(body.text).keys()]).toEqual([
          'apikey',
          'phones',
          'mes',
          'id',
          'cost',
          'fmt',
          'charset',
        ]);
    });
  });
});

describe('options', () => {
  const client = clientOf(() => undefined);
  const good = { client, origins: [origin], operations: usual };

  it.each(
    (
      [
        [{ client: {} }, 'client expected a client'],
        [{ origins: [] }, 'origins expected a non-empty array'],
        [{ origins: ['shop.example'] }, 'origins[0] expected an origin'],
        [{ origins: ['https://shop.example/'] }, 'origins[0] expected an origin'],
        [{ origins: ['*'] }, 'origins[0] expected an origin'],
        [{ operations: {} }, 'operations is empty: list at least one operation'],
        [{ operations: { send: 'send' } }, 'operations.send expected { operation, members'],
        [{ operations: { send: send } }, 'operations.send.name is unknown; valid names: operation'],
        [
          { operations: { send: { operation: send, member: ['to'] } } },
          'operations.send.member is unknown; did you mean `members`?',
        ],
        [
          { operations: { send: { operation: send, members: ['mes'] } } },
          'operations.send.members has mes, which is not a member of send',
        ],
        [
          { operations: { send: { operation: send, members: ['visitor'] } } },
          'operations.send.members cannot have visitor',
        ],
        [
          { operations: { send: { operation: send, members: ['sender'], set: { sender: 'Shop' } } } },
          'operations.send.members has sender, which is also in set',
        ],
        [
          { operations: { send: { operation: send, set: { id: 'a' } } } },
          'operations.send.set cannot have id',
        ],
        [
          { operations: { send: { operation: send, maxCost: 5 } } },
          'operations.send.maxCost expected a decimal',
        ],
        [
          { operations: { send: { operation: send, maxCost: '-1' } } },
          'operations.send.maxCost expected a decimal',
        ],
        [
          { operations: { send: { operation: send, maxRecipients: 0 } } },
          'operations.send.maxRecipients expected a whole number from 1',
        ],
        [
          { operations: { send: { operation: send, maxParts: 0 } } },
          'operations.send.maxParts expected a whole number from 1',
        ],
        [
          { operations: { send: { operation: send, maxParts: 1, groups: true } } },
          'operations.send.maxParts cannot be computed for groups',
        ],
        [
          { operations: { code: { operation: callWithCode, maxCost: '5' } } },
          'operations.code.maxCost is for send and sendList',
        ],
        [
          {
            operations: {
              send: { operation: send, members: ['fileUrl'], set: { kind: 'voice' }, maxParts: 5 },
            },
          },
          'operations.send.maxParts cannot be computed for calls that play a file',
        ],
        [
          { operations: { send: { operation: send, members: ['kind', 'files'], maxParts: 5 } } },
          'operations.send.maxParts cannot be computed for calls that play a file',
        ],
        [
          {
            operations: {
              send: {
                operation: send,
                set: { kind: 'voice', fileUrl: 'https://shop.example/a' },
                maxParts: 5,
              },
            },
          },
          'operations.send.maxParts cannot be computed for calls that play a file',
        ],
        [
          { operations: { send: { operation: send, members: ['kind', 'fileUrl'], maxCost: '5' } } },
          'operations.send.maxCost cannot be computed for calls that play a fileUrl',
        ],
        [
          {
            operations: {
              send: { operation: send, members: ['fileUrl'], set: { kind: 'voice' }, maxCost: '5' },
            },
          },
          'operations.send.maxCost cannot be computed for calls that play a fileUrl',
        ],
        [
          { operations: { status: { operation: send } } },
          'operations.status is send with the effect spends, but pages expect the effect reads under this name',
        ],
        [
          { operations: { send: { operation: createJob } } },
          'operations.send is createJob with the effect spends-without-id, but pages expect the effect spends under this name',
        ],
        [{ operations: { call: { operation: cost } } }, 'operations.call has a reserved name'],
        [
          { operations: { code: { operation: callWithCode, members: ['to'] } } },
          'operations.code.show is missing: without it the page would receive the code that only the owner of the number may know',
        ],
        [
          { operations: { status: { operation: status, show: ['state', 'final'] } } },
          'operations.status.show lacks status',
        ],
        [
          { operations: { send: { operation: send, anyId: true } } },
          'operations.send.anyId is for status requests',
        ],
        [
          { operations: { status: { operation: status, anyId: 'yes' } } },
          'operations.status.anyId expected true or false',
        ],
        [
          { limits: { visitor: { most: 0, perMs: 1 } } },
          'limits.visitor.most expected a whole number from 1',
        ],
        [{ limits: { visitor: { most: 1 } } }, 'limits.visitor expected { most, perMs } or false'],
        [{ limits: { visitors: false } }, 'limits.visitors is unknown; valid names:'],
        [{ limits: { visitor: 0 } }, 'limits.visitor expected { most, perMs } or false'],
        [{ timeoutMs: 60_000 }, 'timeoutMs expected a whole number from 1000 to 45000'],
        [{ guard: true }, 'guard expected a function'],
        [{ maxBodyBytes: 0 }, 'maxBodyBytes expected a whole number from 1'],
        [{ apiKey: secret }, 'apiKey is unknown; valid names:'],
      ] as readonly (readonly [options: object, message: string])[]
    ).map(([options, message]) => ({ options, message })),
  )('that are invalid throw at once: $message', ({ options, message }) => {
    const make = (): unknown => createRelay({ ...good, ...options } as never);
    expect(make).toThrow(InputError);
    expect(make).toThrow(message);
    expect(make).not.toThrow(secret);
  });

  it('may limit messages whose cost does not depend on a file', () => {
    const allowed = {
      picture: {
        operation: send,
        members: ['to', 'text', 'files', 'fileUrl'],
        set: { kind: 'mms' },
        maxParts: 5,
        maxCost: '5',
      },
      sound: { operation: send, members: ['to', 'files'], set: { kind: 'voice' }, maxCost: '5' },
    };
    expect(() => createRelay({ ...good, operations: allowed } as never)).not.toThrow();
  });

  it('are typed by the operations', () => {
    createRelay({
      client,
      origins: [origin],
      operations: {
        send: { operation: send, members: ['to', 'text'], set: { sender: 'Shop' } },
        status: { operation: status, members: ['id', 'phone'], show: ['status', 'state'] },
      },
    });
    const wrong = (): unknown[] => [
      // @ts-expect-error: not a member of send
      createRelay({ client, origins: [origin], operations: { send: { operation: send, members: ['mes'] } } }),
      createRelay({
        client,
        origins: [origin],
        // @ts-expect-error: only the guard adds the visitor
        operations: { send: { operation: send, members: ['visitor'] } },
      }),
      createRelay({
        client,
        origins: [origin],
        // @ts-expect-error: sender is text
        operations: { send: { operation: send, set: { sender: 5 } } },
      }),
      // @ts-expect-error: not an option of an allowed operation
      createRelay({ client, origins: [origin], operations: { send: { operation: send, maxcost: '5' } } }),
      createRelay({
        client,
        origins: [origin],
        // @ts-expect-error: not a member of the status
        operations: { status: { operation: status, show: ['text'] } },
      }),
    ];
    expect(wrong).toThrow(InputError);
  });
});
