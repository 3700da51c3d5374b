import { readOptions } from '@smsc/protocol/adapter';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { gatewayChecks, serverChecks } from './options/checks.ts';
import { deliverOverHttp } from './push/deliver-over-http.ts';
import { type Gateway, openGateway, tooLarge } from './gateway.ts';
import type { ServerOptions } from './options/options.ts';
import type { GatewayReply } from './wire/http.ts';

/** How often the gateway looks at the clock for what is due, in milliseconds. */
const tickMs = 50;

/** A gateway that listens. */
export interface RunningGateway {
  /** `http://127.0.0.1:8025/`, with the port that it has. */
  readonly url: string;
  readonly gateway: Gateway;
  /** Lets requests in flight end, gives up pushes, closes every other connection, and frees the port. */
  close(): Promise<void>;
}

const nothing = new Uint8Array();

/** Reads a body whole; `undefined` when it is larger than it may be. What is too much is thrown away as it comes. */
function readBody(
  request: IncomingMessage,
  most: number,
  done: (body: Uint8Array | undefined) => void,
): void {
  if (request.method === 'GET') {
    request.resume();
    done(nothing);
    return;
  }
  const chunks: Buffer[] = [];
  let size = 0;
  request.on('data', (chunk: Buffer) => {
    size += chunk.length;
    if (size <= most) chunks.push(chunk);
    else chunks.length = 0;
  });
  request.on('end', () =>
    done(size > most ? undefined : chunks.length === 1 ? chunks[0] : Buffer.concat(chunks)),
  );
}

/**
 * Opens a gateway behind an HTTP server.
 *
 * @throws {InputError} for options that nobody knows or that cannot be meant, as `createGateway`; and what the system says of
 * a port that is taken
 */
export async function startGateway(options: ServerOptions = {}): Promise<RunningGateway> {
  const {
    port = 0,
    host = '127.0.0.1',
    now = Date.now,
    latencyMs = 0,
    ...told
  } = readOptions('startGateway', options, { ...serverChecks, ...gatewayChecks });
  const stopping = new AbortController();
  const gateway = openGateway({ ...told, deliver: told.deliver ?? deliverOverHttp(stopping.signal) });
  /** Connections, with their number and how many requests they have in flight. */
  const connections = new Map<Socket, { readonly number: number; busy: number }>();
  let opened = 0;
  let closing = false;

  function send(response: ServerResponse, { status, contentType, body }: GatewayReply): void {
    if (closing) response.shouldKeepAlive = false;
    response.writeHead(status, { 'content-type': contentType, 'content-length': body.length });
    response.end(body);
  }

  function answer(request: IncomingMessage, response: ServerResponse, body: Uint8Array | undefined): void {
    const connection = connections.get(request.socket);
    // The caller may have gone while the body was read.
    if (!connection) return;
    if (body === undefined) {
      send(response, tooLarge);
      return;
    }
    const { reply, release } = gateway.receive(
      {
        method: request.method ?? '',
        url: request.url ?? '',
        contentType: request.headers['content-type'],
        body,
        address: request.socket.remoteAddress?.replace(/^::ffff:/, ''),
        connection: connection.number,
      },
      now(),
    );
    const end = (): void => {
      release();
      send(response, reply);
    };
    connection.busy++;
    response.once('close', () => connection.busy--);
    if (latencyMs > 0) setTimeout(end, latencyMs);
    else end();
  }

  const server = createServer((request, response) => {
    // A caller who goes away before the answer is no fault of ours.
    request.on('error', () => undefined);
    response.on('error', () => undefined);
    readBody(request, gateway.maxBodyBytes, (body) => answer(request, response, body));
  });
  server.on('connection', (socket) => {
    connections.set(socket, { number: ++opened, busy: 0 });
    socket.on('close', () => connections.delete(socket));
  });

  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve();
    });
  });
  let settling = false;
  const clock = setInterval(() => {
    const due = gateway.next();
    if (settling || due === undefined || due > now()) return;
    settling = true;
    void gateway.settle(now()).then(() => (settling = false));
  }, tickMs);
  clock.unref();

  const { port: actual } = server.address() as AddressInfo;
  const name = host.includes(':') ? `[${host}]` : host;

  let closed: Promise<void> | undefined;
  const close = (): Promise<void> =>
    new Promise((resolve) => {
      closing = true;
      clearInterval(clock);
      stopping.abort();
      server.close(() => resolve());
      for (const [socket, { busy }] of connections) if (busy === 0) socket.destroy();
    });
  return { url: `http://${name}:${actual}/`, gateway, close: () => (closed ??= close()) };
}
