import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo, Server, Socket } from 'node:net';
import { afterEach } from 'vitest';
import { cert, key } from './certificate.ts';

const open: (() => unknown)[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((close) => close()));
});

/** Calls `close` when the current test has ended. */
export function closeAfterTest(close: () => unknown): void {
  open.push(close);
}

/** A server that listens on loopback. */
export interface RunningServer {
  readonly port: number;
  /** Destroys all connections and stops listening. */
  readonly close: () => Promise<void>;
}

/** Starts a server of any protocol on a free port of loopback. The caller closes it. */
export async function openServer(server: Server): Promise<RunningServer> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const close = (): Promise<void> => {
    for (const socket of sockets) socket.destroy();
    return new Promise((resolve) => server.close(() => resolve()));
  };
  return { port: (server.address() as AddressInfo).port, close };
}

/** Starts a server of any protocol on a free port of loopback. Closes it when the current test has ended. */
export async function listen(server: Server): Promise<RunningServer> {
  const listening = await openServer(server);
  closeAfterTest(listening.close);
  return listening;
}

/** A request as the server received it. */
export interface ReceivedRequest {
  readonly method: string | undefined;
  readonly url: string | undefined;
  readonly headers: IncomingMessage['headers'];
  /** The body, one character for each byte. */
  readonly body: string;
}

/** An HTTP server that records its requests. */
export interface RecordingServer extends RunningServer {
  readonly host: string;
  readonly seen: ReceivedRequest[];
}

/**
 * Responds to a request after its body has been read. The response is the first parameter because most functions ignore the
 * request.
 */
export type Respond = (response: ServerResponse, request: IncomingMessage) => void;

/** Starts an HTTP server that records each request and calls `respond`. Closes it when the current test has ended. */
export async function serve(
  respond: Respond,
  { secure = false }: { readonly secure?: boolean } = {},
): Promise<RecordingServer> {
  const seen: ReceivedRequest[] = [];
  const listener = (request: IncomingMessage, response: ServerResponse): void => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { method, url, headers } = request;
      seen.push({ method, url, headers, body: Buffer.concat(chunks).toString('latin1') });
      respond(response, request);
    });
  };
  const listening = await listen(
    secure ? createSecureServer({ cert, key }, listener) : createServer(listener),
  );
  return { ...listening, host: `${secure ? 'https' : 'http'}://127.0.0.1:${listening.port}`, seen };
}
