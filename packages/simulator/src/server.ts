import { readOptions } from '@smsc/protocol/adapter';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { gatewayChecks, serverChecks } from './options/checks.ts';
import { deliverOverHttp } from './push/deliver-over-http.ts';
import { type Gateway, openGateway } from './gateway.ts';
import { tooLarge } from './request-handler.ts';
import type { ServerOptions } from './options/options.ts';
import type { GatewayReply } from './wire/http.ts';

/** Interval between checks for due events, in milliseconds. */
const tickMs = 50;

/** Simulator that listens for HTTP requests. */
export interface RunningGateway {
  /** Base URL with the actual port, such as `http://127.0.0.1:8025/`. */
  readonly url: string;
  /** The simulator that answers the requests. */
  readonly gateway: Gateway;
  /** Stops listening: completes requests in flight, cancels webhooks, closes all connections, and releases the port. */
  close(): Promise<void>;
}

const noBytes = new Uint8Array();

/**
 * Reads a whole body. Calls back with `undefined` if the body is too large, and discards its bytes as they arrive.
 *
 * Does not use `readBody` of @smsc/protocol, because that function stops at the limit. Many clients report a closed
 * connection if the response arrives before the end of their request. Stream events are also faster than an async iterator.
 */
function readBody(
  request: IncomingMessage,
  maxBytes: number,
  callback: (body: Uint8Array | undefined) => void,
): void {
  if (request.method === 'GET') {
    request.resume();
    callback(noBytes);
    return;
  }
  const chunks: Buffer[] = [];
  let size = 0;
  request.on('data', (chunk: Buffer) => {
    size += chunk.length;
    if (size <= maxBytes) chunks.push(chunk);
    else chunks.length = 0;
  });
  request.on('end', () => {
    if (size > maxBytes) callback(undefined);
    else callback(chunks.length === 1 ? chunks[0] : Buffer.concat(chunks));
  });
}

/** Connections of a server. */
interface Connections {
  readonly bySocket: Map<Socket, { readonly number: number; busy: number }>;
  /** True once the server is closing. */
  closing: boolean;
}

function sendReply(
  response: ServerResponse,
  { status, contentType, body }: GatewayReply,
  { closing }: Connections,
): void {
  if (closing) response.shouldKeepAlive = false;
  response.writeHead(status, { 'content-type': contentType, 'content-length': body.length });
  response.end(body);
}

/** Clock and delay of a server. */
type Timing = Required<{ [Name in 'now' | 'latencyMs']: NonNullable<ServerOptions[Name]> }>;

/** Creates the listener that passes HTTP requests to the gateway. */
function createListener(
  gateway: Gateway,
  connections: Connections,
  { now, latencyMs }: Timing,
): (request: IncomingMessage, response: ServerResponse) => void {
  const respond = (
    request: IncomingMessage,
    response: ServerResponse,
    body: Uint8Array | undefined,
  ): void => {
    const connection = connections.bySocket.get(request.socket);
    // The client may have disconnected while its body was read.
    if (!connection) return;
    if (body === undefined) {
      sendReply(response, tooLarge, connections);
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
      sendReply(response, reply, connections);
    };
    connection.busy++;
    response.once('close', () => connection.busy--);
    if (latencyMs > 0) setTimeout(end, latencyMs);
    else end();
  };
  return (request: IncomingMessage, response: ServerResponse): void => {
    // A client that disconnects before the response is not an error of the server.
    request.on('error', () => undefined);
    response.on('error', () => undefined);
    readBody(request, gateway.maxBodyBytes, (body) => respond(request, response, body));
  };
}

/** Registers the connections of a server. */
function trackConnections(server: Server, { bySocket }: Connections): void {
  let opened = 0;
  server.on('connection', (socket) => {
    bySocket.set(socket, { number: ++opened, busy: 0 });
    socket.on('close', () => bySocket.delete(socket));
  });
}

const listen = (server: Server, port: number, host: string): Promise<void> =>
  new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve();
    });
  });

/** Runs due events and delivers due webhooks at short intervals. */
function startClock(gateway: Gateway, now: () => number): NodeJS.Timeout {
  let settling = false;
  const clock = setInterval(() => {
    const due = gateway.next();
    if (settling || due === undefined || due > now()) return;
    settling = true;
    void gateway.settle(now()).then(() => (settling = false));
  }, tickMs);
  return clock.unref();
}

/**
 * Starts the simulator as an HTTP server.
 *
 * @throws {InputError} for unknown or invalid options, as `createGateway` does
 * @throws the error of the operating system if the port cannot be used
 */
export async function startGateway(options: ServerOptions = {}): Promise<RunningGateway> {
  const {
    port = 0,
    host = '127.0.0.1',
    now = Date.now,
    latencyMs = 0,
    ...gatewayOptions
  } = readOptions('startGateway', options, { ...serverChecks, ...gatewayChecks });
  const stopping = new AbortController();
  const gateway = openGateway({
    ...gatewayOptions,
    deliver: gatewayOptions.deliver ?? deliverOverHttp(stopping.signal),
  });
  const connections: Connections = { bySocket: new Map(), closing: false };
  const server = createServer(createListener(gateway, connections, { now, latencyMs }));
  trackConnections(server, connections);
  await listen(server, port, host);
  const clock = startClock(gateway, now);

  const { port: actualPort } = server.address() as AddressInfo;
  const hostInUrl = host.includes(':') ? `[${host}]` : host;

  let closed: Promise<void> | undefined;
  const close = (): Promise<void> =>
    new Promise((resolve) => {
      connections.closing = true;
      clearInterval(clock);
      stopping.abort();
      server.close(() => resolve());
      for (const [socket, { busy }] of connections.bySocket) if (busy === 0) socket.destroy();
    });
  return {
    url: `http://${hostInUrl}:${actualPort}/`,
    gateway,
    close: () => {
      closed ??= close();
      return closed;
    },
  };
}
