import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import { certificate, key } from './certificate.ts';

/** What a server does, one after another, once a connection is there or a request is read. */
export type Step =
  /** Bytes, as they are. */
  | { readonly send: string | Uint8Array }
  /** Says nothing for so many milliseconds. */
  | { readonly wait: number }
  /** The same bytes for as long as somebody listens. */
  | { readonly endless: string }
  /** Ends the connection: its own half, or all of it at once. What is not said ends with nothing: it stays open. */
  | 'end'
  | 'reset';

/** How a server behaves. */
export interface Script {
  /** Before anything is read. Default: it reads. */
  readonly onConnection?: readonly Step[];
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
  /** Connections on which something is still going on: a request that was not answered whole, or an answer that has no end. */
  busy(): number;
  connections(): number;
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
    for (let at = start; ; ) {
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
  return text.length < start + length ? undefined : { received: { head, body: text.slice(start, start + length) }, length: start + length };
}

/** Writes for as long as somebody reads. */
const flood = (socket: Socket, text: string): Promise<void> =>
  new Promise((resolve) => {
    const more = (): void => {
      while (socket.writable && socket.write(text));
    };
    socket.on('drain', more).once('close', resolve);
    more();
  });

/** Opens a server on this machine. */
export async function openServer(script: Script): Promise<ScriptedServer> {
  const { onConnection = [], onRequest = [] } = script;
  const requests: Received[] = [];
  const sockets = new Map<Socket, { busy: boolean }>();

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
    // Where nothing is read, that the other side has gone is not seen either.
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
        // A reply that has an end leaves the connection to the next request.
        playing = playing.then(() => play(socket, steps)).then(() => void (state.busy = !steps.some((step) => typeof step === 'object' && 'send' in step)));
      }
    };
    if (onConnection.length > 0) void play(socket, onConnection);
    else {
      socket.on('data', (chunk: Buffer) => {
        text += chunk.toString('latin1');
        take();
      });
    }
  }

  const server: Server = script.tls ? createTlsServer({ key, cert: certificate }, serve) : createServer(serve);
  server.on('tlsClientError', () => undefined);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    requests,
    busy: () => [...sockets.values()].filter(({ busy }) => busy).length,
    connections: () => sockets.size,
    close: () =>
      new Promise((resolve) => {
        for (const socket of sockets.keys()) socket.destroy();
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
