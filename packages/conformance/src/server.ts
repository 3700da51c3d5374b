import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import { certificate, key } from './certificate.ts';

/** One action of a scripted server. */
export type ServerStep =
  /** Writes these bytes unchanged. */
  | { readonly send: string | Uint8Array }
  /** Waits this many milliseconds. */
  | { readonly wait: number }
  /** Writes the same text again and again while the client reads, up to 8 MiB, then stays silent. */
  | { readonly endless: string }
  /** Accepts no further connection. The open connections stay open. */
  | 'stop listening'
  /** Ends the server's half of the connection. */
  | 'end'
  /** Resets the connection. */
  | 'reset';

/** Behaviour of a scripted server. A connection stays open unless a step ends it. */
export interface ServerScript {
  /**
   * Steps after a connection opens. With these steps, the server never reads from the connection. Without them, it reads
   * requests.
   */
  readonly onConnection?: readonly ServerStep[];
  /** Steps after the first bytes of a request. The server then stops reading. */
  readonly onFirstBytes?: readonly ServerStep[];
  /** Steps after each whole request, by its position among all requests. The last entry also serves all later requests. */
  readonly onRequest?: readonly (readonly ServerStep[])[];
  /** Serves over TLS, with a self-signed certificate. */
  readonly tls?: boolean;
}

/** A request as it arrived. Each character is one byte. */
export interface ReceivedRequest {
  /** Request line and headers. */
  readonly head: string;
  /** Body, without chunk sizes. */
  readonly body: string;
  /** True for the first request of its connection. */
  readonly isFirst: boolean;
}

/** A local server that follows a script. */
export interface ScriptedServer {
  /** Port on 127.0.0.1. */
  readonly port: number;
  /** Whole requests that arrived so far. */
  readonly requests: readonly ReceivedRequest[];
  /**
   * Returns the number of connections that were opened so far. Connections that carried no byte do not count: undici opens
   * one in place of each connection that it closes.
   */
  connectionCount(): number;
  /** Returns the number of open connections, except connections that carried no byte. */
  openConnections(): number;
  /** Reads and discards the data that the script left unread. Otherwise the server would not notice a closed connection. */
  resumeReading(): void;
  /** Returns the number of connections whose request has no response yet. */
  pendingConnections(): number;
  /**
   * Resolves after `count` requests have arrived and their steps have run. With `onConnection`, counts connections instead.
   * With `onFirstBytes`, counts requests whose first bytes have arrived.
   */
  waitForRequests(count: number): Promise<void>;
  /** Destroys all connections and stops the server. */
  close(): Promise<void>;
}

interface ParsedRequest {
  readonly request: Omit<ReceivedRequest, 'isFirst'>;
  /** Number of bytes that the request takes in the received text. */
  readonly length: number;
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Reads a chunked body from `start`. Returns `undefined` while it is incomplete. */
function parseChunkedBody(
  text: string,
  start: number,
): { readonly body: string; readonly end: number } | undefined {
  let body = '';
  for (let position = start; ;) {
    const line = text.indexOf('\r\n', position);
    if (line < 0) return undefined;
    const size = Number.parseInt(text.slice(position, line), 16);
    if (text.length < line + 4 + size) return undefined;
    body += text.slice(line + 2, line + 2 + size);
    position = line + 4 + size;
    if (size === 0) return { body, end: position };
  }
}

/** Reads a whole request from the beginning of a text. Returns `undefined` while it is incomplete. */
function parseRequest(text: string): ParsedRequest | undefined {
  const headEnd = text.indexOf('\r\n\r\n');
  if (headEnd < 0) return undefined;
  const head = text.slice(0, headEnd);
  const start = headEnd + 4;
  if (/^transfer-encoding: *chunked/im.test(head)) {
    const chunked = parseChunkedBody(text, start);
    return chunked && { request: { head, body: chunked.body }, length: chunked.end };
  }
  const end = start + Number(/^content-length: *(\d+)/im.exec(head)?.[1] ?? 0);
  return text.length < end ? undefined : { request: { head, body: text.slice(start, end) }, length: end };
}

/**
 * Maximum number of bytes that an endless response writes: far above every limit in the cases, but small enough to be read
 * into memory.
 */
const floodBytes = 8_388_608;

/** Writes a text repeatedly while the client reads. */
const flood = (socket: Socket, text: string): Promise<void> =>
  new Promise((resolve) => {
    let left = floodBytes;
    const writeMore = (): void => {
      while (left > 0 && socket.writable && socket.write(text)) left -= text.length;
    };
    socket.on('drain', writeMore).once('close', resolve);
    writeMore();
  });

/** Runs steps on a connection until it is destroyed. */
async function runSteps(
  socket: Socket,
  steps: readonly ServerStep[],
  stopListening: () => void,
): Promise<void> {
  for (const step of steps) {
    if (socket.destroyed) return;
    if (step === 'stop listening') stopListening();
    else if (step === 'end') socket.end();
    else if (step === 'reset') socket.resetAndDestroy();
    else if ('wait' in step) await pause(step.wait);
    else if ('send' in step) socket.write(step.send);
    else await flood(socket, step.endless);
  }
}

/** Counts events, and resolves promises that wait for a number of them. */
class EventCounter {
  #count = 0;
  readonly #waiting = new Set<() => void>();

  increment(): void {
    this.#count++;
    for (const check of this.#waiting) check();
  }

  waitFor(count: number): Promise<void> {
    return new Promise((resolve) => {
      const check = (): void => {
        if (this.#count >= count) resolve();
      };
      this.#waiting.add(check);
      check();
    });
  }
}

/** Serves connections according to a script, and records their requests. */
class ConnectionHandler {
  readonly requests: ReceivedRequest[] = [];
  readonly served = new EventCounter();
  readonly #script: ServerScript;
  readonly #stopListening: () => void;
  /** Open connections. `pending` is true while a request on the connection has no response. */
  readonly open = new Map<Socket, { pending: boolean }>();

  constructor(script: ServerScript, stopListening: () => void) {
    this.#script = script;
    this.#stopListening = stopListening;
  }

  readonly handle = (socket: Socket): void => {
    const { onConnection, onFirstBytes } = this.#script;
    const state = { pending: false };
    this.open.set(socket, state);
    socket.on('error', () => undefined);
    socket.on('close', () => this.open.delete(socket));
    if (onConnection) {
      this.served.increment();
      void runSteps(socket, onConnection, this.#stopListening);
    } else if (onFirstBytes) {
      socket.once('data', () => {
        socket.pause();
        this.served.increment();
        void runSteps(socket, onFirstBytes, this.#stopListening);
      });
    } else this.#readRequests(socket, state);
  };

  #readRequests(socket: Socket, state: { pending: boolean }): void {
    const { onRequest = [] } = this.#script;
    let text = '';
    let isFirst = true;
    let running = Promise.resolve();
    const respond = async (steps: readonly ServerStep[]): Promise<void> => {
      await runSteps(socket, steps, this.#stopListening);
      // After a response the connection is free for the next request.
      state.pending = !steps.some((step) => typeof step === 'object' && 'send' in step);
      this.served.increment();
    };
    socket.on('data', (chunk: Buffer) => {
      text += chunk.toString('latin1');
      for (let parsed = parseRequest(text); parsed; parsed = parseRequest(text)) {
        text = text.slice(parsed.length);
        this.requests.push({ ...parsed.request, isFirst });
        isFirst = false;
        const steps = onRequest[Math.min(this.requests.length, onRequest.length) - 1] ?? [];
        state.pending = true;
        running = running.then(() => respond(steps));
      }
    });
  }
}

/** Opens a scripted server on a free port of 127.0.0.1. */
export async function openServer(script: ServerScript): Promise<ScriptedServer> {
  const handler = new ConnectionHandler(script, () => server.close());
  /** All connections, including closed ones. */
  const connections: Socket[] = [];
  let readsEverything = !script.onConnection;
  const isSilent = (socket: Socket): boolean => readsEverything && !script.tls && socket.bytesRead === 0;
  const server: Server = script.tls
    ? createTlsServer({ key, cert: certificate }, handler.handle)
    : createServer(handler.handle);
  server.on('connection', (socket: Socket) => {
    connections.push(socket);
  });
  server.on('tlsClientError', () => undefined);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    requests: handler.requests,
    connectionCount: () => connections.filter((socket) => !isSilent(socket)).length,
    openConnections: () => [...handler.open.keys()].filter((socket) => !isSilent(socket)).length,
    resumeReading: () => {
      readsEverything = true;
      for (const socket of handler.open.keys()) socket.resume();
    },
    pendingConnections: () => [...handler.open.values()].filter(({ pending }) => pending).length,
    waitForRequests: (count) => handler.served.waitFor(count),
    close: () =>
      new Promise((resolve) => {
        for (const socket of connections) socket.destroy();
        server.close(() => resolve());
      }),
  };
}

/** Returns a local port that nobody listens on. */
export async function findClosedPort(): Promise<number> {
  const server = await openServer({});
  await server.close();
  return server.port;
}
