import { connect } from 'node:net';
import { type Transport, TransportError, type WireReply, type WireRequest } from '@smsc/protocol';
import { readBody, type ReadChunk } from '@smsc/protocol/adapter';
import { describe, expect, it } from 'vitest';
import { createCountingSignal } from '../src/counting-signal.ts';
import {
  type AttemptOptions,
  type Case,
  type CaseResult,
  cases,
  contract,
  findSecret,
  type MakeTransport,
  runCase,
  runThreat,
  threats,
} from '../src/index.ts';

const caseNamed = (title: string): Case => {
  const found = cases.find((contractCase) => contractCase.title === title);
  if (!found) throw new Error(title);
  return found;
};

/** Bugs that the transport of these tests can have. */
interface Bugs {
  readonly redirect?: 'follow';
  readonly phase?: 'connect' | 'sent';
  /** Attaches the request to the error. */
  readonly leaksRequest?: true;
  readonly sendsTwice?: true;
  readonly connectsTwice?: true;
  readonly ignoresSignal?: true;
  readonly changesBody?: true;
  readonly keepsListener?: true;
  /** Time limit for all attempts together, in ms. */
  readonly sharedTimeoutMs?: number;
  readonly keepsConnection?: true;
  /** Reports every connection as new. */
  readonly claimsNew?: true;
  readonly ignoresLimit?: true;
  readonly leavesRejection?: true;
  readonly throws?: unknown;
  readonly returns?: unknown;
}

/** Opens a connection and sends only the beginning of a request. */
const openConnection = (host: string): Promise<void> =>
  new Promise((resolve) => {
    const socket = connect(Number(new URL(host).port), '127.0.0.1', () => socket.end('POST'));
    socket.on('close', () => resolve());
  });

/** Reads the body of a response, up to the limit. */
async function readResponse(response: Response, limit: number, aborted: Promise<never>): Promise<Uint8Array> {
  const reader = (response.body as ReadableStream<Uint8Array> | null)?.getReader();
  const read = (): ReturnType<ReadChunk> => Promise.race([reader?.read() ?? { done: true }, aborted]);
  const body = await readBody(read, limit);
  if (!body) throw new Error();
  return body;
}

/** Creates a transport that uses the platform's fetch and has the given bugs. */
const transportWith =
  (bugs: Bugs): MakeTransport =>
  ({ host: origin, timeoutMs = 60_000, maxReplyBytes = Infinity }) => {
    const shared = bugs.sharedTimeoutMs === undefined ? undefined : AbortSignal.timeout(bugs.sharedTimeoutMs);
    const send: Transport<AttemptOptions>['send'] = async (
      request: WireRequest,
      { signal, host = origin }: AttemptOptions = {},
    ) => {
      const { body: wireBody } = request;
      const { text, contentType } = wireBody.kind === 'text' ? wireBody : { text: '', contentType: '' };
      const controller = new AbortController();
      const onAbort = (): void => (bugs.ignoresSignal ? undefined : controller.abort());
      if (signal?.aborted) throw new TransportError('aborted', 'connect', 'aborted');
      signal?.addEventListener('abort', onAbort);
      const timer = setTimeout(onAbort, timeoutMs);
      const post = () =>
        fetch(`${host}/${request.path}`, {
          method: 'POST',
          body: bugs.changesBody ? `${text}&x=1` : text,
          headers: { 'content-type': contentType },
          redirect: bugs.redirect ?? 'manual',
          signal: shared ?? (bugs.keepsConnection ? null : controller.signal),
        });
      try {
        if (bugs.leavesRejection) void Promise.reject(new RangeError(request.operation));
        if ('throws' in bugs) throw bugs.throws;
        if ('returns' in bugs) return bugs.returns as WireReply;
        if (bugs.sendsTwice)
          await post()
            .then((reply) => reply.arrayBuffer())
            .catch(() => undefined);
        if (bugs.connectsTwice) await openConnection(host);
        // The attempt ends here even if the connection stays open.
        const aborted = new Promise<never>(
          (_, reject) => void controller.signal.addEventListener('abort', () => reject(new Error())),
        );
        const response = await Promise.race([post(), aborted]);
        const limit = bugs.ignoresLimit ? Infinity : maxReplyBytes;
        const body = await readResponse(response, limit, aborted);
        return { status: response.status, body, connection: bugs.claimsNew && 'new' };
      } catch (error) {
        if ('throws' in bugs) throw error;
        const thrown = new TransportError('failed', bugs.phase ?? 'sent', 'network');
        if (bugs.leaksRequest) thrown.cause = { error, request };
        throw thrown;
      } finally {
        clearTimeout(timer);
        if (!bugs.keepsConnection) controller.abort();
        if (!bugs.keepsListener) signal?.removeEventListener('abort', onAbort);
      }
    };
    return { send };
  };

const failuresOf = async (title: string, bugs: Bugs): Promise<CaseResult['failures']> =>
  (await runCase(caseNamed(title), { transport: transportWith(bugs) })).failures;

const acceptedCase = 'the gateway accepts the message';

describe('the contract', () => {
  it('reports nothing for a correct transport', async () => {
    const titles = [
      acceptedCase,
      'the connection is reset after the request',
      'a redirect (307) points to another port',
      'a message to 100,000 recipients is accepted',
      'the server stops in the middle of the response body',
      'the server never reads the request',
      'the response never ends',
      'the attempt is aborted after the response headers',
      '200 parallel attempts are aborted by one signal',
      'a second attempt follows a timeout',
      'a second attempt follows a reset',
    ];
    for (const title of titles) expect([title, await failuresOf(title, {})]).toEqual([title, []]);
  });

  it('reports a redirect that is followed', async () => {
    const bugs = { redirect: 'follow' } as const;
    expect(await failuresOf('a redirect (307) points to another port', bugs)).toContain(
      'the redirect was followed',
    );
    expect(await failuresOf('a redirect (307) points to another scheme', bugs)).toContain(
      'the redirect was followed',
    );
    expect(await failuresOf('a redirect (308) points to the same host', bugs)).not.toEqual([]);
  });

  it('reports "not-sent" for a message that was sent', async () => {
    expect(await failuresOf('the connection is reset after the request', { phase: 'connect' })).toEqual([
      expect.stringContaining('the outcome is not-sent, expected unknown'),
    ]);
  });

  it('reports "unknown" for a message that cannot have been sent', async () => {
    expect(await failuresOf('the connection is refused', {})).toEqual([
      expect.stringContaining('the outcome is unknown, expected not-sent'),
    ]);
  });

  it('reports a request that is sent twice', async () => {
    expect(await failuresOf(acceptedCase, { sendsTwice: true })).toContain('2 requests arrived, expected 1');
  });

  it('reports a second connection', async () => {
    expect(await failuresOf(acceptedCase, { connectsTwice: true })).toEqual([
      '2 connections were opened for 1 attempt',
    ]);
  });

  it('reports a time limit that all attempts share', async () => {
    const bugs = { sharedTimeoutMs: 800 };
    expect(await failuresOf('a second attempt follows a timeout', bugs)).toContainEqual(
      expect.stringContaining('the outcome is unknown, expected accepted'),
    );
    expect(await failuresOf('a second attempt follows a reset', bugs)).toContainEqual(
      expect.stringContaining('the outcome is unknown, expected accepted'),
    );
  });

  it.concurrent.each([
    'the server never reads the request',
    'the server stops after the status line',
    'the server stops after the response headers',
    'the server stops in the middle of the response body',
    'the server stops before the last chunk',
    'the attempt is aborted after the response headers',
    'the attempt is aborted in the middle of the response body',
    'the attempt is aborted while the server reads nothing',
  ])('reports a connection that is left open: %s', async (title) => {
    expect(await failuresOf(title, { keepsConnection: true })).toEqual(['a connection was left open']);
  });

  it('reports a response that is read without a limit', async () => {
    expect(await failuresOf('the response is larger than the limit', { ignoresLimit: true })).toEqual([
      'the response body is larger than maxReplyBytes',
    ]);
    expect(await failuresOf('the response never ends', { ignoresLimit: true })).toEqual([
      expect.stringContaining('did not end'),
    ]);
  });

  it('reports the class and message of an error that is not a TransportError', async () => {
    expect(await failuresOf(acceptedCase, { throws: new TypeError('fetch is not a function') })).toContain(
      'the transport threw a TypeError (fetch is not a function), expected a TransportError',
    );
  });

  it('reports only the class of an error whose message is empty or contains a secret', async () => {
    expect(await failuresOf(acceptedCase, { throws: new RangeError('380501234567') })).toContain(
      'the transport threw a RangeError, expected a TransportError',
    );
    expect(await failuresOf(acceptedCase, { throws: undefined })).toContain(
      'the transport threw a undefined, expected a TransportError',
    );
    expect(await failuresOf(acceptedCase, { throws: { kind: 'transport' } })).toContain(
      'the transport threw a Object, expected a TransportError',
    );
  });

  it.each([
    [undefined, 'undefined'],
    [null, 'object'],
    [{ status: 200, body: '{}' }, 'Object'],
    [new Response(), 'Response'],
  ])('reports a return value that is not a reply: %j', async (returns, name) => {
    expect(await failuresOf(acceptedCase, { returns })).toContain(
      `the transport returned a ${name}, expected { status, body } with a Uint8Array body`,
    );
  });

  it('reports a used connection that the transport calls new', async () => {
    expect(await failuresOf(acceptedCase, { claimsNew: true })).toEqual([]);
    expect(
      await failuresOf('an idle connection is closed before the second attempt', { claimsNew: true }),
    ).toEqual([]);
    expect(
      await failuresOf('a refusal without an id precedes the response to the second request', {
        claimsNew: true,
      }),
    ).toEqual(['the transport reported a used connection as new']);
  });

  it('reports a response to another message that counts as accepted', async () => {
    const title = 'the response to another message precedes the response to the second request';
    expect(await failuresOf(title, {})).toEqual([]);
    expect(
      await failuresOf(title, { returns: { status: 200, body: Buffer.from('{"id": "m1", "cnt": 1}') } }),
    ).toContainEqual(expect.stringContaining('the outcome is accepted, expected unknown'));
  });

  it('reports a response that makes a sent message look unsent', async () => {
    const threat = threats.find(
      ({ name }) => name === 'no response makes a message that arrived look unsent',
    )!;
    expect(await runThreat(threat, { transport: transportWith({}) })).toEqual([]);
    const failures = await runThreat(threat, { transport: transportWith({ phase: 'connect' }) });
    expect(failures).toContainEqual(
      expect.stringContaining('the request arrived, but the outcome is not-sent'),
    );
    expect(failures.at(-1)).toMatch(/^… and \d+ more$/);
  }, 60_000);

  it('reports an unhandled rejection', async () => {
    // The test runner must not see this rejection.
    const others = process.listeners('unhandledRejection');
    process.removeAllListeners('unhandledRejection');
    try {
      expect(await failuresOf(acceptedCase, { leavesRejection: true })).toEqual([
        'unhandled rejection: RangeError (send)',
      ]);
    } finally {
      for (const other of others) process.on('unhandledRejection', other);
    }
  });

  it('reports a secret in an error at any depth', async () => {
    expect(await failuresOf('the connection is reset after the request', { leaksRequest: true })).toEqual([
      expect.stringMatching(/^a secret appears in error\.cause\.request/),
    ]);
  });

  it('reports a body that arrives changed', async () => {
    expect(await failuresOf(acceptedCase, { changesBody: true })).toEqual([
      'the request body differs from the body that was sent',
    ]);
  });

  it('reports a signal that is ignored', async () => {
    expect(await failuresOf('the attempt is aborted before the response', { ignoresSignal: true })).toEqual([
      expect.stringContaining('did not end'),
    ]);
  });

  it('reports listeners that are left on the signal', async () => {
    expect(await failuresOf('200 attempts in sequence share one signal', { keepsListener: true })).toEqual([
      '200 listeners are left on the signal: remove them after the attempt, and pass your own signal to fetch',
    ]);
  });

  it('reports a Retry-After that is not returned', async () => {
    expect(await failuresOf('status 429 comes with Retry-After as seconds', {})).toEqual([
      'Retry-After was returned as undefined, expected 7',
    ]);
  });

  it('reports a known deviation that no longer exists, or that names no case', async () => {
    const title = 'the connection is reset after the request';
    const subject = {
      transport: transportWith({}),
      deviations: { [title]: { outcome: 'accepted', reason: 'a mistake' } },
    } as const;
    expect((await runCase(caseNamed(title), subject)).failures).toContain(
      'the transport passes this case: remove it from the known deviations',
    );
    const tests: (() => Promise<void>)[] = [];
    contract({ describe: (_, body) => body(), it: (_, body) => tests.push(body) }, 'x', {
      transport: transportWith({}),
      deviations: { 'missing case': { outcome: 'unknown', reason: '' } },
    });
    expect(tests).toHaveLength(cases.length + 1);
    await expect(tests.at(-1)!()).rejects.toThrow('no case has the title: missing case');
  });

  it('has no two cases with the same title', () => {
    expect(new Set(cases.map(({ title }) => title)).size).toBe(cases.length);
  });
});

describe('a counting signal', () => {
  const listener = (): void => undefined;

  it('counts a listener once, however often it is added or removed', () => {
    const { controller, listenerCount } = createCountingSignal();
    controller.signal.addEventListener('abort', listener);
    controller.signal.addEventListener('abort', listener);
    controller.signal.addEventListener('x', listener);
    expect(listenerCount()).toBe(1);
    controller.signal.removeEventListener('abort', listener);
    controller.signal.removeEventListener('abort', listener);
    expect(listenerCount()).toBe(0);
  });

  it('stops counting a once listener after its call, and a listener whose own signal aborts', () => {
    const { controller, listenerCount } = createCountingSignal();
    const until = new AbortController();
    controller.signal.addEventListener('abort', listener, { once: true });
    controller.signal.addEventListener('abort', () => undefined, { signal: until.signal });
    expect(listenerCount()).toBe(2);
    until.abort();
    expect(listenerCount()).toBe(1);
    controller.abort();
    expect(listenerCount()).toBe(0);
  });
});

describe('findSecret', () => {
  const secret = 'correct-horse-battery';

  class Holder {
    get shown(): string {
      return secret;
    }
  }

  it.each<readonly [name: string, value: unknown]>([
    ['a map', new Map([['a', { b: secret }]])],
    ['a key of a map', new Map([[secret, 1]])],
    ['a set', new Set([[secret]])],
    ['URL parameters', new URLSearchParams({ psw: secret })],
    ['headers', new Headers({ authorization: `Basic ${secret}` })],
    ['a buffer', new TextEncoder().encode(secret).buffer],
    ['a part of a buffer', Buffer.from(`psw=${secret}`)],
    ['the URL of a request', new Request(`http://127.0.0.1/?psw=${secret}`)],
    ['the headers of a response', new Response('', { headers: { a: secret } })],
    ['an inherited property', Object.create({ a: { b: secret } })],
    ['an inherited getter', new Holder()],
  ])('finds a secret in %s', (_, value) =>
    expect(findSecret(Object.assign(new Error('x'), { value }), [secret])).toBeDefined(),
  );

  it('finds nothing where there is no secret', () => {
    expect(
      findSecret(
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
