import dns from 'node:dns';
import { createServer, type Socket } from 'node:net';
import { createServer as createSecureServer } from 'node:tls';
import { cert, key } from './certificate.ts';
import { closeAfterTest, listen } from './servers.ts';

/** A server to which connections are established slowly. */
export interface SlowServer {
  /** Origin with the name `localhost`. */
  readonly host: string;
  /** Returns everything that has arrived, after decryption. */
  readonly received: () => string;
}

/** Delays each look-up of a host name until the current test has ended. */
function delayLookups(ms: number): void {
  const original = dns.lookup;
  const delayed = (...args: Parameters<typeof original>): void =>
    void setTimeout(() => original(...args), ms);
  dns.lookup = delayed as typeof original;
  closeAfterTest(() => void (dns.lookup = original));
}

/**
 * Starts a server that responds to whatever arrives with `body`. A connection to it takes `ms` milliseconds: without TLS
 * the host name resolves late, and with TLS the handshake takes that long. Closes the server when the test has ended.
 */
export async function serveSlowly(
  body: string,
  { ms, secure }: { readonly ms: number; readonly secure: boolean },
): Promise<SlowServer> {
  let received = '';
  const onConnection = (socket: Socket): void => {
    socket.on('error', () => undefined);
    socket.on('data', (chunk: Buffer) => {
      received += chunk.toString('latin1');
      setTimeout(() => socket.end(`HTTP/1.1 200 OK\r\ncontent-length: ${body.length}\r\n\r\n${body}`), 20);
    });
  };
  const { port } = await listen(
    secure
      ? createSecureServer(
          { cert, key, SNICallback: (_, done) => void setTimeout(done, ms, null) },
          onConnection,
        )
      : createServer(onConnection),
  );
  if (!secure) delayLookups(ms);
  return { host: `${secure ? 'https' : 'http'}://localhost:${port}`, received: () => received };
}
