import { connect } from 'node:net';
import { type Transport, TransportError, type WireReply, type WireRequest } from '@smsc/protocol';
import { describe, expect, it } from 'vitest';
import {
  type AttemptOptions,
  type Case,
  cases,
  contract,
  leakOf,
  type MakeTransport,
  tryCase,
  type Verdict,
} from '../src/index.ts';
import { countedSignal } from '../src/signal.ts';

const named = (fault: string): Case => {
  const found = cases.find((one) => one.fault === fault);
  if (!found) throw new Error(fault);
  return found;
};

interface Wrong {
  readonly redirect?: 'follow';
  readonly phase?: 'connect' | 'sent';
  readonly cause?: true;
  readonly twice?: true;
  readonly knocks?: true;
  readonly deaf?: true;
  readonly changed?: true;
  readonly patient?: true;
  readonly oneDeadline?: number;
  readonly keeps?: true;
  readonly unlimited?: true;
  readonly forgetful?: true;
  readonly throws?: unknown;
  readonly gives?: unknown;
}

/** Begins a request, and no more. */
const knock = (host: string): Promise<void> =>
  new Promise((resolve) => {
    const socket = connect(Number(new URL(host).port), '127.0.0.1', () => socket.end('POST'));
    socket.on('close', () => resolve());
  });

/** A transport over the platform's fetch, with whatever is wrong with it. */
const made =
  (wrong: Wrong): MakeTransport =>
  ({ host: origin, timeoutMs = 60_000, maxReplyBytes = Infinity }) => {
    const forAll = wrong.oneDeadline === undefined ? undefined : AbortSignal.timeout(wrong.oneDeadline);
    const transport: Transport<AttemptOptions> = async (
      request: WireRequest,
      { signal, host = origin }: AttemptOptions = {},
    ) => {
      const body = request.body.kind === 'text' ? request.body.text : '';
      const controller = new AbortController();
      const onAbort = (): void => (wrong.deaf ? undefined : controller.abort());
      if (signal?.aborted) throw new TransportError('aborted', 'connect', 'aborted');
      signal?.addEventListener('abort', onAbort);
      const timer = setTimeout(onAbort, timeoutMs);
      const go = () =>
        fetch(`${host}/${request.path}`, {
          method: 'POST',
          body: wrong.changed ? `${body}&x=1` : body,
          headers: { 'content-type': request.body.kind === 'text' ? request.body.contentType : '' },
          redirect: wrong.redirect ?? 'manual',
          signal: forAll ?? (wrong.keeps ? null : controller.signal),
        });
      try {
        if (wrong.forgetful) void Promise.reject(new RangeError(request.operation));
        if ('throws' in wrong) throw wrong.throws;
        if ('gives' in wrong) return wrong.gives as WireReply;
        if (wrong.twice)
          await go()
            .then((reply) => reply.arrayBuffer())
            .catch(() => undefined);
        if (wrong.knocks) await knock(host);
        // Given up by whoever waits, and not by the connection.
        const ended = new Promise<never>(
          (_, reject) => void controller.signal.addEventListener('abort', () => reject(new Error())),
        );
        const response = await Promise.race([go(), ended]);
        const chunks: Uint8Array[] = [];
        let size = 0;
        const reader = response.body?.getReader();
        for (
          let part;
          reader &&
          !(part = (await Promise.race([reader.read(), ended])) as {
            readonly done: boolean;
            readonly value: Uint8Array;
          }).done;
          chunks.push(part.value)
        ) {
          if (!wrong.unlimited && (size += part.value.length) > maxReplyBytes) throw new Error();
        }
        return { status: response.status, body: Buffer.concat(chunks) };
      } catch (error) {
        if ('throws' in wrong) throw error;
        const thrown = new TransportError('failed', wrong.phase ?? 'sent', 'network');
        if (wrong.cause) thrown.cause = { error, request };
        throw thrown;
      } finally {
        clearTimeout(timer);
        if (!wrong.keeps) controller.abort();
        if (!wrong.patient) signal?.removeEventListener('abort', onAbort);
      }
    };
    return transport;
  };

const complain = async (fault: string, transport: MakeTransport): Promise<Verdict['complaints']> =>
  (await tryCase(named(fault), { transport })).complaints;

describe('the contract finds', () => {
  it('nothing in what is right', async () => {
    const faults = [
      'none: it is accepted',
      'reset after the request',
      'redirect 307 to another port',
      'a message to a hundred thousand',
      'stall in the middle of the body',
      'stall: the request is never read',
      'answer without an end',
      'given up after the headers',
      'two hundred given up at once by one signal',
      'a second time, after no answer within the limit',
      'a second time, after a reset',
    ];
    for (const fault of faults) expect([fault, await complain(fault, made({}))]).toEqual([fault, []]);
  });

  it('a redirect that is followed', async () => {
    expect(await complain('redirect 307 to another port', made({ redirect: 'follow' }))).toContain(
      'the redirect was followed',
    );
    expect(await complain('redirect 307 to another scheme', made({ redirect: 'follow' }))).toContain(
      'the redirect was followed',
    );
    expect(await complain('redirect 308 to the same host', made({ redirect: 'follow' }))).not.toEqual([]);
  });

  it('what is called not sent, and was', async () => {
    expect(await complain('reset after the request', made({ phase: 'connect' }))).toEqual([
      expect.stringContaining('it was not-sent, and has to be unknown'),
    ]);
  });

  it('what is called unknown, and was surely not sent', async () => {
    expect(await complain('connection refused', made({}))).toEqual([
      expect.stringContaining('it was unknown, and has to be not-sent'),
    ]);
  });

  it('a request that is made twice', async () => {
    expect(await complain('none: it is accepted', made({ twice: true }))).toContain(
      '2 requests arrived, and have to be 1',
    );
  });

  it('a connection that is made once more', async () => {
    expect(await complain('none: it is accepted', made({ knocks: true }))).toEqual([
      '2 connections were made for 1 attempt',
    ]);
  });

  it('a time limit that is one for all attempts', async () => {
    expect(
      await complain('a second time, after no answer within the limit', made({ oneDeadline: 800 })),
    ).toContainEqual(expect.stringContaining('it was unknown, and has to be accepted'));
    expect(await complain('a second time, after a reset', made({ oneDeadline: 800 }))).toContainEqual(
      expect.stringContaining('it was unknown, and has to be accepted'),
    );
  });

  it.concurrent.each([
    'stall: the request is never read',
    'stall after the status line',
    'stall after the headers',
    'stall in the middle of the body',
    'stall before the last chunk',
    'given up after the headers',
    'given up in the middle of the body',
    'given up while nothing is read',
  ])('a connection that is kept: %s', async (fault) => {
    expect(await complain(fault, made({ keeps: true }))).toEqual(['a connection was not given up']);
  });

  it('an answer that is read without a limit', async () => {
    expect(await complain('answer larger than the limit', made({ unlimited: true }))).toEqual([
      'the reply is larger than maxReplyBytes',
    ]);
    expect(await complain('answer without an end', made({ unlimited: true }))).toEqual([
      expect.stringContaining('did not end'),
    ]);
  });

  it('what is thrown and is no TransportError, by its class and by what it says', async () => {
    expect(
      await complain('none: it is accepted', made({ throws: new TypeError('fetch is not a function') })),
    ).toContain('it threw a TypeError (fetch is not a function), and has to throw a TransportError');
  });

  it('what is thrown and is no TransportError, by its class alone where it says something that was sent, or nothing', async () => {
    expect(
      await complain('none: it is accepted', made({ throws: new RangeError('380501234567') })),
    ).toContain('it threw a RangeError, and has to throw a TransportError');
    expect(await complain('none: it is accepted', made({ throws: undefined }))).toContain(
      'it threw a undefined, and has to throw a TransportError',
    );
    expect(await complain('none: it is accepted', made({ throws: { kind: 'transport' } }))).toContain(
      'it threw a Object, and has to throw a TransportError',
    );
  });

  it.each([
    [undefined, 'undefined'],
    [null, 'object'],
    [{ status: 200, body: '{}' }, 'Object'],
    [new Response(), 'Response'],
  ])('what is given and is no reply: %j', async (gives, name) => {
    expect(await complain('none: it is accepted', made({ gives }))).toContain(
      `it gave a ${name}, and has to give a reply: { status, body }, the body a Uint8Array`,
    );
  });

  it('a rejection that nobody handles', async () => {
    // Who runs the tests is not to hear of it.
    const others = process.listeners('unhandledRejection');
    process.removeAllListeners('unhandledRejection');
    try {
      expect(await complain('none: it is accepted', made({ forgetful: true }))).toEqual([
        'a rejection that nobody handled: RangeError (send)',
      ]);
    } finally {
      for (const other of others) process.on('unhandledRejection', other);
    }
  });

  it('a secret in an error, however deep', async () => {
    expect(await complain('reset after the request', made({ cause: true }))).toEqual([
      expect.stringMatching(/^a secret stands in error\.cause\.request/),
    ]);
  });

  it('a body that arrives as another', async () => {
    expect(await complain('none: it is accepted', made({ changed: true }))).toEqual([
      'the body arrived as another',
    ]);
  });

  it('a signal that nobody heeds', async () => {
    expect(await complain('given up while it is answered', made({ deaf: true }))).toEqual([
      expect.stringContaining('did not end'),
    ]);
  });

  it('a listener that stays', async () => {
    expect(await complain('two hundred by one signal', made({ patient: true }))).toEqual([
      '200 listeners are left on the signal: pass a signal of your own to fetch',
    ]);
  });

  it('what Retry-After said, and was not handed on', async () => {
    expect(await complain('429 Too Many Requests with Retry-After', made({}))).toEqual([
      'Retry-After was handed on as nothing',
    ]);
  });

  it('a difference that is none any more, and one of no case', async () => {
    const subject = {
      transport: made({}),
      differences: { 'reset after the request': { outcome: 'accepted', because: 'a mistake' } },
    } as const;
    expect((await tryCase(named('reset after the request'), subject)).complaints).toContain(
      'it is listed as a difference, and is none any more',
    );
    const tests: (() => Promise<void>)[] = [];
    contract({ describe: (_, body) => body(), it: (_, body) => tests.push(body) }, 'x', {
      transport: made({}),
      differences: { 'no such thing': { outcome: 'unknown', because: '' } },
    });
    expect(tests).toHaveLength(cases.length + 1);
    await expect(tests.at(-1)!()).rejects.toThrow('no such case: no such thing');
  });
});

it('no two cases have the same name', () => {
  expect(new Set(cases.map(({ fault }) => fault)).size).toBe(cases.length);
});

describe('listeners are counted', () => {
  const nothing = (): void => undefined;

  it('once, however often they are added or removed', () => {
    const { controller, listeners } = countedSignal();
    controller.signal.addEventListener('abort', nothing);
    controller.signal.addEventListener('abort', nothing);
    controller.signal.addEventListener('x', nothing);
    expect(listeners()).toBe(1);
    controller.signal.removeEventListener('abort', nothing);
    controller.signal.removeEventListener('abort', nothing);
    expect(listeners()).toBe(0);
  });

  it('until they are called, if they listen once; and until their own signal', () => {
    const { controller, listeners } = countedSignal();
    const until = new AbortController();
    controller.signal.addEventListener('abort', nothing, { once: true });
    controller.signal.addEventListener('abort', () => undefined, { signal: until.signal });
    expect(listeners()).toBe(2);
    until.abort();
    expect(listeners()).toBe(1);
    controller.abort();
    expect(listeners()).toBe(0);
  });
});

describe('a secret is found', () => {
  const secret = 'correct-horse-battery';

  class Holder {
    get shown(): string {
      return secret;
    }
  }

  it.each<readonly [name: string, value: unknown]>([
    ['in a map', new Map([['a', { b: secret }]])],
    ['in a key of a map', new Map([[secret, 1]])],
    ['in a set', new Set([[secret]])],
    ['in an address’s query', new URLSearchParams({ psw: secret })],
    ['in headers', new Headers({ authorization: `Basic ${secret}` })],
    ['in a buffer', new TextEncoder().encode(secret).buffer],
    ['in a part of a buffer', Buffer.from(`psw=${secret}`)],
    ['in the address of a request', new Request(`http://127.0.0.1/?psw=${secret}`)],
    ['in the headers of a reply', new Response('', { headers: { a: secret } })],
    ['in a member of a prototype', Object.create({ a: { b: secret } })],
    ['in what a prototype’s getter gives', new Holder()],
  ])('%s', (_, value) => expect(leakOf(Object.assign(new Error('x'), { value }), [secret])).toBeDefined());

  it('and not where there is none', () => {
    expect(
      leakOf(
        new Error('x', {
          cause: {
            request: new Request('http://127.0.0.1/'),
            headers: new Headers(),
            map: new Map(),
            list: [new Uint8Array(9)],
          },
        }),
        [secret],
      ),
    ).toBeUndefined();
  });
});
