import { setTimeout as pause } from 'node:timers/promises';
import { Readable } from 'node:stream';
import { send, toRequest, type WireReply, type WireRequest } from '@smsc/protocol';
import { closeAfterTest, serve } from '@smsc/testing/servers';
import { serveSlowly } from '@smsc/testing/slow-connections';
import nodeFetch from 'node-fetch';
import { Agent, fetch as undiciFetch } from 'undici';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { type FetchInit, type FetchLike, fetchTransport } from '../src/index.ts';
import { fetches } from './fetches.ts';

const accepted = '{"id": "m1", "cnt": 1}';
const input = { id: 'm1', to: '380501234567', text: 'Ваш код: 4821' };
const credentials = { login: 'alex', password: 'hunter2' };
const form: WireRequest = toRequest(send, input, credentials);
const json: WireRequest = toRequest(send, input, credentials, { body: 'json' });
const files: WireRequest = toRequest(
  send,
  { kind: 'mms', ...input, files: [{ name: 'a.jpg', content: new Blob(['abc'.repeat(100_000)]) }] },
  credentials,
);
const requests: readonly (readonly [name: string, request: WireRequest])[] = [
  ['a text form', form],
  ['a JSON body', json],
  ['a form with files', files],
];

const heldBack = {
  kind: 'transport',
  reason: 'held-back',
  phase: 'connect',
  mayHaveHappened: false,
  message: 'send: too late to send; nothing was sent',
};

const attempt = (
  fetch: FetchLike | undefined,
  host: string,
  isLate: () => boolean,
  request = form,
): Promise<WireReply> =>
  fetchTransport({ fetch, host, timeoutMs: 5000 }).attempt!(request, {
    cancellation: undefined,
    host: undefined,
    isLate,
  });

/** undici's fetch, which trusts any certificate. */
const trusting: FetchLike = (url, init) => {
  const dispatcher = new Agent({ connect: { rejectUnauthorized: false } });
  closeAfterTest(() => dispatcher.destroy());
  return undiciFetch(url, { ...init, dispatcher });
};

/** Time until a connection to a slow server is established, in ms. */
const connectMs = 150;

/** Returns a function that returns true from the middle of the connection time on. */
function lateWhileConnecting(): () => boolean {
  const start = performance.now();
  return () => performance.now() - start > connectMs / 2;
}

describe('a request that is late when its connection is established', () => {
  it.each([
    ['the platform’s fetch', false, undefined],
    ['undici', false, undiciFetch as FetchLike],
    ['undici over TLS', true, trusting],
  ])('is not sent, with %s', { timeout: 9000 }, async (_, secure, fetch) => {
    for (const [, request] of requests) {
      const { host, received } = await serveSlowly(accepted, { ms: connectMs, secure });
      await expect(attempt(fetch, host, lateWhileConnecting(), request)).rejects.toMatchObject(heldBack);
      await pause(50);
      expect(received()).toBe('');
      // The same request in time is sent.
      expect((await attempt(fetch, host, () => false, request)).status).toBe(200);
      expect(received()).toMatch(/^POST \/\S+ HTTP\/1\.1\r\n[^]*hunter2/);
    }
  });

  it('is sent with node-fetch, which reads the body before there is a connection', async () => {
    const { host, received } = await serveSlowly(accepted, { ms: connectMs, secure: false });
    expect((await attempt(nodeFetch, host, lateWhileConnecting())).status).toBe(200);
    expect(received()).toContain('hunter2');
  });
});

describe.each(fetches)('with %s', (_, fetch) => {
  it.each(requests)('%s that is late on a kept-alive connection is not sent', async (_, request) => {
    const { host, seen } = await serve((response) => response.end(accepted));
    const transport = fetchTransport({ fetch, host });
    await transport.send(request);
    let checks = 0;
    const settings = { cancellation: undefined, host: undefined, isLate: () => ++checks > 1 };
    await expect(transport.attempt!(request, settings)).rejects.toMatchObject(heldBack);
    await pause(50);
    expect(seen).toHaveLength(1);
    expect((await transport.send(request)).status).toBe(200);
  });

  it('a request that is late from the start is not handed to fetch', async () => {
    const spy = vi.fn(fetch);
    await expect(attempt(spy, 'http://127.0.0.1:9', () => true)).rejects.toMatchObject(heldBack);
    expect(spy).not.toHaveBeenCalled();
  });

  it.each(requests)(
    '%s cannot be sent twice by a wrapper that retries',
    { timeout: 5000 },
    async (_, request) => {
      const { host, seen } = await serve((response) => response.writeHead(503).end());
      const retries: FetchLike = async (url, init) => {
        const response = await fetch(url, init);
        return response.status === 503 ? fetch(url, init) : response;
      };
      await expect(
        fetchTransport({ fetch: retries, host, timeoutMs: 500 }).send(request),
      ).rejects.toMatchObject({
        kind: 'transport',
        phase: 'sent',
        mayHaveHappened: true,
      });
      expect(seen).toHaveLength(1);
    },
  );
});

describe('a request body', () => {
  afterEach(() => void vi.unstubAllGlobals());

  const recorded = async (request: WireRequest, by: 'given' | 'platform' = 'given'): Promise<FetchInit> => {
    const inits: FetchInit[] = [];
    const fetch: FetchLike = (_, init) => (inits.push(init), Promise.resolve(new Response(accepted)));
    if (by === 'platform') vi.stubGlobal('fetch', fetch);
    await fetchTransport(by === 'given' ? { fetch } : {}).send(request);
    return inits[0]!;
  };

  it.each(requests)('can be read once in Node and comes with its length: %s', async (_, request) => {
    for (const by of ['given', 'platform'] as const) {
      const { body, duplex, headers } = await recorded(request, by);
      expect(body instanceof Readable).toBe(by === 'given');
      expect(duplex).toBe('half');
      const content = await new Response(body as Blob).arrayBuffer();
      expect(headers['content-length']).toBe(String(content.byteLength));
      if (request.body.kind === 'text') expect(Buffer.from(content).toString()).toBe(request.body.text);
      const again = await Promise.resolve()
        .then(() => new Response(body as Blob).text())
        .catch(() => '');
      expect(again).toBe('');
    }
  });

  it('is a Blob in Deno, in edge workers and in pages', async () => {
    vi.stubGlobal('Deno', {});
    expect((await recorded(form)).body).toBeInstanceOf(Blob);
    vi.unstubAllGlobals();
    vi.stubGlobal('Request', function (_: string, { redirect }: RequestInit): void {
      if (redirect === 'error') throw new TypeError('Invalid redirect value');
    });
    expect((await recorded(form)).body).toBeInstanceOf(Blob);
    vi.unstubAllGlobals();
    vi.stubGlobal('process', undefined);
    expect((await recorded(form)).body).toBeInstanceOf(Blob);
  });

  it('that is a Blob counts as sent as soon as fetch is called', async () => {
    vi.stubGlobal('Deno', {});
    const fails: FetchLike = () => Promise.reject(new Error());
    await expect(fetchTransport({ fetch: fails }).send(form)).rejects.toMatchObject({
      mayHaveHappened: true,
    });
    let checks = 0;
    const spy = vi.fn(fails);
    await expect(attempt(spy, 'smsc.ua', () => ++checks > 1)).rejects.toMatchObject(heldBack);
    expect(spy).not.toHaveBeenCalled();
  });

  it('that was never read was not sent', async () => {
    const fails: FetchLike = () => Promise.reject(new Error());
    await expect(fetchTransport({ fetch: fails }).send(form)).rejects.toMatchObject({
      phase: 'connect',
      mayHaveHappened: false,
    });
  });

  it('that was read may have been sent', async () => {
    for (const [, request] of requests) {
      const fails: FetchLike = async (_, { body }) => {
        await new Response(body as Blob).arrayBuffer();
        throw new Error();
      };
      await expect(fetchTransport({ fetch: fails }).send(request)).rejects.toMatchObject({
        phase: 'sent',
        mayHaveHappened: true,
      });
    }
  });

  it('that is read after the cancellation is not sent', async () => {
    const controller = new AbortController();
    const fetch: FetchLike = async (_, { body }) => {
      controller.abort();
      await new Response(body as Blob).arrayBuffer();
      return new Response(accepted);
    };
    await expect(fetchTransport({ fetch }).send(form, { signal: controller.signal })).rejects.toMatchObject({
      reason: 'aborted',
      phase: 'connect',
      mayHaveHappened: false,
    });
  });
});
