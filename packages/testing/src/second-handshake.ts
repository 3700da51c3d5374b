import { constants } from 'node:crypto';
import { createSecureContext, createServer, type SecureContext, type TLSSocket } from 'node:tls';
import { cert, key, otherCert, otherKey } from './certificate.ts';
import { listen } from './servers.ts';

/** Function of server sockets that changes the certificate of the next handshake. Missing in the types of Node 20. */
interface WithKeyCert {
  setKeyCert(context: SecureContext): void;
}

/** A server that reads a request and then presents another certificate. */
export interface SecondHandshakeServer {
  readonly host: string;
  /** Number of bytes of requests that were read so far, after decryption. */
  readonly bytesRead: () => number;
}

/**
 * Starts a TLS 1.2 server with the trusted certificate `cert`. After it has read a request, it starts another handshake with
 * `otherCert`. The client refuses that certificate, with the same error code as in a first handshake.
 */
export async function serveSecondHandshake(): Promise<SecondHandshakeServer> {
  let bytesRead = 0;
  const options = {
    key,
    cert,
    maxVersion: 'TLSv1.2',
    // Without tickets and resumption, the second handshake is a whole one.
    secureOptions: constants.SSL_OP_NO_TICKET | constants.SSL_OP_NO_SESSION_RESUMPTION_ON_RENEGOTIATION,
  } as const;
  const server = createServer(options, (socket: TLSSocket) => {
    socket.on('error', () => undefined);
    socket.on('data', (chunk: Buffer) => void (bytesRead += chunk.length));
    socket.once('data', () => {
      (socket as unknown as WithKeyCert).setKeyCert(createSecureContext({ key: otherKey, cert: otherCert }));
      socket.renegotiate({}, () => undefined);
    });
  });
  const { port } = await listen(server);
  return { host: `https://127.0.0.1:${port}`, bytesRead: () => bytesRead };
}
