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
  type Asked,
  asRequest,
  balance,
  callOf,
  clientOf,
  input,
  origin,
  said,
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
  it('sends what a page asks for, with credentials that the page has not', async () => {
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

  it('reads what costs nothing', async () => {
    const shop = world();
    await ask(shop);
    const told = await ask(shop, {
      operation: 'status',
      effect: 'reads',
      id: undefined as never,
      input: { id: uuid(), phone: input.to },
    });
    expect(told).toMatchObject({ status: 200, body: { outcome: 'done', result: { status: -1 } } });
  });

  it('says what the gateway refused, and nothing else of it', async () => {
    const shop = world();
    const { status, body } = await ask(shop, { input: { to: '999501234567', text: 'a' } });
    expect({ status, body }).toEqual({
      status: 200,
      body: {
        outcome: 'rejected',
        id: uuid(),
        error: { kind: 'gateway', code: 8, meaning: 'message cannot be delivered to this number' },
      },
    });
  });

  it.each([
    ['not-sent', new TransportError(`connect 10.0.0.5:443 with ${secret}`, 'connect', 'network')],
    ['unknown', new TransportError(`reset by gateway.internal, psw=${secret}`, 'sent', 'network')],
  ])('says that a send is %s, and no word of why', async (outcome, error) => {
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

  it('never says the balance beside what was sent, unless that is shown', async () => {
    const offer = { operation: send, members: ['to', 'text'], set: { report: 'balance' } };
    const silent = await ask(world({ operations: { send: offer } }));
    expect(silent.body['result']).toMatchObject({ cost: '0.385' });
    expect(silent.body['result']).not.toHaveProperty('balance');
    const open = await ask(world({ operations: { send: { ...offer, show: ['parts', 'balance'] } } }));
    expect(open.body['result']).toEqual({ parts: 1, balance: '99.615' });
  });

  it('says no balance and no cost that could not be read either', async () => {
    const result = {
      outcome: 'accepted',
      id: uuid(),
      parts: 1,
      cost: undefined,
      balance: undefined,
      recipients: [],
      extra: { balance: '1 234,50', cost: '0,5', note: 'a' },
    };
    const told = async (more: object): Promise<unknown> =>
      (await ask(world({ client: clientOf(() => result), operations: { send: { ...usual.send, ...more } } })))
        .body['result'];
    expect(await told({})).toEqual({ id: uuid(), parts: 1, recipients: [], extra: { note: 'a' } });
    expect(await told({ show: ['extra'] })).toEqual({ extra: { note: 'a' } });
    expect(await told({ show: ['extra', 'balance'] })).toEqual({ extra: { balance: '1 234,50', note: 'a' } });
  });

  it('tells of each row of a list what is shown', async () => {
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

  it('says of a message what is known of its state, and nothing of what the gateway says besides', async () => {
    const state = { status: 1, state: 'delivered', final: true, extra: { comment: 'VIP' } };
    const told = async (more: object, operation: object = status): Promise<unknown> => {
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
      const asked = { id: uuid(), phone: input.to };
      return (
        await ask(shop, {
          operation: 'status',
          effect: 'reads',
          input: operation === statuses ? { messages: [asked] } : asked,
        })
      ).body['result'];
    };
    expect(await told({})).toEqual({ ...state, extra: {} });
    expect(await told({}, statuses)).toEqual([{ ...state, extra: {} }]);
    expect(await told({ show: ['status', 'extra'] })).toEqual({ status: 1, extra: { comment: 'VIP' } });
  });

  it('tells the balance where that is what is listed', async () => {
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

describe('what is not listed', () => {
  it.each([
    ['an operation', { operation: 'sendList' }],
    ['a name that every object has', { operation: 'constructor' }],
    ['a name that every object has', { operation: '__proto__' }],
    ['a member', { input: { ...input, sender: 'Bank' } }],
    ['the address of a file', { input: { ...input, fileUrl: 'https://evil.example/a' } }],
    ['the address of a file of another scheme', { input: { ...input, fileUrl: 'file:///etc/passwd' } }],
    ['a member that is nothing', { input: { ...input, sender: null } }],
    ['a group', { input: { ...input, to: { group: 3 } } }],
    ['a group among others', { input: { ...input, to: [input.to, { group: 3 }] } }],
    ["an id of the page's choice", { id: 'order-1' }],
  ])('is refused: %s', async (_, asked) => {
    const shop = world();
    expect(await ask(shop, asked)).toMatchObject(refused('not-listed', 403));
    expect(shop.requests).toEqual([]);
  });

  it.each([
    'file:///etc/passwd',
    'gopher://a.example/',
    'javascript:alert(1)',
    'ftp://a.example/a',
    '//a.example/a',
  ])('is no address of a file where that is listed: %s', async (fileUrl) => {
    const shop = world({
      operations: { send: { operation: send, members: ['to', 'text', 'kind', 'fileUrl'] } },
    });
    expect(await ask(shop, { input: { ...input, kind: 'mms', fileUrl } })).toMatchObject({
      status: 400,
      body: { outcome: 'invalid', issues: [{ path: 'fileUrl' }] },
    });
    expect(shop.requests).toEqual([]);
  });

  describe('is a command inside a text', () => {
    const menu = 'Привіт\n{menu: оберіть\n1: https://evil.example/pressed\n0: repeat\n}';
    const file = 'Рахунок <file https://evil.example/a.pdf>';
    const texts = [
      ['voice', menu, 'a menu'],
      ['voice', ' code ', 'a code by call'],
      ['whatsapp', file, 'the address of a file'],
      ['viber', file.replace(' h', '\n H'), 'the address of a file'],
    ] as const;

    it.each(texts)('of %s: %j', async (kind, text, what) => {
      const shop = world({
        operations: { send: { operation: send, members: ['to', 'text'], set: { kind } } },
      });
      expect(await ask(shop, { input: { to: input.to, text } })).toMatchObject(
        refused('not-listed', 403, { message: `${what} is not among the contents that a page may give` }),
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

    it('of a kind that the guard adds', async () => {
      const shop = world({ guard: () => ({ add: { kind: 'voice' } }) });
      expect(await ask(shop, { input: { to: input.to, text: menu } })).toMatchObject(
        refused('not-listed', 403),
      );
      expect(shop.requests).toEqual([]);
    });

    it('unless the relay says it, or lists it', async () => {
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
    ])('where it is none: of %s %j', async (kind, text) => {
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

  it('is refused in lists as well', async () => {
    const shop = world({
      operations: { sendList: { operation: sendList, members: ['messages'], maxRecipients: 5 } },
    });
    const asked = {
      operation: 'sendList',
      input: {
        messages: [
          { to: input.to, text: 'a' },
          { to: { group: 3 }, text: 'b' },
        ],
      },
    };
    expect(await ask(shop, asked)).toMatchObject(refused('not-listed', 403));
  });

  describe('inside the messages of a list', () => {
    const list = (offer: object, message: object): ReturnType<typeof ask> => {
      const shop = world({
        operations: { sendList: { operation: sendList, members: ['messages'], maxRecipients: 2, ...offer } },
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

    it('is of no concern where messages are only asked about', async () => {
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
      const make = (offer: object): unknown =>
        createRelay({ client: clientOf(() => undefined), origins: [origin], operations: { offer } } as never);
      expect(() => make({ operation: send, members: ['utcOffset'] })).toThrow(
        'operations.offer.members has utcOffset, which is not a member of send',
      );
      expect(() => make({ operation: sendList, members: ['messages', 'data'] })).toThrow(
        'operations.offer.members has data, which is not a member of sendList',
      );
    });
  });

  it('never repeats what could be a text, or a number', async () => {
    const { body } = await ask(world(), { input: { ...input, 'Ваш код: 4821': 1 } });
    expect(body['message']).toBe('a member is not among the members that a page may give');
  });

  it('may be a group, or an id, where that is said', async () => {
    const shop = world({
      operations: { send: { operation: send, members: ['to', 'text', 'id'], groups: true } },
    });
    expect(await ask(shop, { id: 'order-1', input: { to: { group: 3 }, text: 'a' } })).toMatchObject({
      body: { outcome: 'rejected', id: 'order-1' },
    });
    expect(shop.ran()).toEqual(['send']);
  });

  describe('among ids', () => {
    const about = (offers: object, asked: object, operation = 'status'): ReturnType<typeof ask> =>
      ask(world({ operations: { ...usual, ...offers }, client: clientOf(() => ({ status: 1 })) }), {
        operation,
        effect: 'reads',
        input: asked,
      });

    it.each(['order-1001', '17', 17, '00000000-0000-4000-8000-00000000000', ''])(
      'is what can be guessed: %j',
      async (id) => {
        const { status, body } = await about({}, { id, phone: input.to });
        expect([status, body['refused'] ?? body['outcome']]).toEqual(
          id === '' ? [400, 'invalid'] : [403, 'not-listed'],
        );
      },
    );

    it('is what can be guessed in a list, and in other questions about messages', async () => {
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

    it('may be said to be', async () => {
      expect(
        await about({ status: { ...usual.status, anyId: true } }, { id: 'order-1', phone: input.to }),
      ).toMatchObject({ status: 200 });
    });
  });

  it('cannot be changed by a page when the relay sets it', async () => {
    const shop = world({
      operations: { send: { operation: send, members: ['to', 'text'], set: { sender: 'Shop' } } },
    });
    await ask(shop);
    expect(shop.gateway.messages()[0]).toMatchObject({ sender: 'Shop' });
    expect(await ask(shop, { id: uuid(1), input: { ...input, sender: 'Bank' } })).toMatchObject(
      refused('not-listed', 403),
    );
  });

  it('is not what the page takes for something else', async () => {
    const shop = world({ operations: { sendCode: { operation: send, members: ['to', 'text'] } } });
    expect(await ask(shop, { operation: 'sendCode', effect: 'reads' })).toMatchObject(
      refused('malformed', 400),
    );
    expect(shop.requests).toEqual([]);
  });
});

describe('invalid input', () => {
  it('is refused with every complaint, before the guard, and without a value', async () => {
    let guarded = 0;
    const shop = world({ guard: () => (guarded++, true) });
    const { status, body } = await ask(shop, { input: { to: 'secret-number', text: '' } });
    expect(status).toBe(400);
    expect(body).toEqual({
      outcome: 'invalid',
      issues: [
        { path: 'text', message: expect.any(String) },
        { path: 'to', message: expect.stringContaining('a number of 7 to 15 digits') },
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
    'is a number that there cannot be: it would have the client stop for everyone: %j',
    async (wrong, path) => {
      const shop = world({ operations: { send: { ...usual.send, maxRecipients: 2 } } });
      expect(await ask(shop, { input: { ...input, ...wrong } })).toMatchObject({
        status: 400,
        body: { outcome: 'invalid', issues: [{ path, message: 'is not a possible phone number' }] },
      });
      expect(shop.requests).toEqual([]);
    },
  );

  it('is such a number in any place that has one', async () => {
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
    // An e-mail address, a name and a number as it is dialed at home are others.
    expect(await paths('status', { id: uuid(), phone: 'a@shop.example' }, 'reads')).toBeUndefined();
    expect(await paths('send', { ...input, to: '0501234567' })).toBeUndefined();
    const bot = world({
      operations: {
        send: { operation: send, members: ['to', 'text'], set: { kind: 'telegram-bot', bot: '@shop_bot' } },
      },
    });
    expect(await ask(bot, { input: { to: '@somebody', text: 'a' } })).toMatchObject({ status: 200 });
  });

  it('of one visitor stops nobody else', async () => {
    const shop = world();
    for (const [at, to] of ['0000000', '1234567', '0000001', '0000002', '0000003'].entries())
      await ask(shop, { id: uuid(at + 1), input: { ...input, to } });
    expect(await ask(shop, {}, '198.51.100.1')).toMatchObject({ body: { outcome: 'accepted' } });
  });

  it("of the relay's own making is no complaint about the page", async () => {
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
  const asked = async (headers: Record<string, string>, init: RequestInit = {}): Promise<unknown> =>
    said(world().relay(asRequest(callOf(), { headers, ...init } as never)));

  it.each([
    ['another origin', { origin: 'https://evil.example' }],
    ['another scheme', { origin: 'http://shop.example' }],
    ['another port', { origin: 'https://shop.example:8443' }],
    ['an origin that begins alike', { origin: 'https://shop.example.evil.example' }],
    ['a sandbox', { origin: 'null' }],
    ['nowhere', { origin: '' }],
    ['two at once', { origin: 'https://shop.example, https://evil.example' }],
    ['another site', { 'sec-fetch-site': 'cross-site' }],
    ['another host of the site', { 'sec-fetch-site': 'same-site' }],
  ])('must be a page that is listed, and not %s', async (_, headers) => {
    expect(await asked(headers)).toMatchObject(refused('origin', 403));
  });

  it('must not be a form of another page, which has no header of its own', async () => {
    const request = asRequest(callOf());
    request.headers.delete('smsc-relay');
    expect(await said(world().relay(request))).toMatchObject(refused('origin', 403));
  });

  it('needs no Sec-Fetch-Site, which older browsers do not send', async () => {
    const request = asRequest(callOf());
    request.headers.delete('sec-fetch-site');
    expect(await said(world().relay(request))).toMatchObject({ status: 200 });
  });

  it.each(['GET', 'PUT', 'DELETE', 'OPTIONS', 'HEAD'])('must not be a %s', async (method) => {
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
  const send = (body: BodyInit | object, headers: Record<string, string> = {}): ReturnType<typeof said> =>
    said(world().relay(asRequest(body, { headers })));

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
      'a prototype, written otherwise',
      JSON.stringify(callOf()).replace('"input":{', '"input":{"__pr\\u006fto__":{"sender":"Bank"},'),
    ],
    ['an input that is none', callOf({ input: [] })],
    ['an id that is none', callOf({ id: 'a'.repeat(41) })],
    ['an id with a line break', callOf({ id: 'a\nb' })],
    ['a token that is none', callOf({ token: 5 as never })],
    ['a token without end', callOf({ token: 'a'.repeat(8193) })],
    ['no list of places', callOf({ special: {} })],
    ['a place that is none', callOf({ special: [['to', 'date', 1]] })],
    ['a place on a prototype', callOf({ special: [[['__proto__', 'sender'], 'date', 1]] })],
    ['a place on a constructor', callOf({ special: [[['constructor', 'prototype', 'sender'], 'date', 1]] })],
    ['a place that is not there', callOf({ special: [[['sendAt'], 'date', 1]] })],
    ['a place that is taken', callOf({ special: [[['text'], 'date', 1]] })],
    [
      'a file that is not there',
      callOf({ input: { ...input, files: null }, special: [[['files'], 'file', 0]] }),
    ],
    [
      'a file at a place below nought',
      callOf({ input: { ...input, files: null }, special: [[['files'], 'file', -1]] }),
    ],
  ])('are refused that are %s', async (_, body) => {
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
      'a file that has no place',
      [
        ['call', JSON.stringify(callOf())],
        ['file0', new Blob(['a'])],
      ],
    ],
    [
      'a part of another name',
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
    'are refused as forms that have %s',
    async (_, parts) => {
      const form = new FormData();
      for (const [name, value] of parts) form.append(name, value);
      expect(await send(form)).toMatchObject(refused('malformed', 400));
    },
  );

  it('are refused as forms that are cut off', async () => {
    expect(
      await send('--a\r\ncontent-disposition: form-data; name="call"\r\n\r\n{', {
        'content-type': 'multipart/form-data; boundary=a',
      }),
    ).toMatchObject(refused('malformed', 400));
  });

  it('are refused when they say that they are too large', async () => {
    expect(await send(JSON.stringify(callOf()), { 'content-length': '65537' })).toMatchObject(
      refused('too-large', 413),
    );
  });

  it('are refused when they never end, and are then read no further', async () => {
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

  it('are refused when they do not come, and never with 408, which a browser would answer with a second request', async () => {
    const shop = world({ bodyTimeoutMs: 3000 });
    const told = said(shop.relay(asRequest(new ReadableStream({}))));
    await until(() => shop.clock.pending === 1);
    shop.clock.advance(3000);
    expect(await told).toMatchObject(refused('too-slow', 400));
  });

  it('are kept in one piece, however small the pieces that they come in', async () => {
    const bytes = new TextEncoder().encode(JSON.stringify(callOf()));
    // One byte of memory for all of them: whoever keeps the pieces has the last one only.
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

  it('of JSON are never larger than 65,536 bytes, however large a file may be', async () => {
    const large = world({ maxBodyBytes: 1_000_000 });
    const body = JSON.stringify(callOf({ input: { ...input, text: 'a' } })).padEnd(65_537);
    expect(await said(large.relay(asRequest(body)))).toMatchObject(refused('too-large', 413));
    expect(await said(large.relay(asRequest(body.slice(0, -1))))).toMatchObject({ status: 200 });
  });

  it.each([
    ['beside files', 'a'],
    ['of more than one byte a letter', 'я'],
  ])('of forms have no more JSON than that either: %s', async (_, letter) => {
    const form = new FormData();
    form.append(
      'call',
      JSON.stringify(callOf({ input: { ...input, text: letter.repeat(40_000) } })).padEnd(
        letter === 'a' ? 65_537 : 0,
      ),
    );
    expect(await said(world({ maxBodyBytes: 1_000_000 }).relay(asRequest(form)))).toMatchObject(
      refused('too-large', 413),
    );
  });

  it('of forms have a hundred parts at most, counted before any is read', async () => {
    const shop = world({ maxBodyBytes: 1_000_000, limits: { visitor: false } });
    const x = 'x'.repeat(36);
    const told = async (parts: number, type = `multipart/form-data; boundary=${x}`): Promise<unknown> => {
      const files = Array.from(
        { length: parts - 1 },
        (_, at) => `--${x}\r\ncontent-disposition: form-data; name="file${at}"; filename="f"\r\n\r\n\r\n`,
      );
      const form = `--${x}\r\ncontent-disposition: form-data; name="call"\r\n\r\n${JSON.stringify(callOf())}\r\n${files.join('')}--${x}--\r\n`;
      return (await said(shop.relay(asRequest(form, { headers: { 'content-type': type } })))).body;
    };
    // Files that nothing asks for are another complaint, which comes later.
    expect(await told(100)).toMatchObject({
      refused: 'malformed',
      message: 'a file is not used in the input',
    });
    expect(await told(101)).toMatchObject({ refused: 'too-large' });
    expect(await told(101, `multipart/form-data; boundary="${x}"`)).toMatchObject({ refused: 'too-large' });
    // The parser uses the same boundary as the count.
    const y = 'y'.repeat(36);
    expect(await told(101, `multipart/form-data; a="; boundary=${y}"; boundary=${x}`)).toMatchObject({
      refused: 'malformed',
      message: 'the form has no valid boundary',
    });
    expect(await told(101, `multipart/form-data; boundary=${y}; boundary=${x}`)).toMatchObject({
      refused: 'malformed',
      message: 'the form cannot be read',
    });
  });

  it('may come in any pieces', async () => {
    const bytes = new TextEncoder().encode(JSON.stringify(callOf()));
    const pieces = new ReadableStream({
      start: (controller) => (
        bytes.forEach((each) => controller.enqueue(Uint8Array.of(each))),
        controller.close()
      ),
    });
    expect(await send(pieces)).toMatchObject({ status: 200, body: { outcome: 'accepted' } });
  });

  it('that end early do no harm', async () => {
    const broken = new ReadableStream({ pull: (controller) => controller.error(new Error(secret)) });
    const { status, body } = await send(broken);
    expect(status).toBe(503);
    expect(JSON.stringify(body)).not.toContain(secret);
  });
});

describe('limits', () => {
  it('are for each visitor, and for all', async () => {
    const shop = world({ limits: { visitor: { most: 2, perMs: 1000 }, total: { most: 3, perMs: 1000 } } });
    const from = async (address: string): Promise<string> =>
      String(
        (
          await ask(
            shop,
            { operation: 'status', effect: 'reads', input: { id: uuid(), phone: input.to } },
            address,
          )
        ).body['refused'] ?? 'let through',
      );
    expect([await from('203.0.113.1'), await from('203.0.113.1'), await from('203.0.113.1')]).toEqual([
      'let through',
      'let through',
      'limit',
    ]);
    expect([await from('203.0.113.2'), await from('203.0.113.3')]).toEqual(['let through', 'limit']);
    shop.clock.advance(1000);
    expect(await from('203.0.113.3')).toBe('let through');
  });

  it('of what spends are five an hour, if nothing else is said', async () => {
    const shop = world();
    for (let at = 0; at < 5; at++) expect(await ask(shop, { id: uuid(at) })).toMatchObject({ status: 200 });
    const told = await ask(shop, { id: uuid(5) });
    expect(told).toMatchObject(refused('limit', 429, { retryAfterMs: 3_600_000 }));
    expect(told.headers.get('retry-after')).toBe('3600');
    expect(shop.requests).toHaveLength(5);
    expect(
      await ask(shop, { operation: 'status', effect: 'reads', input: { id: uuid(), phone: input.to } }),
    ).toMatchObject({ status: 200 });
    expect(await ask(shop, { id: uuid(6) }, '198.51.100.1')).toMatchObject({ status: 200 });
  });

  it('for all count nothing that the guard refuses: nobody is kept out by who never comes in', async () => {
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

  it('for all hold for those whom the guard lets pass at once', async () => {
    const { promise, resolve } = later<boolean>();
    let thinking = 0;
    const shop = world({ limits: { total: { most: 1, perMs: 1000 } }, guard: () => (thinking++, promise) });
    const both = [ask(shop, { id: uuid(1) }, '203.0.113.1'), ask(shop, { id: uuid(2) }, '203.0.113.2')];
    await until(() => thinking === 2);
    resolve(true);
    expect((await Promise.all(both)).map(({ status }) => status).sort()).toEqual([200, 429]);
    expect(shop.requests).toHaveLength(1);
  });

  it('are not passed by headers that anyone can write', async () => {
    const shop = world({ limits: { visitor: { most: 1, perMs: 1000 } } });
    const from = (headers: Record<string, string>): ReturnType<typeof said> =>
      said(shop.relay(asRequest(callOf(), { headers }), { address: '203.0.113.1' }));
    await from({});
    for (const headers of [
      { 'x-forwarded-for': '198.51.100.9' },
      { forwarded: 'for=198.51.100.9' },
      { 'x-real-ip': '198.51.100.9' },
    ])
      expect(await from(headers)).toMatchObject(refused('limit', 429));
  });

  it('are shared by all of whom nothing is known', async () => {
    const shop = world({ limits: { visitor: { most: 1, perMs: 1000 } } });
    await said(shop.relay(asRequest(callOf())));
    expect(await said(shop.relay(asRequest(callOf())))).toMatchObject(refused('limit', 429));
  });

  it('count by what they are told to', async () => {
    const shop = world({
      limits: { visitor: { most: 1, perMs: 1000 } },
      visitor: (request: Request) => request.headers.get('cookie') ?? undefined,
    });
    const from = (cookie: string): ReturnType<typeof said> =>
      said(shop.relay(asRequest(callOf(), { headers: { cookie } })));
    expect([(await from('a')).status, (await from('b')).status, (await from('a')).status]).toEqual([
      200, 200, 429,
    ]);
  });

  it.each<readonly [how: string, visitor: () => unknown]>([
    [
      'throws',
      () => {
        throw new Error(secret);
      },
    ],
    ['is a promise, which is another one each time', async () => Promise.resolve('somebody')],
    ['is an object, which is another one each time', () => ({ user: 1 })],
  ])('hold when what they count by %s', async (_, visitor) => {
    const shop = world({ visitor: visitor as () => string });
    for (let at = 0; at < 2; at++)
      expect(await ask(shop, { id: uuid(at) })).toMatchObject(refused('unavailable', 503));
    expect(shop.requests).toEqual([]);
  });
});

describe('a guard', () => {
  it('sees who wants what, and nothing that the relay sets', async () => {
    let seen: GuardRequest | undefined;
    const shop = world({
      operations: { send: { operation: send, members: ['to', 'text'], set: { sender: 'Shop' } } },
      guard: (visit: GuardRequest) => ((seen = visit), true),
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
  ])('is told the address %s as %s', async (address, told) => {
    let seen: GuardRequest | undefined;
    const { relay } = world({ guard: (visit: GuardRequest) => ((seen = visit), true) });
    await relay(asRequest(callOf()), address === undefined ? undefined : { address });
    expect(seen!.address).toBe(told);
  });

  it.each<readonly [what: string, add: Readonly<Record<string, unknown>>]>([
    ['to', { to: { group: 3 } }],
    ['to', { to: '380671112233' }],
    ['id', { id: uuid(1) }],
    ['id', { id: undefined }],
  ])('cannot change the %s that the page finds out by', async (what, add) => {
    const shop = world({ guard: () => ({ add }) });
    expect(await ask(shop)).toMatchObject(
      refused('not-listed', 403, { message: `${what} is not among the members that a guard may add` }),
    );
    expect(shop.requests).toEqual([]);
  });

  it('may say once more what the page gave, and whom it goes to where the page does not', async () => {
    const same = world({ guard: ({ input: given }: GuardRequest) => ({ add: { ...given, translit: 1 } }) });
    expect(await ask(same)).toMatchObject({ body: { outcome: 'accepted' } });
    const own = world({
      operations: { send: { operation: send, members: ['text'], set: { to: input.to } } },
      guard: () => ({ add: { to: '380671112233' } }),
    });
    expect(await ask(own, { input: { text: 'a' } })).toMatchObject({ body: { outcome: 'accepted' } });
    expect(own.gateway.messages().map(({ phone }) => phone)).toEqual(['380671112233']);
  });

  it('is held to what is listed', async () => {
    const shop = world({
      operations: { send: { operation: send, members: ['text'], set: { to: input.to } } },
      guard: () => ({ add: { to: { group: 3 } } }),
    });
    expect(await ask(shop, { input: { text: 'a' } })).toMatchObject(
      refused('not-listed', 403, { message: 'a page may not send to groups' }),
    );
    expect(shop.requests).toEqual([]);
  });

  it.each<readonly [how: string, guard: unknown, refusal: object]>([
    ['says no', () => false, refused('guard', 403)],
    ['says why', () => ({ refuse: 'captcha-wrong' }), refused('guard', 403, { message: 'captcha-wrong' })],
    ['forgets to say anything', () => undefined, refused('guard', 403)],
    ['says something else', () => 'yes', refused('guard', 403)],
    ['gives a promise of no', async () => Promise.resolve(false), refused('guard', 403)],
    [
      'throws',
      () => {
        throw new Error(secret);
      },
      refused('unavailable', 503),
    ],
    ['rejects', async () => Promise.reject(new Error(secret)), refused('unavailable', 503)],
  ])('keeps a call back that it %s', async (_, guard, refusal) => {
    const shop = world({ guard: guard as Guard });
    const told = await ask(shop);
    expect(told).toMatchObject(refusal);
    expect(JSON.stringify(told.body)).not.toContain(secret);
    expect(shop.requests).toEqual([]);
  });

  it('keeps a call back when it hangs', async () => {
    let signal: AbortSignal | undefined;
    const shop = world({
      guardTimeoutMs: 2000,
      guard: (visit: GuardRequest) => ((signal = visit.signal), new Promise<boolean>(() => undefined)),
    });
    const told = ask(shop);
    await until(() => signal !== undefined);
    shop.clock.advance(2000);
    expect(await told).toMatchObject(refused('unavailable', 503));
    expect(signal).toBeInstanceOf(AbortSignal);
    expect([shop.requests.length, shop.clock.pending]).toEqual([0, 0]);
  });

  it('is asked for what costs nothing as well', async () => {
    const shop = world({ guard: () => false });
    expect(
      await ask(shop, { operation: 'status', effect: 'reads', input: { id: uuid(), phone: input.to } }),
    ).toMatchObject(refused('guard', 403));
  });
});

describe('the maximum cost', () => {
  const offer = { operation: send, members: ['to', 'text'], maxRecipients: 3 };

  it('is asked before it is sent', async () => {
    const shop = world({ operations: { send: { ...offer, maxCost: '0.385' } } });
    expect(await ask(shop)).toMatchObject({ body: { outcome: 'accepted' } });
    expect(shop.ran()).toEqual(['cost', 'send']);
  });

  it('is exact to the last digit', async () => {
    const shop = world({ operations: { send: { ...offer, maxCost: '0.384999' } } });
    expect(await ask(shop)).toMatchObject(refused('cost', 403));
    expect(shop.ran()).toEqual(['cost']);
  });

  it('counts lists as well', async () => {
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
    expect(shop.ran()).toEqual(['costList', 'sendList', 'costList']);
  });

  it('keeps back what cannot be asked', async () => {
    const shop = world({
      operations: { send: { ...offer, maxCost: '5' } },
      client: clientOf(() => Promise.reject(new TransportError(secret, 'sent', 'network'))),
    });
    expect(await ask(shop)).toMatchObject(refused('unavailable', 503));
  });

  it('is of no interest when the gateway would refuse it anyway', async () => {
    const shop = world({ operations: { send: { ...offer, maxCost: '5' } } });
    expect(await ask(shop, { input: { to: '999501234567', text: 'a' } })).toMatchObject({
      body: { outcome: 'rejected', error: { code: 8 } },
    });
    expect(shop.ran()).toEqual(['cost']);
  });

  it('is bounded by recipients: one, if nothing else is said', async () => {
    const shop = world();
    expect(await ask(shop, { input: { ...input, to: ['380501234567', '380671112233'] } })).toMatchObject(
      refused('too-large', 413),
    );
    const more = world({ operations: { send: offer } });
    expect(
      await ask(more, {
        input: { ...input, to: ['380501234567', '380671112233', '380671112234', '380671112235'] },
      }),
    ).toMatchObject(refused('too-large', 413));
    expect(
      await ask(more, { input: { ...input, to: ['380501234567', '380671112233', '380671112234'] } }),
    ).toMatchObject({ status: 200 });
  });

  it('is bounded by parts, of all recipients', async () => {
    const shop = world({ operations: { send: { ...offer, maxParts: 2 } } });
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

  it('is bounded by parts of every kind of message', async () => {
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

  it('is bounded by the most parts that it could have', async () => {
    const shop = world({
      operations: { send: { operation: send, members: ['to', 'text'], set: { kind: 'voice' }, maxParts: 6 } },
    });
    // A fast voice reads this in three seconds, a slow one in seven.
    expect(await ask(shop, { input: { to: input.to, text: 'a'.repeat(61) } })).toMatchObject(
      refused('too-large', 413),
    );
    expect(await ask(shop, { id: uuid(1), input: { to: input.to, text: 'a'.repeat(60) } })).toMatchObject({
      status: 200,
    });
    const twice = world({ operations: { send: { ...offer, maxParts: 1 } } });
    expect(await ask(twice, { input: { to: [input.to, input.to], text: 'a' } })).toMatchObject(
      refused('too-large', 413),
    );
  });

  it.each([
    ['files', { files: [{ name: 'a.mp3', content: new Uint8Array(1) }] }],
    ['fileUrl', { fileUrl: `https://evil.example/${'a'.repeat(100)}.mp3` }],
  ])('has no parts that can be counted where a call plays %s, and is refused', async (_, add) => {
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
  /** A relay whose gateway answers when it is told to. */
  function held(): { shop: ReturnType<typeof world>; release: () => void } {
    const { promise, resolve } = later<undefined>();
    return {
      shop: world({ between: async (_, go) => (await promise, go()) }),
      release: () => resolve(undefined),
    };
  }

  it('is made once while it goes on, and both are told', async () => {
    const { shop, release } = held();
    const both = [ask(shop), ask(shop, { token: 'another' })];
    await until(() => shop.requests.length === 1);
    await turns();
    release();
    for (const told of await Promise.all(both))
      expect(told).toMatchObject({ status: 200, body: { outcome: 'accepted', id: uuid() } });
    expect(shop.gateway.messages()).toHaveLength(1);
    expect(shop.requests).toHaveLength(1);
  });

  it('is made once afterwards as well, for ten minutes', async () => {
    const shop = world();
    const first = await ask(shop);
    shop.clock.advance(599_999);
    expect((await ask(shop)).body).toEqual(first.body);
    expect(shop.requests).toHaveLength(1);
    shop.clock.advance(1);
    expect(await ask(shop)).toMatchObject({ status: 200 });
    expect(shop.requests).toHaveLength(2);
  });

  it('is not remembered where nothing is to be', async () => {
    const shop = world({ replayMs: 0 });
    await ask(shop);
    expect(await ask(shop, { input: { ...input, text: 'b' } })).toMatchObject({ status: 200 });
  });

  it('is unknown where the gateway has seen its like, which may have been the first of the two', async () => {
    const gateway = createGateway({ accounts: [{ login: 'shop', apiKey: secret, balance: '100.00' }] });
    const clock = new ManualClock();
    const client = createClient({
      transport: gatewayTransport(gateway, { now: clock.now }),
      credentials: { apiKey: secret },
      clock,
      retries: 0,
    });
    // Two relays do not know each other's messages; a restarted relay does not know its earlier ones.
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

  it('is not guarded twice: a token is good for one use', async () => {
    const used = new Set<string | undefined>();
    const { shop, release } = held();
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

  it('is another one when anything about it is other', async () => {
    const shop = world();
    await ask(shop);
    expect(await ask(shop, { input: { ...input, text: 'b' } })).toMatchObject(refused('conflict', 409));
    expect(await ask(shop, { input: { ...input, to: '380671112233' } })).toMatchObject(
      refused('conflict', 409),
    );
    expect(shop.requests).toHaveLength(1);
  });

  it('is not repeated when nobody knows what became of it', async () => {
    const shop = world({ between: () => Promise.reject(new TransportError('reset', 'sent', 'network')) });
    expect((await ask(shop)).body['outcome']).toBe('unknown');
    expect((await ask(shop)).body['outcome']).toBe('unknown');
    expect(shop.requests).toHaveLength(1);
  });

  it('can be asked for again when it surely was not sent', async () => {
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

  it('is kept in bounded memory, and never forgotten while it goes on', async () => {
    const { shop, release } = held();
    let begun = 0;
    const small = world({
      maxReplays: 2,
      client: clientOf(async () => (begun++, await ask(shop), { outcome: 'accepted', id: uuid(), parts: 1 })),
    });
    const two = [ask(small, { id: uuid(1) }), ask(small, { id: uuid(2) })];
    await until(() => begun === 2);
    expect(await ask(small, { id: uuid(3) })).toMatchObject(refused('unavailable', 503));
    release();
    await Promise.all(two);
    expect(await ask(small, { id: uuid(3) })).toMatchObject({ status: 200 });
  });
});

describe('a repeated request', () => {
  /** As a page sends it: the header says which message it is. */
  const again = (
    { relay }: Pick<World, 'relay'>,
    asked: Asked = {},
    marked = `send ${uuid()}`,
  ): ReturnType<typeof said> =>
    said(relay(asRequest(callOf(asked), { headers: { 'smsc-relay': marked } }), { address: '203.0.113.7' }));
  const once = { visitor: { most: 1, perMs: 60_000 } };
  const unknown = {
    status: 200,
    body: { outcome: 'unknown', id: uuid(), error: { kind: 'transport', phase: 'sent', reason: 'network' } },
  };

  it('is not refused for what the first has used up, and is told what came of it', async () => {
    const { promise, resolve } = later<undefined>();
    const shop = world({ limits: once, between: async (_, go) => (await promise, go()) });
    const first = again(shop);
    await until(() => shop.requests.length === 1);
    const second = again(shop);
    await turns();
    resolve(undefined);
    for (const told of [await first, await second, await again(shop)])
      expect(told).toMatchObject({ status: 200, body: { outcome: 'accepted', id: uuid() } });
    expect(shop.gateway.messages()).toHaveLength(1);
  });

  it('is held to be the same all the same', async () => {
    const shop = world({ limits: once });
    await again(shop);
    expect(await again(shop, { input: { ...input, text: 'b' } })).toMatchObject(refused('conflict', 409));
    expect(await again(shop, { id: uuid(1) })).toMatchObject(refused('malformed', 400));
    expect(
      await again(shop, { operation: 'status', effect: 'reads', input: { id: uuid(), phone: input.to } }),
    ).toMatchObject(refused('malformed', 400));
    expect(await again(shop, { id: uuid(1) }, `send ${uuid(1)}`)).toMatchObject(refused('limit', 429));
    expect(shop.requests).toHaveLength(1);
  });

  it('has a limit of its own; above it, it is unknown, and never refused as if nothing had been sent', async () => {
    const shop = world({ limits: once });
    for (let at = 0; at < 11; at++)
      expect(await again(shop)).toMatchObject({ body: { outcome: 'accepted' } });
    expect(await again(shop)).toMatchObject(unknown);
    shop.clock.advance(60_000);
    expect(await again(shop)).toMatchObject({ body: { outcome: 'accepted' } });
    expect(shop.requests).toHaveLength(1);
  });

  it('is unknown as long as the first has not been read: that one may yet be sent', async () => {
    let give = (): void => undefined;
    const slow = new ReadableStream({
      start: (controller) =>
        void (give = () => (
          controller.enqueue(new TextEncoder().encode(JSON.stringify(callOf()))),
          controller.close()
        )),
    });
    const shop = world({ limits: { visitor: { most: 2, perMs: 60_000 } } });
    const marked = { headers: { 'smsc-relay': `send ${uuid()}` } };
    const first = said(shop.relay(asRequest(slow, marked)));
    const second = said(
      shop.relay(
        asRequest(
          new ReadableStream({ start: (controller) => controller.error(new Error('broken')) }),
          marked,
        ),
      ),
    );
    expect(await second).toMatchObject(unknown);
    give();
    expect(await first).toMatchObject({ body: { outcome: 'accepted' } });
    // By itself a request that breaks off has sent nothing.
    const alone = said(
      shop.relay(
        asRequest(new ReadableStream({ start: (controller) => controller.error(new Error('broken')) }), {
          headers: { 'smsc-relay': `send ${uuid(1)}` },
        }),
      ),
    );
    expect(await alone).toMatchObject(refused('unavailable', 503));
  });

  it('is refused where the first was', async () => {
    const { promise, resolve } = later<boolean>();
    let thinking = 0;
    const shop = world({ guard: () => (thinking++, promise) });
    const both = [again(shop), again(shop)];
    await until(() => thinking === 1);
    await turns();
    resolve(false);
    for (const told of await Promise.all(both)) expect(told).toMatchObject(refused('guard', 403));
  });
});

describe('a visitor who disconnects', () => {
  it('ends what only reads', async () => {
    const leaving = new AbortController();
    let signal: AbortSignal | undefined;
    const shop = world({
      client: clientOf(
        (_, __, how) => (
          (signal = (how as { signal: AbortSignal }).signal),
          new Promise((_, reject) =>
            signal!.addEventListener('abort', () => reject(new TransportError('aborted', 'sent', 'aborted'))),
          )
        ),
      ),
    });
    const told = shop.relay(
      asRequest(callOf({ operation: 'status', effect: 'reads', input: { id: uuid(), phone: input.to } }), {
        signal: leaving.signal,
      }),
    );
    await until(() => signal !== undefined);
    expect(signal!.aborted).toBe(false);
    leaving.abort();
    expect(signal!.aborted).toBe(true);
    expect(await said(told)).toMatchObject({ body: { outcome: 'failed' } });
  });

  it('does not end a send that has left', async () => {
    const leaving = new AbortController();
    const { promise, resolve } = later<undefined>();
    const shop = world({ between: async (_, go) => (await promise, go()) });
    const told = shop.relay(asRequest(callOf(), { signal: leaving.signal }));
    await until(() => shop.requests.length === 1);
    leaving.abort();
    expect(await said(told)).toMatchObject({
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

  it('keeps a send from leaving while the guard still thinks', async () => {
    const leaving = new AbortController();
    const { promise, resolve } = later<boolean>();
    let thinking = false;
    const shop = world({ guard: () => ((thinking = true), promise) });
    const told = shop.relay(asRequest(callOf(), { signal: leaving.signal }));
    await until(() => thinking);
    leaving.abort();
    resolve(true);
    expect(await said(told)).toMatchObject(refused('unavailable', 503));
    await turns();
    expect([shop.requests.length, shop.clock.pending]).toEqual([0, 0]);
  });

  it('takes nothing from another who waits for the same', async () => {
    const leaving = new AbortController();
    const { promise, resolve } = later<boolean>();
    let thinking = false;
    const shop = world({ guard: () => ((thinking = true), promise) });
    const first = shop.relay(asRequest(callOf(), { signal: leaving.signal }));
    const second = ask(shop);
    await until(() => thinking);
    await turns();
    leaving.abort();
    resolve(true);
    // It goes out all the same, for the other.
    expect(await said(first)).toMatchObject({
      status: 200,
      body: { outcome: 'unknown', error: { reason: 'aborted' } },
    });
    expect(await second).toMatchObject({ body: { outcome: 'accepted' } });
  });
});

describe('time', () => {
  it('is limited for a whole call, so that whoever looks for it a minute later knows', async () => {
    const { promise, resolve } = later<boolean>();
    let thinking = false;
    const shop = world({
      timeoutMs: 5000,
      guardTimeoutMs: 60_000,
      guard: () => ((thinking = true), promise),
    });
    const told = ask(shop);
    await until(() => thinking);
    shop.clock.advance(5000);
    resolve(true);
    expect(await told).toMatchObject(refused('unavailable', 503));
    expect(shop.requests).toEqual([]);
  });

  it('counts from the end of the body, which has a limit of its own', async () => {
    let give = (): void => undefined;
    const slow = new ReadableStream({
      start: (controller) =>
        void (give = () => (
          controller.enqueue(new TextEncoder().encode(JSON.stringify(callOf()))),
          controller.close()
        )),
    });
    const shop = world({ timeoutMs: 5000, bodyTimeoutMs: 60_000 });
    const told = said(shop.relay(asRequest(slow)));
    await until(() => shop.clock.pending === 1);
    shop.clock.advance(20_000);
    give();
    expect(await told).toMatchObject({ status: 200, body: { outcome: 'accepted' } });
  });

  it('that is left goes to the client', async () => {
    let how: unknown;
    const shop = world({
      timeoutMs: 5000,
      guard: () => (shop.clock.advance(1500), true),
      client: clientOf((_, __, options) => ((how = options), { outcome: 'accepted', id: uuid() })),
    });
    await ask(shop);
    expect(how).toEqual({ timeoutMs: 3500 });
  });

  describe('of day', () => {
    /** A clock whose time of day is set. The other one stands still, as it does on some machines while they sleep. */
    function twoClocks(): { clock: Clock; set: (ms: number) => void } {
      let day = Date.UTC(2026, 2, 16, 9);
      const { after } = new ManualClock();
      return { clock: { now: () => day, monotonic: () => 0, after }, set: (ms) => void (day += ms) };
    }

    it.each([3_600_000, -3_600_000])(
      'that is set by %i ms gives nobody another try, and nothing to wait for',
      async (by) => {
        const { clock, set } = twoClocks();
        const shop = world({ clock, limits: { visitor: { most: 2, perMs: 60_000 } } });
        await ask(shop);
        set(by);
        expect(await ask(shop)).toMatchObject({ status: 200 });
        // The same send, made once.
        expect(shop.requests).toHaveLength(1);
        expect(await ask(shop)).toMatchObject(refused('limit', 429, { retryAfterMs: 60_000 }));
      },
    );

    it('that is set back gives no call more time', async () => {
      const { clock, set } = twoClocks();
      let how: unknown;
      const shop = world({
        clock,
        timeoutMs: 5000,
        guard: () => (set(-3_600_000), true),
        client: clientOf((_, __, options) => ((how = options), { outcome: 'accepted', id: uuid() })),
      });
      await ask(shop);
      expect(how).toEqual({ timeoutMs: 5000 });
    });

    it('that went on while the machine slept is over all the same', async () => {
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
    ['gives nothing', () => undefined],
    ['gives what has no outcome', () => ({ outcome: 'maybe' })],
    ['gives what JSON cannot write', () => ({ outcome: 'accepted', id: uuid(), parts: 1n })],
    [
      'gives what is nested deeper than JSON can be written',
      () => ({
        outcome: 'accepted',
        id: uuid(),
        extra: JSON.parse(`{"a":${'['.repeat(50_000)}${']'.repeat(50_000)}}`) as unknown,
      }),
    ],
  ])('leaves a send unknown: it %s', async (_, run) => {
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

  it('says nothing of it to who only reads', async () => {
    const shop = world({ client: clientOf(() => Promise.reject(new Error(secret))) });
    const told = await ask(shop, {
      operation: 'status',
      effect: 'reads',
      input: { id: uuid(), phone: input.to },
    });
    expect(told).toMatchObject(refused('unavailable', 503));
    expect(JSON.stringify(told.body)).not.toContain(secret);
  });
});

describe('a polluted Object.prototype', () => {
  it('are no option, no offer and no input', async () => {
    const shop = world();
    const guarded = world({ guard: (() => ({})) as unknown as Guard });
    const dirt = {
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
    await whilePolluted(dirt, async () => {
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
        [{ origins: [] }, 'origins expected an array with something in it'],
        [{ origins: ['shop.example'] }, 'origins[0] expected an origin'],
        [{ origins: ['https://shop.example/'] }, 'origins[0] expected an origin'],
        [{ origins: ['*'] }, 'origins[0] expected an origin'],
        [{ operations: {} }, 'operations is empty: list at least one operation'],
        [{ operations: { send: 'send' } }, 'operations.send expected { operation, members'],
        [{ operations: { send: send } }, 'operations.send.name is not one of operation'],
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
          'operations.status has a name that pages expect to have the effect reads',
        ],
        [
          { operations: { send: { operation: createJob } } },
          'operations.send has a name that pages expect to have the effect spends',
        ],
        [{ operations: { call: { operation: cost } } }, 'operations.call has a reserved name'],
        [
          { operations: { code: { operation: callWithCode, members: ['to'] } } },
          'operations.code.show is missing: the page would receive the code, which is to prove whose number it is',
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
          'operations.status.anyId expected one of',
        ],
        [
          { limits: { visitor: { most: 0, perMs: 1 } } },
          'limits.visitor.most expected a whole number from 1',
        ],
        [{ limits: { visitor: { most: 1 } } }, 'limits.visitor expected { most, perMs } or false'],
        [{ limits: { visitors: false } }, 'limits.visitors is not one of'],
        [{ limits: { visitor: 0 } }, 'limits.visitor expected { most, perMs } or false'],
        [{ timeoutMs: 60_000 }, 'timeoutMs expected a whole number from 1000 to 45000'],
        [{ guard: true }, 'guard expected a function'],
        [{ maxBodyBytes: 0 }, 'maxBodyBytes expected a whole number from 1'],
        [{ apiKey: secret }, 'apiKey is not one of'],
      ] as readonly (readonly [options: object, words: string])[]
    ).map(([options, words]) => ({ options, words })),
  )('that are invalid are refused at once: $words', ({ options, words }) => {
    const make = (): unknown => createRelay({ ...good, ...options } as never);
    expect(make).toThrow(InputError);
    expect(make).toThrow(words);
    expect(make).not.toThrow(secret);
  });

  it('may bound what a file costs nothing of', () => {
    const offers = {
      picture: {
        operation: send,
        members: ['to', 'text', 'files', 'fileUrl'],
        set: { kind: 'mms' },
        maxParts: 5,
        maxCost: '5',
      },
      sound: { operation: send, members: ['to', 'files'], set: { kind: 'voice' }, maxCost: '5' },
    };
    expect(() => createRelay({ ...good, operations: offers } as never)).not.toThrow();
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
      // @ts-expect-error: no member of a send
      createRelay({ client, origins: [origin], operations: { send: { operation: send, members: ['mes'] } } }),
      createRelay({
        client,
        origins: [origin],
        // @ts-expect-error: the guard says whose address it is
        operations: { send: { operation: send, members: ['visitor'] } },
      }),
      createRelay({
        client,
        origins: [origin],
        // @ts-expect-error: a sender is text
        operations: { send: { operation: send, set: { sender: 5 } } },
      }),
      // @ts-expect-error: no option of an offer
      createRelay({ client, origins: [origin], operations: { send: { operation: send, maxcost: '5' } } }),
      createRelay({
        client,
        origins: [origin],
        // @ts-expect-error: no member of a state
        operations: { status: { operation: status, show: ['text'] } },
      }),
    ];
    expect(wrong).toThrow(InputError);
  });
});
