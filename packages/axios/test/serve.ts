import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import {
  type AddressInfo,
  createServer as createSocketServer,
  type Server as SocketServer,
  type Socket,
} from 'node:net';
import { Worker } from 'node:worker_threads';
import { afterEach } from 'vitest';
import { cert, key } from './certificate.ts';

const running: { close(): unknown }[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map((server) => server.close()));
});

/** Listens on loopback until the test is over, or until it is closed. */
async function listen(
  server: Server | SocketServer,
): Promise<{ readonly port: number; readonly close: () => Promise<void> }> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => sockets.add(socket));
  const close = (): Promise<void> => {
    for (const socket of sockets) socket.destroy();
    return new Promise((resolve) => server.close(() => resolve()));
  };
  running.push({ close });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { port: (server.address() as AddressInfo).port, close };
}

/** A request as it arrived, a character a byte. */
export interface Seen {
  readonly method: string | undefined;
  readonly url: string | undefined;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

export interface Served {
  readonly host: string;
  readonly port: number;
  readonly seen: Seen[];
  readonly close: () => Promise<void>;
}

type Answer = (response: ServerResponse, request: IncomingMessage) => void;

/** A real server on loopback that remembers what it was sent. */
export async function serve(answer: Answer, { secure = false } = {}): Promise<Served> {
  const seen: Seen[] = [];
  const listener = (request: IncomingMessage, response: ServerResponse): void => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      seen.push({
        method: request.method,
        url: request.url,
        headers: request.headers,
        body: Buffer.concat(chunks).toString('latin1'),
      });
      answer(response, request);
    });
  };
  const { port, close } = await listen(
    secure ? createSecureServer({ cert, key }, listener) : createServer(listener),
  );
  return { host: `${secure ? 'https' : 'http'}://127.0.0.1:${port}`, port, seen, close };
}

/** A server that speaks no HTTP: what it does with each connection is the test's. */
export async function serveSockets(connected: (socket: Socket) => void): Promise<{ readonly port: number }> {
  return listen(createSocketServer((socket) => connected(socket.on('error', () => undefined))));
}

/** The same in a realm of its own, whose objects inherit nothing of what a test adds here. It answers all alike. */
export async function serveElsewhere(
  answer: string,
  { secure = false } = {},
): Promise<Omit<Served, 'seen'> & { readonly seen: () => Promise<Seen[]> }> {
  const program = `
    const { parentPort, workerData: { answer, tls } } = require('node:worker_threads');
    const seen = [];
    const listener = (request, response) => {
      const chunks = [];
      request.on('data', (chunk) => chunks.push(chunk));
      request.on('end', () => {
        seen.push({ method: request.method, url: request.url, headers: request.headers, body: Buffer.concat(chunks).toString('latin1') });
        response.end(answer);
      });
    };
    const server = tls ? require('node:https').createServer(tls, listener) : require('node:http').createServer(listener);
    server.listen(0, '127.0.0.1', () => parentPort.postMessage(server.address().port));
    parentPort.on('message', () => parentPort.postMessage(seen));`;
  const worker = new Worker(program, {
    eval: true,
    workerData: { answer, tls: secure ? { cert, key } : undefined },
  });
  const told = <Message>(): Promise<Message> => new Promise((resolve) => worker.once('message', resolve));
  const close = async (): Promise<void> => void (await worker.terminate());
  running.push({ close });
  const port = await told<number>();
  const seen = (): Promise<Seen[]> => (worker.postMessage('what was seen?'), told<Seen[]>());
  return { host: `${secure ? 'https' : 'http'}://127.0.0.1:${port}`, port, close, seen };
}
