import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Outcome } from '@smsc/client';
import {
  createJob,
  downloadFile,
  history,
  type HistoryMessage,
  InputError,
  type prices,
  send,
  type SendInput,
  sendList,
  type Sent,
  type status,
  type Status,
  TransportError,
} from '@smsc/protocol';
import { VirtualClock } from '@smsc/testing/clocks';
import { whilePolluted } from '@smsc/testing/pollution';
import { later, turns, until } from '@smsc/testing/promises';
import { faultCases } from '@smsc/testing/fault-cases';
import { settleCases } from '@smsc/testing/settle-cases';
import { beforeEach, describe, expect, expectTypeOf, it, vi } from 'vitest';
import {
  createSmsc,
  type Methods,
  type RelayCallOptions,
  type RelayError,
  type RelayOutcome,
  relayTransport,
  type PageSmsc,
  type SmscOptions,
} from '../src/index.ts';
import { createRelay, type OperationsOf, nodeHandler } from '../src/relay.ts';
import { asBrowser, sentRequests } from './browser.ts';
import { serve } from './serve.ts';
import { clientOf, input, type Options, origin, secret, usual, uuid, type World, world } from './world.ts';

beforeEach(asBrowser);

/** Opens a page whose relay has a real server, and the simulator as its gateway. */
async function open<M extends object = Methods>(
  options: Options = {},
  more: Partial<SmscOptions<M>> = {},
): Promise<World & { readonly smsc: PageSmsc<M> }> {
  const shop = world(options);
  const { url } = await serve(nodeHandler(shop.relay));
  return { ...shop, smsc: createSmsc<M>({ relay: url, ...more } as unknown as SmscOptions<M>) };
}

/** Opens a page against a server that takes the place of the relay. */
async function openAgainst(
  respond: (request: IncomingMessage, response: ServerResponse) => void,
  more: Partial<SmscOptions> = {},
): Promise<PageSmsc> {
  const { url } = await serve(respond);
  return createSmsc({ relay: url, ...more });
}

const withJson =
  (status: number, body: object): ((request: IncomingMessage, response: ServerResponse) => void) =>
  (_, response) =>
    void response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));

/** Both APIs that a page can send with. */
const transports: readonly (readonly [name: string, options: RelayCallOptions])[] = [
  ['fetch', {}],
  ['XMLHttpRequest', { onProgress: () => undefined }],
];

describe.each(transports)('a page over %s', (_, callOptions) => {
  it('sends', async () => {
    const { smsc, gateway } = await open();
    const sent = await smsc.send(input, callOptions);
    expect(sent).toEqual({
      outcome: 'accepted',
      id: expect.stringMatching(/^[\da-f-]{36}$/),
      parts: 1,
      cost: '0.385',
      recipients: [],
      extra: {},
    });
    expect(gateway.messages()).toHaveLength(1);
    expect(sentRequests.count).toBe(1);
  });

  it('sends files unchanged, with names that a header cannot hold', async () => {
    const seen: unknown[] = [];
    const shop = await open({
      client: clientOf(
        (_operation, inputGiven) => (seen.push(inputGiven), { outcome: 'accepted', id: uuid(), parts: 1 }),
      ),
      maxBodyBytes: 300_000,
    });
    const bytes = Uint8Array.from({ length: 100_000 }, (_each, at) => at % 256);
    const text = 'a\nb\r\nc\r"d';
    const sent = await shop.smsc.send(
      {
        kind: 'mms',
        to: input.to,
        text,
        files: [
          { name: 'кіт.png', content: new Blob([bytes], { type: 'image/png' }) },
          { name: 'b', content: bytes },
        ],
      } as never,
      callOptions,
    );
    expect(sent.outcome).toBe('accepted');
    const { files, ...rest } = seen[0] as { files: { name: string; content: Blob | Uint8Array }[] };
    expect(rest).toEqual({ kind: 'mms', to: input.to, text, id: expect.any(String) });
    expect(files.map(({ name }) => name)).toEqual(['кіт.png', 'b']);
    expect([...new Uint8Array(await (files[0]!.content as Blob).arrayBuffer())]).toEqual([...bytes]);
    expect((files[0]!.content as Blob).type).toBe('image/png');
    expect(files[1]!.content).toEqual(bytes);
  });

  it.each(['a"; name="to', 'a\r\nx: y', 'a\u0000', '../a', 'a\\b'])(
    'receives an issue for the file name %j, which is sent as text',
    async (name) => {
      const { smsc, requests } = await open();
      const wrong = smsc.send(
        { kind: 'mms', to: input.to, text: 'a', files: [{ name, content: new Blob(['a']) }] } as never,
        callOptions,
      );
      await expect(wrong).rejects.toMatchObject({
        kind: 'invalid-input',
        issues: [
          { path: 'files[0].name', message: expect.stringContaining('a file name without path or quotes') },
        ],
      });
      expect(requests).toEqual([]);
    },
  );

  it('reports a redirected send as unknown', async () => {
    const redirectedBodies: string[] = [];
    const other = await serve(
      (request, response) =>
        void request
          .on('data', (chunk: Buffer) => redirectedBodies.push(chunk.toString()))
          .on('end', () => response.end('{}')),
    );
    for (const status of [301, 302, 303, 307, 308]) {
      const smsc = await openAgainst(
        (_request, response) => void response.writeHead(status, { location: other.url }).end(),
      );
      expect(await smsc.send(input, callOptions)).toMatchObject({ outcome: 'unknown' });
    }
    // XMLHttpRequest always follows redirects, so it is used only for progress.
    if (!callOptions.onProgress) expect(redirectedBodies).toEqual([]);
  });

  it.each([
    ['nothing', (_: IncomingMessage, response: ServerResponse) => void response.end()],
    ['a page', (_: IncomingMessage, response: ServerResponse) => void response.writeHead(502).end('<html>')],
    ['null', withJson(200, null as never)],
    ['a list', withJson(200, [])],
    ['a response about another message', withJson(200, { outcome: 'accepted', id: 'another', result: {} })],
    ['a response without an id', withJson(200, { outcome: 'accepted', result: {} })],
    ['a response to an operation that reads', withJson(200, { outcome: 'done', id: 'm', result: {} })],
    ['an unknown outcome', withJson(200, { outcome: 'maybe', id: 'm' })],
    ['invalid base64', withJson(200, { outcome: 'accepted', id: 'm', result: {}, bytes: '?' })],
    ['a refusal with status 200', withJson(200, { refused: 'limit', id: 'm', message: 'a' })],
    ['a refusal that names no message', withJson(429, { refused: 'limit', message: 'a' })],
    ['a refusal of another message', withJson(429, { refused: 'limit', id: 'other', message: 'a' })],
    ['invalid input of another message', withJson(400, { outcome: 'invalid', id: 'other', issues: [] })],
    [
      'cut off after the headers',
      (_: IncomingMessage, response: ServerResponse) => (
        response.writeHead(200, { 'content-length': '100' }),
        response.write('{"outcome"'),
        setImmediate(() => response.destroy())
      ),
    ],
    ['cut off before the headers', (request: IncomingMessage) => void request.socket.destroy()],
  ] as readonly (readonly [string, (request: IncomingMessage, response: ServerResponse) => void])[])(
    'reports a send as unknown if the response is %s',
    async (_name, respond) => {
      const smsc = await openAgainst(respond);
      const sent = await smsc.send({ ...input, id: 'm' }, callOptions);
      expect(sent).toMatchObject({
        outcome: 'unknown',
        id: 'm',
        error: { mayHaveHappened: true },
        settle: expect.any(Function),
      });
      expect(sentRequests.count).toBe(1);
    },
  );

  it('reports a send as unknown if the response is too large, and stops reading', async () => {
    const smsc = await openAgainst(
      (_request, response) => {
        response.writeHead(200);
        const more = (): void =>
          void (response.destroyed || (response.write(Buffer.alloc(10_000, 32)), setImmediate(more)));
        more();
      },
      { maxReplyBytes: 50_000 },
    );
    expect(await smsc.send(input, callOptions)).toMatchObject({
      outcome: 'unknown',
      error: { reason: 'too-large', phase: 'reply' },
    });
  });

  it('reports a send as unknown after a timeout', async () => {
    const smsc = await openAgainst(() => undefined, { timeoutMs: 60 });
    expect(await smsc.send(input, callOptions)).toMatchObject({
      outcome: 'unknown',
      error: { reason: 'timeout', phase: 'sent' },
    });
  });

  it('reports a send as unknown if the port is closed, because a browser does not report the reason', async () => {
    const { url, server } = await serve(() => undefined);
    await new Promise((resolve) => server.close(resolve));
    expect(await createSmsc({ relay: url }).send(input, callOptions)).toMatchObject({
      outcome: 'unknown',
      error: { phase: 'sent', reason: 'network' },
    });
  });

  it('reports a send as not sent if it was aborted before it began', async () => {
    const { smsc } = await open();
    expect(await smsc.send(input, { ...callOptions, signal: AbortSignal.abort() })).toMatchObject({
      outcome: 'not-sent',
      error: { phase: 'connect', reason: 'aborted', refusal: undefined },
    });
    expect(sentRequests.count).toBe(0);
  });

  it('reports a send as unknown if it is aborted in transit', async () => {
    const controller = new AbortController();
    const smsc = await openAgainst(() => controller.abort());
    expect(await smsc.send(input, { ...callOptions, signal: controller.signal })).toMatchObject({
      outcome: 'unknown',
      error: { reason: 'aborted' },
    });
  });

  it('leaves no listener on a signal that many calls share', async () => {
    const { smsc } = await open({ limits: { visitor: false } });
    const { signal } = new AbortController();
    let listenerCount = 0;
    const [add, remove] = [signal.addEventListener.bind(signal), signal.removeEventListener.bind(signal)];
    signal.addEventListener = (...args: Parameters<typeof add>) => (listenerCount++, add(...args));
    signal.removeEventListener = (...args: Parameters<typeof remove>) => (listenerCount--, remove(...args));
    for (let at = 0; at < 20; at++)
      await smsc.status({ id: uuid(), phone: input.to }, { ...callOptions, signal });
    expect(listenerCount).toBe(0);
  });
});

describe('progress', () => {
  it('is reported up to the last byte', async () => {
    const { smsc } = await open({ maxBodyBytes: 100_000 });
    const steps: (readonly [number, number])[] = [];
    await smsc.send(
      {
        kind: 'mms',
        to: input.to,
        text: 'a',
        files: [{ name: 'a', content: new Blob([new Uint8Array(50_000)]) }],
      } as never,
      { onProgress: (...step) => void steps.push(step) },
    );
    const [sent, total] = steps.at(-1)!;
    expect(total).toBeGreaterThan(50_000);
    expect(sent).toBe(total);
  });
});

describe('an instant in a result', () => {
  it('arrives as a Date', async () => {
    const { smsc, clock } = await open();
    const sent = await smsc.send(input);
    const { changedAt, state } = await smsc.status({ id: sent.id, phone: input.to });
    expect({ changedAt, state }).toEqual({ changedAt: new Date(clock.now()), state: 'waiting to be sent' });
  });

  it('arrives as a Date in each row of a list, and text that looks like one stays text', async () => {
    const text = '2026-03-16T09:00:00.000Z';
    const result = [{ changedAt: text, extra: { note: text } }];
    const smsc = await openAgainst(withJson(200, { outcome: 'done', result, dates: [[0, 'changedAt']] }));
    expect(await smsc.status({ id: '1', phone: '1' })).toEqual([
      { changedAt: new Date(text), extra: { note: text } },
    ]);
  });

  it.each([[['missing', 'time']], [['__proto__', 'polluted']], [['constructor', 'prototype', 'polluted']]])(
    'at a path that the result does not have makes the response unreadable: %j',
    async (path) => {
      const smsc = await openAgainst(withJson(200, { outcome: 'done', result: { a: 'x' }, dates: [path] }));
      await expect(smsc.status({ id: '1', phone: '1' })).rejects.toMatchObject({ kind: 'unreadable-reply' });
      expect(Object.prototype).not.toHaveProperty('polluted');
    },
  );
});

describe('a call that the relay refuses', () => {
  it('is not sent, and has the reason', async () => {
    const { smsc } = await open({ guard: () => ({ refuse: 'captcha-wrong' }) });
    const sent = await smsc.send(input);
    expect(sent).toMatchObject({
      outcome: 'not-sent',
      error: {
        kind: 'transport',
        refusal: 'guard',
        reason: 'held-back',
        mayHaveHappened: false,
        message: 'send: captcha-wrong; nothing was sent',
      },
    });
  });

  it('has the time of the next attempt', async () => {
    const { smsc } = await open({ limits: { visitor: { most: 1, perMs: 5000 } } });
    await smsc.send(input);
    expect(await smsc.send(input)).toMatchObject({
      outcome: 'not-sent',
      error: { refusal: 'limit', retryAfterMs: 5000 },
    });
  });

  it('is thrown by operations that only read', async () => {
    const { smsc } = await open();
    const refused = {
      status: 'rejected',
      reason: { kind: 'transport', refusal: 'not-listed', mayHaveHappened: false },
    };
    expect(await Promise.allSettled([smsc.balance(), smsc.balance()])).toMatchObject([refused, refused]);
  });

  it('throws an InputError with all issues if the input is invalid', async () => {
    const { smsc } = await open();
    const wrong = smsc.send({ to: '1', text: '' });
    await expect(wrong).rejects.toMatchObject({
      name: 'InputError',
      kind: 'invalid-input',
      operation: 'send',
      issues: [{ path: 'text' }, { path: 'to' }],
    });
  });

  it('differs from a rejection by the gateway', async () => {
    const { smsc } = await open();
    expect(await smsc.send({ to: '999501234567', text: 'a' })).toMatchObject({
      outcome: 'rejected',
      code: 8,
      fault: 'message',
      meaning: 'message cannot be delivered to this number',
      error: { kind: 'gateway' },
    });
  });

  it.each([...faultCases, [0, 'unknown'] as const])(
    'of a rejection with code %i has the fault that the relay names: %s',
    async (code, fault) => {
      const error = { kind: 'gateway', code, meaning: 'a', fault };
      const smsc = await openAgainst(withJson(200, { outcome: 'rejected', id: uuid(), error }));
      expect(await smsc.send({ ...input, id: uuid() })).toMatchObject({ outcome: 'rejected', code, fault });
    },
  );

  it.each([
    [1, 'request'],
    [2, 'account'],
    [3, 'unknown'],
    [6, 'unknown'],
    [9, 'limit'],
  ])('of an operation without an id: code %i has the fault that the relay names: %s', async (code, fault) => {
    const error = { kind: 'gateway', code, meaning: 'a', fault };
    const { url } = await serve((request, response) => {
      const chunks: Buffer[] = [];
      request
        .on('data', (chunk: Buffer) => chunks.push(chunk))
        .on('end', () => {
          const { id } = JSON.parse(Buffer.concat(chunks).toString()) as { readonly id: string };
          withJson(200, { outcome: 'rejected', id, error })(request, response);
        });
    });
    const page = createSmsc<{ mail: typeof createJob }>({
      relay: url,
      operations: { mail: 'spends-without-id' },
    });
    expect(await page.mail({ to: input.to, text: 'a', name: 'a' })).toMatchObject({ code, fault });
  });

  it('passes the token to the guard', async () => {
    const { smsc } = await open({ guard: ({ token }) => token === 't-1' });
    expect([
      (await smsc.send(input, { token: 't-2' })).outcome,
      (await smsc.send(input, { token: 't-1' })).outcome,
    ]).toEqual(['not-sent', 'accepted']);
  });
});

describe('an id', () => {
  it('is created by the page and sent to the gateway', async () => {
    const { smsc, gateway } = await open();
    const sent = await smsc.send(input);
    expect(sent.outcome === 'accepted' && gateway.message(sent.id, input.to)).toBeTruthy();
  });

  it('that is used again names the same message', async () => {
    const { smsc, gateway } = await open();
    const first = await smsc.send(input);
    expect(await smsc.send({ ...input, id: first.id })).toEqual(first);
    expect(gateway.messages()).toHaveLength(1);
  });

  it.each([
    ['too long', 'a'.repeat(41)],
    ['with a space', 'order 1'],
    ['with a line break', 'a\r\nb'],
    ['empty', ''],
    ['with a Cyrillic letter', 'я'],
  ])('that is invalid is reported: %s', async (_, id) => {
    const smsc = await openAgainst(withJson(200, {}));
    await expect(smsc.send({ ...input, id })).rejects.toMatchObject({
      kind: 'invalid-input',
      issues: [{ path: 'id', message: 'expected 1 to 40 letters, digits, "." or "-"' }],
    });
    expect(sentRequests.count).toBe(0);
  });

  it.each([
    ['nothing', () => ''],
    [
      'an error',
      () => {
        throw new Error();
      },
    ],
  ])('that createId fails to create is reported: %s', async (_, createId) => {
    await expect(createSmsc({ relay: '/api/sms', createId }).send(input)).rejects.toMatchObject({
      kind: 'invalid-input',
      issues: [{ path: 'createId', message: 'expected 1 to 40 letters, digits, "." or "-"' }],
    });
  });
});

describe('a resent request', () => {
  it('that the browser resends receives the outcome of the first, even if the visitor has reached the limit', async () => {
    const { promise, resolve } = later<undefined>();
    const shop = world({
      limits: { visitor: { most: 1, perMs: 60_000 } },
      intercept: async (_, proceed) => (await promise, proceed()),
    });
    const { url: relayUrl } = await serve(nodeHandler(shop.relay));
    // A proxy in front of the relay sends the same bytes twice, and returns the second response.
    const smsc = await openAgainst((request, response) => {
      void (async () => {
        const chunks: Buffer[] = [];
        for await (const chunk of request) chunks.push(chunk as Buffer);
        const [mark, type] = [request.headers['smsc-relay'] as string, request.headers['content-type']!];
        const resend = (): Promise<Response> =>
          fetch(relayUrl, {
            method: 'POST',
            headers: { origin, 'smsc-relay': mark, 'content-type': type },
            body: Buffer.concat(chunks),
          });
        const first = resend();
        await until(() => shop.requests.length === 1);
        const second = resend();
        await turns();
        resolve(undefined);
        await first;
        response.end(await (await second).text());
      })();
    });
    expect(await smsc.send(input)).toMatchObject({ outcome: 'accepted' });
    expect(shop.gateway.messages()).toHaveLength(1);
  });

  /** Opens a page whose first `dropped` requests never reach the relay. The relay refuses all later requests. */
  async function openRefusedPage(dropped: number, more: Options = {}): Promise<PageSmsc> {
    const handle = nodeHandler(world({ guard: () => ({ refuse: 'captcha-wrong' }), ...more }).relay);
    let times = 0;
    return openAgainst(
      (request, response) => void (times++ < dropped ? request.socket.destroy() : handle(request, response)),
    );
  }

  it('with the same id is unknown if it is refused, because the first request may have arrived', async () => {
    const smsc = await openRefusedPage(1);
    expect(await smsc.send({ ...input, id: uuid() })).toMatchObject({ outcome: 'unknown' });
    const again = await smsc.send({ ...input, id: uuid() });
    expect(again).toMatchObject({
      outcome: 'unknown',
      id: uuid(),
      settle: expect.any(Function),
      error: {
        refusal: 'guard',
        reason: 'held-back',
        mayHaveHappened: true,
        message: 'send: captcha-wrong; it may have been sent',
      },
    });
    expect(await smsc.send({ ...input, id: uuid() }, { signal: AbortSignal.abort() })).toMatchObject({
      outcome: 'unknown',
      error: { reason: 'aborted' },
    });
    // Requests for one id do not affect a message with another id.
    expect(await smsc.send({ ...input, id: uuid(1) })).toMatchObject({ outcome: 'not-sent' });
  });

  it('is not sent if the first request was certainly not sent', async () => {
    const smsc = await openRefusedPage(0);
    for (let at = 0; at < 3; at++)
      expect(await smsc.send({ ...input, id: uuid() })).toMatchObject({
        outcome: 'not-sent',
        error: { refusal: 'guard' },
      });
    await expect(smsc.send({ ...input, text: '', id: uuid() })).rejects.toThrow(InputError);
    expect(await smsc.send({ ...input, id: uuid() })).toMatchObject({ outcome: 'not-sent' });
  });

  it('is not sent if another message was sent under its id', async () => {
    const { smsc } = await open();
    await smsc.send({ ...input, id: uuid() });
    expect(await smsc.send({ ...input, text: 'b', id: uuid() })).toMatchObject({
      outcome: 'not-sent',
      error: { refusal: 'conflict' },
    });
  });

  it('is unknown if it is refused while the first request is in transit', async () => {
    const { promise, resolve } = later<undefined>();
    let times = 0;
    const smsc = await openAgainst(
      (_, response) =>
        void (times++ === 0
          ? promise.then(() => response.destroy())
          : response
              .writeHead(429)
              .end(JSON.stringify({ refused: 'limit', id: uuid(), message: 'too many', retryAfterMs: 1 }))),
    );
    const first = smsc.send({ ...input, id: uuid() });
    await until(() => times === 1);
    expect(await smsc.send({ ...input, id: uuid() })).toMatchObject({
      outcome: 'unknown',
      error: { refusal: 'limit', retryAfterMs: 1 },
    });
    resolve(undefined);
    expect(await first).toMatchObject({ outcome: 'unknown' });
  });
});

describe('an unknown send', () => {
  /**
   * Makes a send whose request or response is lost, and settles it. `arrives`: `true` if the response is lost, `false` if the
   * request is lost.
   */
  async function settleUnknownSend(
    arrives: boolean,
    more: Options = {},
    message: SendInput = input,
  ): Promise<{ readonly settled: unknown; readonly at: readonly number[]; readonly shop: World }> {
    const shop = world(more);
    const clock = new VirtualClock();
    const at: number[] = [];
    const handle = nodeHandler(shop.relay);
    let first = true;
    const smsc = await openAgainst(
      (request, response) => {
        if (!first) {
          at.push(clock.now());
          return handle(request, response);
        }
        first = false;
        if (!arrives) return request.socket.destroy();
        response.end = (() => response.destroy()) as never;
        handle(request, response);
      },
      { clock },
    );
    const sent = await smsc.send(message);
    const began = clock.now();
    if (sent.outcome !== 'unknown') throw new Error('expected the outcome unknown');
    return { settled: await sent.settle(), at: at.map((each) => (each - began) / 1000), shop };
  }

  it.each(settleCases)(
    'is settled as by a client of a process: $title: $outcome',
    async ({ to, outcome }) => {
      const answers = { delivered: { status: 1 }, missing: { status: -3 }, none: undefined };
      const client = clientOf(({ name }, given) => {
        if (name === 'send') return new Promise(() => undefined);
        const { phone } = given as { readonly phone: string };
        const answer = answers[to.find(([recipient]) => recipient === phone)![1]];
        if (!answer) throw new TransportError('status: no answer', 'sent', 'network');
        return answer;
      });
      const { settled } = await settleUnknownSend(
        false,
        {
          client,
          operations: { ...usual, send: { ...usual.send, groups: true, maxRecipients: 30 } },
          limits: { visitor: false },
        },
        { ...input, to: to.map(([recipient]) => recipient) },
      );
      expect(settled).toMatchObject({ outcome });
    },
  );

  it('is accepted if the gateway has the message', async () => {
    const { settled, at, shop } = await settleUnknownSend(true);
    expect(settled).toMatchObject({
      outcome: 'accepted',
      id: expect.any(String),
      status: { status: -1 },
      result: undefined,
    });
    expect(at).toEqual([1]);
    expect(shop.operationNames()).toEqual(['send', 'status']);
  });

  it('is not sent if the gateway does not have it after a minute and five status requests', async () => {
    const { settled, at } = await settleUnknownSend(false);
    expect(settled).toMatchObject({
      outcome: 'not-sent',
      error: { kind: 'transport', mayHaveHappened: false },
    });
    expect(at).toEqual([1, 3, 8, 23, 63]);
  });

  it('is accepted or stays unknown if the gateway may have corrected the number', async () => {
    for (const to of ['89161234567', '0501234567', ['380501234567', '89161234567']]) {
      expect([to, (await settleUnknownSend(false, {}, { to, text: 'a' })).settled]).toMatchObject([
        to,
        { outcome: 'unknown' },
      ]);
    }
    expect((await settleUnknownSend(true, {}, { to: '89161234567', text: 'a' })).settled).toMatchObject({
      outcome: 'accepted',
    });
    for (const to of ['79161234567', '+89161234567']) {
      expect([to, (await settleUnknownSend(false, {}, { to, text: 'a' })).settled]).toMatchObject([
        to,
        { outcome: 'not-sent' },
      ]);
    }
  });

  it('is not reported as not sent if the clock is set forward', async () => {
    const handle = nodeHandler(world().relay);
    let requests = 0;
    const smsc = await openAgainst((request, response) =>
      requests++ === 0 ? void request.socket.destroy() : handle(request, response),
    );
    vi.useFakeTimers({ toFake: ['Date'] });
    try {
      const sent = await smsc.send(input);
      vi.setSystemTime(Date.now() + 3_600_000);
      expect(sent.outcome === 'unknown' && (await sent.settle({ patienceMs: 1500 }))).toMatchObject({
        outcome: 'unknown',
      });
    } finally {
      vi.useRealTimers();
    }
    expect(requests).toBe(2);
  });

  it('is found without a token if the guard allows that', async () => {
    const { settled } = await settleUnknownSend(true, {
      guard: ({ operation, token }) => operation === 'status' || token === undefined,
    });
    expect(settled).toMatchObject({ outcome: 'accepted' });
  });

  it('stays unknown if the relay does not return the status code', async () => {
    // Simulates a relay that was not made by `createRelay`, which requires `status` in `show`.
    const respond = async (operation: { readonly name: string }): Promise<unknown> =>
      operation.name === 'status' ? { state: 'delivered', final: true } : new Promise(() => undefined);
    const { settled } = await settleUnknownSend(false, { client: clientOf(respond) });
    expect(settled).toMatchObject({ outcome: 'unknown' });
  });

  it('stays unknown if the relay does not list status, and can be settled again', async () => {
    const { settled } = await settleUnknownSend(false, { operations: { send: usual.send } });
    expect(settled).toMatchObject({ outcome: 'unknown', settle: expect.any(Function) });
  });

  it('to a number and a group stays unknown if the number is not found, because the status of a group cannot be requested', async () => {
    const { settled, at } = await settleUnknownSend(
      false,
      { operations: { ...usual, send: { ...usual.send, groups: true, maxRecipients: 5 } } },
      { ...input, to: [input.to, { group: 5 }] },
    );
    expect(settled).toMatchObject({ outcome: 'unknown' });
    expect(at.length).toBeGreaterThan(1);
  });

  it('stays unknown without a status request if the operation has no id', async () => {
    const shop = world({
      operations: {
        createJob: { operation: createJob, members: ['to', 'text', 'name'] },
        status: usual.status,
      },
    });
    const handle = nodeHandler(shop.relay);
    let times = 0;
    const { url } = await serve((request, response) => {
      if (times++ === 0) response.end = (() => response.destroy()) as never;
      handle(request, response);
    });
    const smsc = createSmsc<{ createJob: typeof createJob; status: typeof status }>({
      relay: url,
      clock: new VirtualClock(),
      operations: { createJob: 'spends-without-id' },
    });
    const made = await smsc.createJob({ ...input, name: 'm' });
    expect(made).toMatchObject({ outcome: 'unknown' });
    expect(made.outcome === 'unknown' && (await made.settle())).toMatchObject({
      outcome: 'unknown',
      settle: expect.any(Function),
    });
    expect([times, shop.operationNames()]).toEqual([1, ['createJob']]);
  });

  it('stays unknown, and settles at once, if it is aborted', async () => {
    const smsc = await openAgainst((request) => request.socket.destroy(), {
      clock: { now: () => 0, after: () => () => undefined },
    });
    const sent = await smsc.send(input);
    const controller = new AbortController();
    const settling = sent.outcome === 'unknown' ? sent.settle({ signal: controller.signal }) : undefined;
    controller.abort();
    expect(await settling).toMatchObject({ outcome: 'unknown' });
    expect(sentRequests.count).toBe(1);
  });

  it('rejects the option probe', async () => {
    const smsc = await openAgainst((request) => request.socket.destroy());
    const sent = await smsc.send(input);
    await expect(sent.outcome === 'unknown' && sent.settle({ probe: true })).rejects.toMatchObject({
      kind: 'invalid-input',
    });
  });
});

describe('options', () => {
  it.each([
    ['login', 'alex'],
    ['password', secret],
    ['psw', secret],
    ['apiKey', secret],
    ['apikey', secret],
    ['api_key', secret],
  ])('that are credentials are refused: %s', (name, value) => {
    const make = (): unknown => createSmsc({ relay: '/api/sms', [name]: value });
    expect(make).toThrow(InputError);
    expect(make).toThrow(`createSmsc: ${name} belongs in the relay: pages cannot keep secrets`);
    expect(make).not.toThrow(value);
  });

  it.each(
    (
      [
        [{}, 'relay expected a path or an https URL'],
        [{ relay: '' }, 'relay expected a path or an https URL'],
        [{ relay: '//evil.example/api' }, 'relay expected a path or an https URL'],
        [{ relay: '/\\evil.example/api' }, 'relay expected a path or an https URL'],
        [{ relay: '/\t/evil.example/api' }, 'relay expected a path or an https URL'],
        [{ relay: '/\n\\evil.example/api' }, 'relay expected a path or an https URL'],
        [{ relay: '/api /sms' }, 'relay expected a path or an https URL'],
        [{ relay: 'https://shop.example\t@evil.example/' }, 'relay expected a path or an https URL'],
        [{ relay: 'http://shop.example/api' }, 'relay expected a path or an https URL'],
        [{ relay: 'http://127.0.0.1.evil.example/' }, 'relay expected a path or an https URL'],
        [{ relay: 'http://localhost@evil.example/' }, 'relay expected a path or an https URL'],
        [{ relay: 'https://user:password@shop.example/' }, 'relay expected a path or an https URL'],
        [{ relay: 'https://shop.example/#a' }, 'relay expected a path or an https URL'],
        [{ relay: 'javascript:alert(1)' }, 'relay expected a path or an https URL'],
        [{ relay: 'data:,a' }, 'relay expected a path or an https URL'],
        [{ relay: new URL('https://shop.example/') }, 'relay expected a path or an https URL'],
        [{ relay: '/a', timeoutMs: 0 }, 'timeoutMs expected a whole number from 1'],
        [{ relay: '/a', timeoutMs: null }, 'timeoutMs expected a whole number from 1'],
        [{ relay: '/a', maxReplyBytes: Infinity }, 'maxReplyBytes expected a whole number from 1'],
        [{ relay: '/a', clock: null }, 'clock expected a clock'],
        [{ relay: '/a', createId: 'a' }, 'createId expected a function'],
        [{ relay: '/a', operations: { prices: 'read' } }, 'operations expected an effect for each name'],
        [{ relay: '/a', operations: { call: 'reads' } }, 'operations expected an effect for each name'],
        [
          { relay: '/a', host: 'smsc.ua' },
          'host is unknown; valid names: relay, timeoutMs, maxReplyBytes, createId, clock, operations',
        ],
      ] as readonly (readonly [options: object, message: string])[]
    ).map(([options, message]) => ({ options, message })),
  )('that are invalid throw at once: $message', ({ options, message }) => {
    const make = (): unknown => createSmsc(options as SmscOptions);
    expect(make).toThrow(InputError);
    expect(make).toThrow(message);
  });

  it.each([
    '/api/sms',
    'https://shop.example/api/sms',
    'http://localhost:8080/api',
    'http://127.0.0.1:1/',
    'http://127.0.0.1:1',
    'http://[::1]:1/',
  ])('accept a relay at %s', (relay) => {
    expect(createSmsc({ relay })).toHaveProperty('send');
  });

  it('of a call are checked', async () => {
    const smsc = createSmsc({ relay: '/api/sms' });
    await expect(smsc.send(input, { signal: new AbortController() as never })).rejects.toThrow(
      'send: signal expected an AbortSignal',
    );
    await expect(smsc.send(input, { apiKey: secret } as never)).rejects.toThrow(
      'apiKey belongs in the relay',
    );
    await expect(smsc.call('prices' as 'cost', {} as never)).rejects.toThrow(
      'prices: is not in the option operations',
    );
    await expect(smsc.call('constructor' as 'cost', {} as never)).rejects.toThrow(InputError);
  });

  it('ignore a polluted Object.prototype', async () => {
    const evil = await serve((_, response) => void response.end());
    let evilRequests = 0;
    evil.server.on('request', () => evilRequests++);
    const pollution = {
      relay: evil.url,
      timeoutMs: 1,
      redirect: 'follow',
      headers: { a: 'b' },
      operations: { evil: 'spends' },
      onProgress: () => undefined,
      bytes: 'AAAA',
      issues: [],
      token: 'dirt',
    };
    let seenToken: unknown;
    const { smsc, gateway } = await open({ guard: ({ token }) => ((seenToken = token), true) });
    await whilePolluted(pollution, async () => {
      expect(() => createSmsc({} as SmscOptions)).toThrow('relay expected a path or an https URL');
      expect((await smsc.send({ ...input })).outcome).toBe('accepted');
    });
    expect([evilRequests, seenToken, gateway.messages().length]).toEqual([0, undefined, 1]);
  });

  it('of a polluted Object.prototype are not read as a response', async () => {
    const smsc = await openAgainst(withJson(500, {}));
    await whilePolluted({ refused: 'limit', outcome: 'accepted' }, async () => {
      expect((await smsc.send({ ...input })).outcome).toBe('unknown');
    });
  });

  it('reject credentials by type', () => {
    const wrong = (): unknown[] => [
      // @ts-expect-error: a page has no credentials
      createSmsc({ relay: '/a', apiKey: secret }),
      // @ts-expect-error: a page has no credentials
      createSmsc({ relay: '/a', login: 'alex', password: secret }),
    ];
    expect(wrong).toThrow(InputError);
  });
});

describe('an operation of the relay', () => {
  it('is a method, and can be run by name', async () => {
    const shop = await open<{ sendCode: typeof send; file: typeof downloadFile }>(
      {
        operations: {
          sendCode: { operation: send, members: ['to', 'text'] },
          file: { operation: downloadFile, members: ['name'] },
        },
        client: clientOf((operation) =>
          operation.name === 'send'
            ? { outcome: 'accepted', id: uuid(), parts: 1 }
            : { bytes: Uint8Array.of(0, 255, 128) },
        ),
      },
      { operations: { sendCode: 'spends', file: 'reads' } },
    );
    expect(await shop.smsc.sendCode(input)).toMatchObject({ outcome: 'accepted', parts: 1 });
    expect(await shop.smsc.call('file', { name: 'a' })).toEqual({ bytes: Uint8Array.of(0, 255, 128) });
  });

  it('is refused if the page expects another effect', async () => {
    const { smsc } = await open<{ prices: typeof prices }>(
      { operations: { prices: { operation: send, members: ['to', 'text'] } } },
      { operations: { prices: 'reads' } },
    );
    await expect(smsc.prices(input as never)).rejects.toMatchObject({ refusal: 'malformed' });
  });

  it('is refused if the page expects an id that the operation does not have', async () => {
    const operations = { createJob: { operation: createJob, members: ['to', 'text', 'name'] } };
    const { smsc, requests } = await open<{ createJob: typeof createJob }>({ operations }, {
      operations: { createJob: 'spends' },
    } as never);
    expect(await smsc.createJob({ ...input, name: 'm' })).toMatchObject({
      outcome: 'not-sent',
      error: { refusal: 'malformed' },
    });
    expect(requests).toEqual([]);
    const right = await open<{ createJob: typeof createJob }>(
      { operations },
      { operations: { createJob: 'spends-without-id' } },
    );
    expect(await right.smsc.createJob({ ...input, name: 'm' })).toMatchObject({ outcome: 'accepted' });
  });

  it('gives the page its types', () => {
    const relay = createRelay({
      client: clientOf(() => undefined),
      origins: [origin],
      operations: {
        send: { operation: send, members: ['to', 'text'], set: { sender: 'Shop' } },
        callUp: { operation: send, members: ['to', 'text'], set: { kind: 'voice' }, show: ['parts'] },
        many: { operation: sendList, members: ['messages', 'comment'] },
        status: { operation: usual.status.operation, members: ['id', 'phone'], show: ['status', 'final'] },
        mail: { operation: createJob, members: ['to', 'text', 'name'] },
        history: { operation: history, members: ['phone'], show: ['status', 'text'] },
      },
    });
    const make = (): PageSmsc<OperationsOf<typeof relay>> =>
      createSmsc<OperationsOf<typeof relay>>({
        relay: '/api/sms',
        operations: { callUp: 'spends', many: 'spends', mail: 'spends-without-id', history: 'reads' },
      });
    const smsc = make();
    expectTypeOf(smsc.send)
      .parameter(0)
      .toExtend<{ readonly to: unknown; readonly text: string; readonly id?: string | number | undefined }>();
    expectTypeOf<{ to: string; text: string }>().toExtend<Parameters<typeof smsc.send>[0]>();
    expectTypeOf<Awaited<ReturnType<typeof smsc.status>>>().toEqualTypeOf<Pick<Status, 'status' | 'final'>>();
    expectTypeOf<Awaited<ReturnType<typeof smsc.history>>>().toEqualTypeOf<
      readonly Pick<HistoryMessage, 'status' | 'text'>[]
    >();
    expectTypeOf<
      Extract<Awaited<ReturnType<typeof smsc.callUp>>, { outcome: 'accepted' }>['parts']
    >().toEqualTypeOf<number>();
    const wrong = (): unknown => [
      // @ts-expect-error: the relay sets it
      () => smsc.send({ to: input.to, text: 'a', sender: 'Bank' }),
      // @ts-expect-error: a text is needed
      () => smsc.send({ to: input.to }),
      () => smsc.many({ messages: [{ to: input.to, text: 'a', comment: 'b' }] }),
      // @ts-expect-error: not listed inside the messages
      () => smsc.many({ messages: [{ to: input.to, text: 'a', sender: 'Bank' }] }),
      // @ts-expect-error: not listed
      () => smsc.call('balance'),
      () =>
        createSmsc<OperationsOf<typeof relay>>({
          relay: '/api/sms',
          // @ts-expect-error: the effect is spends
          operations: { callUp: 'reads', many: 'spends', mail: 'spends-without-id', history: 'reads' },
        }),
      () =>
        createSmsc<OperationsOf<typeof relay>>({
          relay: '/api/sms',
          // @ts-expect-error: the input has no id
          operations: { callUp: 'spends', many: 'spends', mail: 'spends', history: 'reads' },
        }),
      () =>
        createSmsc<OperationsOf<typeof relay>>({
          relay: '/api/sms',
          operations: {
            callUp: 'spends',
            // @ts-expect-error: the input has an id
            many: 'spends-without-id',
            mail: 'spends-without-id',
            history: 'reads',
          },
        }),
      // @ts-expect-error: the effects are missing
      () => createSmsc<OperationsOf<typeof relay>>({ relay: '/api/sms' }),
    ];
    expect([wrong, relay].every((each) => typeof each === 'function')).toBe(true);
  });

  it('has the outcomes of the client', () => {
    expectTypeOf<RelayOutcome<Sent>>().toExtend<Outcome<Sent, string>>();
    expectTypeOf<Extract<RelayOutcome<Sent>, { outcome: 'not-sent' }>['error']>().toExtend<RelayError>();
    expectTypeOf<PageSmsc<{ sendList: typeof sendList; status: typeof status }>>().toHaveProperty('sendList');
  });
});

describe('the transport', () => {
  it('sends any request to one address, and returns the response unchanged', async () => {
    const seen: string[] = [];
    const { url } = await serve((request, response) => {
      seen.push(`${request.method} ${request.url} ${request.headers['content-type']}`);
      response.writeHead(503, { 'retry-after': '7' }).end('busy');
    });
    const transport = relayTransport({ relay: url });
    const reply = await transport.send({
      operation: 'send',
      path: 'sys/send.php',
      body: { kind: 'text', contentType: 'text/plain', text: 'a' },
    });
    expect({ ...reply, body: new TextDecoder().decode(reply.body) }).toEqual({
      status: 503,
      body: 'busy',
      retryAfter: '7',
    });
    expect(seen).toEqual(['POST /api/sms text/plain']);
  });
});

describe('a secret', () => {
  it('of the relay does not appear in any value of the page', async () => {
    const { smsc } = await open({ intercept: () => Promise.reject(new Error(`psw=${secret}`)) });
    const sent = await smsc.send(input);
    expect(sent.outcome).toBe('unknown');
    const { inspect } = await import('node:util');
    expect(inspect([sent, smsc], { depth: Infinity, showHidden: true })).not.toContain(secret);
  });

  it('of the visitor does not appear in an error', async () => {
    const smsc = await openAgainst((request) => request.socket.destroy());
    const sent = await smsc.send(input);
    const { inspect } = await import('node:util');
    expect(inspect(sent, { depth: Infinity, showHidden: true })).not.toMatch(/4821|380501234567/);
  });
});
