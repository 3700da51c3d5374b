import type { Socket } from 'node:net';
import { constants, createSecureServer, type ServerHttp2Session, type ServerHttp2Stream } from 'node:http2';
import { send, toRequest, type WireReply } from '@smsc/protocol';
import { cert, key } from '@smsc/testing/certificate';
import { closeAfterTest, listen } from '@smsc/testing/servers';
import { Agent, fetch as undiciFetch } from 'undici';
import { describe, expect, it } from 'vitest';
import { type FetchLike, fetchTransport } from '../src/index.ts';

// The platform's `fetch` uses HTTP/2 from Node 26 on if the server supports it. undici's `fetch` needs `allowH2: true`.

const accepted = '{"id": "m1", "cnt": 1}';
const requestOf = (id: string): ReturnType<typeof toRequest> =>
  toRequest(send, { id, to: '380501234567', text: 'Ваш код: 4821' }, { login: 'alex', password: 'hunter2' });
const {
  NGHTTP2_REFUSED_STREAM,
  NGHTTP2_INTERNAL_ERROR,
  NGHTTP2_CANCEL,
  NGHTTP2_NO_ERROR,
  NGHTTP2_ENHANCE_YOUR_CALM,
} = constants;

interface Received {
  readonly stream: ServerHttp2Stream;
  readonly session: ServerHttp2Session;
  readonly socket: Socket;
}

/** Faults of a server after it received a complete request. */
const faults: readonly (readonly [string, (received: Received) => void])[] = [
  ['refuses the stream', ({ stream }) => stream.close(NGHTTP2_REFUSED_STREAM)],
  ['closes the stream with INTERNAL_ERROR', ({ stream }) => stream.close(NGHTTP2_INTERNAL_ERROR)],
  ['cancels the stream', ({ stream }) => stream.close(NGHTTP2_CANCEL)],
  ['closes the stream with NO_ERROR', ({ stream }) => stream.close(NGHTTP2_NO_ERROR)],
  [
    'sends GOAWAY without a stream and closes',
    ({ session, socket }) => (session.goaway(NGHTTP2_NO_ERROR, 0), setTimeout(() => socket.destroy(), 20)),
  ],
  [
    'sends GOAWAY with this stream and closes',
    ({ stream, session, socket }) => (
      session.goaway(NGHTTP2_NO_ERROR, stream.id),
      setTimeout(() => socket.destroy(), 20)
    ),
  ],
  [
    'announces GOAWAY and resets at once',
    ({ session, socket }) => (session.goaway(NGHTTP2_NO_ERROR, 2 ** 31 - 1), socket.resetAndDestroy()),
  ],
  [
    'sends GOAWAY with ENHANCE_YOUR_CALM and closes',
    ({ stream, session, socket }) => (
      session.goaway(NGHTTP2_ENHANCE_YOUR_CALM, stream.id),
      setTimeout(() => socket.destroy(), 20)
    ),
  ],
  ['destroys the session', ({ session }) => session.destroy()],
  ['resets the connection', ({ socket }) => socket.resetAndDestroy()],
  ['closes the connection', ({ socket }) => socket.destroy()],
  [
    'starts a response and resets the connection',
    ({ stream, socket }) => (
      stream.respond({ ':status': 200 }),
      stream.write('{"id"'),
      setTimeout(() => socket.resetAndDestroy(), 20)
    ),
  ],
  ['does not respond', () => undefined],
];

/**
 * Starts a server that supports only HTTP/2. The server answers the first request and runs `act` for each later
 * request.
 */
async function serve(
  act: (received: Received) => void,
): Promise<{ readonly host: string; readonly ids: readonly string[] }> {
  const ids: string[] = [];
  const sockets = new Set<Socket>();
  const server = createSecureServer({ key, cert });
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined).on('close', () => sockets.delete(socket));
  });
  server.on('session', (session) => void session.on('error', () => undefined));
  server.on('sessionError', () => undefined);
  server.on('stream', (stream) => {
    let body = '';
    stream.on('error', () => undefined);
    stream.setEncoding('utf8').on('data', (chunk: string) => void (body += chunk));
    stream.on('end', () => {
      const { session } = stream;
      ids.push(new URLSearchParams(body).get('id')!);
      if (ids.length > 1)
        return act({ stream, session: session as ServerHttp2Session, socket: [...sockets].at(-1)! });
      stream.respond({ ':status': 200 });
      stream.end(accepted);
    });
  });
  const { port } = await listen(server);
  return { host: `https://127.0.0.1:${port}`, ids };
}

/** Creates a fetch that uses HTTP/2. */
function http2(): FetchLike {
  const dispatcher = new Agent({ allowH2: true, connect: { rejectUnauthorized: false } });
  closeAfterTest(() => dispatcher.destroy());
  return (url, init) => undiciFetch(url, { ...init, dispatcher });
}

describe.each([1, 4])('over HTTP/2, with %i parallel requests,', (many) => {
  it.each(faults)(
    'a request that reached a server that %s may have happened and was sent once',
    async (_, act) => {
      const stop = new AbortController();
      const { host, ids } = await serve((received) => {
        act(received);
        // Ends the requests that would wait forever.
        setTimeout(() => stop.abort(), 200);
      });
      const transport = fetchTransport({ fetch: http2(), host, timeoutMs: 10_000 });
      const first = await transport.send(requestOf('m0'));
      expect(Buffer.from(first.body).toString()).toBe(accepted);
      const wanted = Array.from({ length: many }, (_, at) => `m${at + 1}`);
      const results = await Promise.allSettled(
        wanted.map((id) => transport.send(requestOf(id), { signal: stop.signal })),
      );
      for (const [at, { status, reason }] of (
        results as readonly (PromiseSettledResult<WireReply> & { readonly reason?: unknown })[]
      ).entries()) {
        const arrivals = ids.filter((id) => id === wanted[at]).length;
        expect(arrivals).toBeLessThanOrEqual(1);
        expect(status).toBe('rejected');
        expect(reason).toMatchObject({ kind: 'transport' });
        if (arrivals > 0) expect(reason).toMatchObject({ mayHaveHappened: true });
      }
      expect(ids.length).toBeGreaterThan(1);
    },
  );
});
