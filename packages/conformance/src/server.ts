import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import { certificate, key } from './certificate.ts';

/** What a server does, one after another, once a connection is there or a request is read. */
export type Step =
  /** Bytes, as they are. */
  | { readonly send: string | Uint8Array }
  /** Says nothing for so many milliseconds. */
  | { readonly wait: number }
  /** The same bytes for as long as somebody listens, until they are 8 MB; then nothing, for ever. */
  | { readonly endless: string }
  /** Ends the connection: its own half, or all of it at once. What is not said ends with nothing: it stays open. */
  | 'end'
  | 'reset';

/** How a server behaves. */
export interface Script {
  /** Before anything is read. Default: it reads. */
  readonly onConnection?: readonly Step[];
  /** Once the first bytes of a request are there. Nothing more of it is read. */
  readonly onBegun?: readonly Step[];
  /** Once a request is whole; by its place among all that came. The last one is for all that follow. */
  readonly onRequest?: readonly (readonly Step[])[];
  readonly tls?: boolean;
}

/** A request as it came, each octet a character. */
export interface Received {
  readonly head: string;
  readonly body: string;
}

/** A server on this machine that does what is written. */
export interface ScriptedServer {
  readonly port: number;
  readonly requests: readonly Received[];
  /** Connections that were ever made, those that never came to a whole request among them. Not those over which nothing came: undici makes one in place of each that it gives up. */
  accepted(): number;
  /** The same, as far as they are open. */
  open(): number;
  /** Reads what was not read, and throws it away: else nobody would see who has gone. */
  readOn(): void;
  /** Connections on which a request waits for its answer. */
  busy(): number;
  /** When so much has come, and was answered as far as it is going to be: so many requests, or the beginning of one where none is read whole. */
  reached(many: number): Promise<void>;
  close(): Promise<void>;
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** A whole request at the beginning of what came, if there is one, and how long it is. */
function readRequest(text: string): { readonly received: Received; readonly length: number } | undefined {
  const end = text.indexOf('\r\n\r\n');
  if (end < 0) return undefined;
  const head = text.slice(0, end);
  const start = end + 4;
  if (/^transfer-encoding: *chunked/im.test(head)) {
    let body = '';
    for (let at = start; ;) {
      const line = text.indexOf('\r\n', at);
      if (line < 0) return undefined;
      const size = Number.parseInt(text.slice(at, line), 16);
      if (text.length < line + 4 + size) return undefined;
      body += text.slice(line + 2, line + 2 + size);
      at = line + 4 + size;
      if (size === 0) return { received: { head, body }, length: at };
    }
  }
  const length = Number(/^content-length: *(\d+)/im.exec(head)?.[1] ?? 0);
  return text.length < start + length
    ? undefined
    : { received: { head, body: text.slice(start, start + length) }, length: start + length };
}

/** So much is more than anybody was told to take, and no harm to who takes all of it. */
const floodBytes = 8_388_608;

/** Writes for as long as somebody reads. */
const flood = (socket: Socket, text: string): Promise<void> =>
  new Promise((resolve) => {
    let left = floodBytes;
    const more = (): void => {
      while (left > 0 && socket.writable && socket.write(text)) left -= text.length;
    };
    socket.on('drain', more).once('close', resolve);
    more();
  });

/** Opens a server on this machine. */
export async function openServer(script: Script): Promise<ScriptedServer> {
  const { onConnection, onBegun, onRequest = [] } = script;
  const requests: Received[] = [];
  const sockets = new Map<Socket, { busy: boolean }>();
  /** All that were ever made. */
  const connections: Socket[] = [];
  let readsAll = !onConnection;
  const isSilent = (socket: Socket): boolean => readsAll && !script.tls && socket.bytesRead === 0;
  /** How often something has come so far as it is going to. */
  let come = 0;
  const waiting = new Set<() => void>();
  const reach = (): void => {
    come++;
    for (const look of waiting) look();
  };

  async function play(socket: Socket, steps: readonly Step[]): Promise<void> {
    for (const step of steps) {
      if (socket.destroyed) return;
      if (step === 'end') socket.end();
      else if (step === 'reset') socket.resetAndDestroy();
      else if ('wait' in step) await pause(step.wait);
      else if ('send' in step) socket.write(step.send);
      else await flood(socket, step.endless);
    }
  }

  function serve(socket: Socket): void {
    const state = { busy: false };
    sockets.set(socket, state);
    socket.on('error', () => undefined);
    socket.on('close', () => sockets.delete(socket));
    let text = '';
    let playing = Promise.resolve();
    const take = (): void => {
      for (let found = readRequest(text); found; found = readRequest(text)) {
        text = text.slice(found.length);
        requests.push(found.received);
        const steps = onRequest[Math.min(requests.length, onRequest.length) - 1] ?? [];
        state.busy = true;
        playing = playing
          .then(() => play(socket, steps))
          .then(() => {
            // A reply leaves the connection to the next request.
            state.busy = !steps.some((step) => typeof step === 'object' && 'send' in step);
            reach();
          });
      }
    };
    if (onConnection) {
      reach();
      void play(socket, onConnection);
    } else if (onBegun) {
      socket.once('data', () => {
        socket.pause();
        reach();
        void play(socket, onBegun);
      });
    } else {
      socket.on('data', (chunk: Buffer) => {
        text += chunk.toString('latin1');
        take();
      });
    }
  }

  const server: Server = script.tls
    ? createTlsServer({ key, cert: certificate }, serve)
    : createServer(serve);
  server.on('connection', (socket: Socket) => {
    connections.push(socket);
  });
  server.on('tlsClientError', () => undefined);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    requests,
    accepted: () => connections.filter((socket) => !isSilent(socket)).length,
    open: () => [...sockets.keys()].filter((socket) => !isSilent(socket)).length,
    readOn: () => {
      readsAll = true;
      for (const socket of sockets.keys()) socket.resume();
    },
    busy: () => [...sockets.values()].filter(({ busy }) => busy).length,
    reached: (many) =>
      new Promise((resolve) => {
        const look = (): void => {
          if (come >= many) resolve();
        };
        waiting.add(look);
        look();
      }),
    close: () =>
      new Promise((resolve) => {
        for (const socket of connections) socket.destroy();
        server.close(() => resolve());
      }),
  };
}

/** A port on this machine at which nobody listens. */
export async function closedPort(): Promise<number> {
  const server = await openServer({});
  await server.close();
  return server.port;
}
