import { connect as connectHttp2, createServer } from 'node:http2';
import { connect } from 'node:net';
import { later, until } from '@smsc/testing/promises';
import { listen } from '@smsc/testing/servers';
import { describe, expect, it, onTestFinished } from 'vitest';
import { nodeHandler } from '../src/relay.ts';
import { serve } from './serve.ts';
import { callOf, clientOf, input, origin, uuid, world, type Options, type World } from './world.ts';

async function open(options: Options = {}): Promise<World & { readonly url: string; readonly port: number }> {
  const shop = world(options);
  return { ...shop, ...(await serve(nodeHandler(shop.relay))) };
}

const headers = { origin, 'smsc-relay': '1', 'content-type': 'application/json' };
const post = (url: string, body: string, more: RequestInit = {}): Promise<Response> =>
  fetch(url, { method: 'POST', headers, body, ...more });

/** Sends bytes to a server. Resolves to all bytes that the server sends until it closes the connection. */
const raw = (port: number, bytes: string): Promise<string> =>
  new Promise((resolve) => {
    let output = '';
    const socket = connect(port, '127.0.0.1', () => socket.write(bytes));
    socket
      .setEncoding('latin1')
      .on('data', (chunk: string) => (output += chunk))
      .on('error', () => undefined)
      .on('close', () => resolve(output));
  });

const head = `POST /api/sms HTTP/1.1\r\nhost: evil.example\r\norigin: ${origin}\r\nsmsc-relay: 1\r\ncontent-type: application/json\r\n`;

describe('a relay behind node:http', () => {
  it('responds', async () => {
    const { url, gateway } = await open();
    const response = await post(url, JSON.stringify(callOf()));
    expect([response.status, response.headers.get('content-type')]).toEqual([
      200,
      'application/json; charset=utf-8',
    ]);
    expect(await response.json()).toMatchObject({ outcome: 'accepted', id: uuid() });
    expect(gateway.messages()).toHaveLength(1);
  });

  it('uses the address of the connection, and no header', async () => {
    const seen: unknown[] = [];
    const { url } = await open({ guard: ({ address }) => (seen.push(address), true) });
    await post(url, JSON.stringify(callOf()), { headers: { ...headers, 'x-forwarded-for': '198.51.100.1' } });
    expect(seen).toEqual(['127.0.0.1']);
  });

  it('uses the address that the option address returns', async () => {
    const seen: unknown[] = [];
    const { relay } = world({ guard: ({ address }) => (seen.push(address), true) });
    const { url } = await serve(
      nodeHandler(relay, {
        address: (
          request: { headers: Readonly<Record<string, unknown>> } & Parameters<
            ReturnType<typeof nodeHandler>
          >[0],
        ) => String(request.headers['x-real-ip']),
      }),
    );
    await post(url, JSON.stringify(callOf()), { headers: { ...headers, 'x-real-ip': '198.51.100.1' } });
    expect(seen).toEqual(['198.51.100.1']);
  });

  it('rejects unknown and invalid options', () => {
    const { relay } = world();
    expect(() => nodeHandler(relay, { adress: () => '198.51.100.1' } as never)).toThrow(
      'nodeHandler: adress is unknown; did you mean `address`?',
    );
    expect(() => nodeHandler(relay, { address: 'x-real-ip' } as never)).toThrow(
      'nodeHandler: address expected a function',
    );
  });

  it.each(['GET', 'PUT', 'OPTIONS', 'HEAD'])('responds to %s with 405', async (method) => {
    const { url } = await open();
    expect((await fetch(url, { method, headers: { origin } })).status).toBe(405);
  });

  it('closes the connection after its response to an endless body', async () => {
    const { port } = await open({ maxBodyBytes: 1000 });
    const output = await raw(
      port,
      `${head}transfer-encoding: chunked\r\n\r\n${'3e8\r\n'.concat('a'.repeat(1000), '\r\n').repeat(3)}`,
    );
    expect(output).toMatch(/^HTTP\/1\.1 413 [^]*connection: close[^]*"refused":"too-large"/i);
  });

  it('closes the connection if the content-length is too large', async () => {
    const { port } = await open();
    expect(await raw(port, `${head}content-length: 99999999999\r\n\r\n`)).toMatch(/^HTTP\/1\.1 413 /);
  });

  it('does not read a second request from a refused body', async () => {
    const { port, operationNames } = await open();
    const inner = `${head}content-length: 2\r\n\r\n{}`;
    const output = await raw(
      port,
      `POST /api/sms HTTP/1.1\r\nhost: a\r\norigin: https://evil.example\r\ncontent-length: ${inner.length + 1}\r\n\r\n${inner}`,
    );
    expect(output.match(/HTTP\/1\.1 /g)).toHaveLength(1);
    expect(operationNames()).toEqual([]);
  });

  it('survives a body that breaks off', async () => {
    const { port, url } = await open();
    await new Promise((resolve) => {
      const socket = connect(port, '127.0.0.1', () =>
        socket.write(`${head}content-length: 100\r\n\r\n{`, () => socket.destroy()),
      );
      socket.on('close', resolve);
    });
    expect((await post(url, JSON.stringify(callOf()))).status).toBe(200);
  });

  it('survives invalid headers', async () => {
    const { port } = await open();
    expect(
      await raw(
        port,
        `${head}connection: close\r\nsec-fetch-site: \u00e4\u00ff\r\norigin: ${origin}\r\ncontent-length: 2\r\n\r\n{}`,
      ),
    ).toMatch(/^HTTP\/1\.1 403 /);
    expect(await raw(port, 'PROPFIND / HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n')).toMatch(
      /^HTTP\/1\.1 405 /,
    );
    expect(await raw(port, 'TRACE / HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n')).toMatch(
      /^HTTP\/1\.1 405 /,
    );
  });

  it('cancels an operation that reads if the visitor disconnects, but not a send that has left', async () => {
    const { promise, resolve } = later<undefined>();
    const signals: (AbortSignal | undefined)[] = [];
    const { promise: aborted, resolve: onAborted } = later<undefined>();
    const { url } = await open({
      client: clientOf((_, __, callOptions) => {
        const { signal } = callOptions as { signal?: AbortSignal };
        signals.push(signal);
        signal?.addEventListener('abort', () => onAborted(undefined));
        return promise;
      }),
    });
    const leaving = new AbortController();
    const both = [
      callOf(),
      callOf({ operation: 'status', effect: 'reads', input: { id: uuid(), phone: input.to } }),
    ].map((each) => post(url, JSON.stringify(each), { signal: leaving.signal }).catch(() => undefined));
    await until(() => signals.length === 2);
    leaving.abort();
    await Promise.all(both);
    await aborted;
    expect(signals.filter((each) => each?.aborted)).toHaveLength(1);
    expect(signals.filter((each) => each === undefined)).toHaveLength(1);
    resolve(undefined);
  });

  describe('over HTTP/2', () => {
    /**
     * Opens an HTTP/2 session with a relay. Returns a function that sends one request. The function resolves to the status and
     * the body of the response, and to the error code with which the stream was closed.
     */
    async function session(
      options: Options = {},
    ): Promise<
      (
        body: string | Uint8Array,
        more?: object,
      ) => Promise<readonly [status: unknown, output: string, code: number]>
    > {
      const server = createServer(nodeHandler(world(options).relay));
      const { port } = await listen(server);
      const client = connectHttp2(`http://127.0.0.1:${port}`);
      onTestFinished(() => client.destroy());
      return async (body, more = {}) => {
        const closed = new Promise<number>((resolve) =>
          server.once('stream', (stream) => stream.once('close', () => resolve(stream.rstCode))),
        );
        const stream = client.request({ ':method': 'POST', ':path': '/api/sms', ...headers, ...more });
        let [status, output]: [unknown, string] = [undefined, ''];
        stream
          .on('response', (head) => (status = head[':status']))
          .on('data', (chunk: Buffer) => (output += chunk.toString()))
          .on('error', () => undefined);
        const ended = new Promise((resolve) => stream.once('end', resolve));
        stream.end(body);
        await ended;
        return [status, output, await closed];
      };
    }

    it('responds', async () => {
      const post = await session();
      expect(await post(JSON.stringify(callOf()))).toEqual([
        200,
        expect.stringContaining('"outcome":"accepted"'),
        0,
      ]);
    });

    it.each([
      ['too large', {}, 413],
      ['from another origin', { origin: 'https://evil.example' }, 403],
    ])(
      'closes the stream after its response to a body that it does not read: %s',
      async (_, more, status) => {
        const post = await session({ maxBodyBytes: 1000 });
        expect(await post(new Uint8Array(500_000), more)).toEqual([
          status,
          expect.stringContaining('"refused"'),
          0,
        ]);
        // The session stays open.
        expect(await post(JSON.stringify(callOf()))).toEqual([200, expect.any(String), 0]);
      },
    );
  });

  it('responds even if the relay throws', async () => {
    const { url } = await serve(
      nodeHandler(() => {
        throw new Error('no');
      }),
    );
    expect((await post(url, '{}')).status).toBe(503);
  });
});
