import {
  type ClientRequest,
  Agent as HttpAgent,
  type IncomingMessage,
  request as httpRequest,
  type RequestOptions,
} from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { TLSSocket } from 'node:tls';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { HttpExchangeRequest } from '@smsc/client/adapter';
import { nothingForConnections, nothingForRequests } from './node-settings.ts';

/** An agent of `node:http` or `node:https`, or a compatible one such as a proxy agent. */
export interface AgentLike {
  /** Closes the connections of the agent. */
  destroy(): void;
}

/** Options of connections. */
export interface ConnectionOptions {
  readonly httpAgent?: AgentLike | undefined;
  readonly httpsAgent?: AgentLike | undefined;
  readonly connectTimeoutMs: number;
}

/** State of one request's connection. */
export interface ConnectionState {
  /** `new` if the connection was established for this request. `undefined` until the request has a connection. */
  connection: 'new' | 'used' | undefined;
  /** Reports that the connection is established, immediately before the request is written. Throws if it is too late. */
  readonly reached: HttpExchangeRequest['reached'];
}

/** The `transport` setting of axios: creates Node's requests. */
export interface RequestFactory {
  readonly request: (options: RequestOptions, onReply: (reply: IncomingMessage) => void) => ClientRequest;
}

/**
 * Time an idle connection is kept for the next request, in ms. If the server closes an idle connection while a request
 * is being sent, it is unknown whether the server read the request. The gateway's own time limit for idle connections
 * is not documented. undici has the same default.
 */
const idleMs = 4000;

/**
 * False in Deno, where each request opens a new connection: Deno sends a request again when a reused connection closes
 * without a response.
 */
const keepAlive = !Object.hasOwn(globalThis, 'Deno');

const settings = { ...nothingForConnections, keepAlive, timeout: idleMs };

/**
 * Returns Node's default of `rejectUnauthorized`, read from own members of `process.env` only: Node itself would also
 * read a value that was added to `Object.prototype`. A custom agent can override this default.
 */
const rejectUnauthorized = (): boolean =>
  !Object.hasOwn(process.env, 'NODE_TLS_REJECT_UNAUTHORIZED') ||
  process.env['NODE_TLS_REJECT_UNAUTHORIZED'] !== '0';

/** Listener that closes the connection on which data has arrived. */
function closeConnection(this: Duplex): void {
  this.destroy();
}

/**
 * Makes an agent close an idle connection as soon as the server sends anything on it. Node itself would discard the data
 * and use the connection for the next request, although its responses may belong to other requests.
 */
function closeUnexpected(agent: HttpAgent): HttpAgent {
  const keep = agent.keepSocketAlive.bind(agent);
  const reuse = agent.reuseSocket.bind(agent);
  agent.keepSocketAlive = (socket) => {
    socket.on('data', closeConnection);
    return keep(socket);
  };
  agent.reuseSocket = (socket, request) => {
    socket.off('data', closeConnection);
    reuse(socket, request);
  };
  return agent;
}

/** Idle connections of an agent. Agents that do not extend Node's agents may have no such list. */
const idleConnections = (agent: AgentLike): readonly Socket[] =>
  Object.values((agent as Partial<HttpAgent>).freeSockets ?? {}).flatMap((sockets) => sockets ?? []);

/**
 * Lets Node handle everything that has already arrived on idle connections, such as their end or an unexpected response.
 * Without this pause, a program that was busy could send a request on such a connection and would read the unexpected
 * response as its own. Takes two turns of the event loop, because the current turn may have polled the connections before.
 */
export async function handleArrived(): Promise<void> {
  await nextTurn();
  await nextTurn();
}

/** Creates the error of a connect timeout, with the same members as Node's own error, so that the client recognizes it. */
const connectTimeout = (ms: number): Error =>
  Object.assign(new Error(`no connection within ${ms} ms`), { code: 'ETIMEDOUT', syscall: 'connect' });

/**
 * Creates the function that returns the `transport` setting of a request. The setting watches the socket: until the
 * connection and its TLS handshake are complete, nothing of the request has been sent. An error alone does not show
 * whether the handshake was complete.
 */
export function connections({
  httpAgent = closeUnexpected(new HttpAgent(settings)),
  httpsAgent = closeUnexpected(new HttpsAgent(settings)),
  connectTimeoutMs,
}: ConnectionOptions): (state: ConnectionState) => RequestFactory {
  return (state) => ({
    request: (options, onReply) => {
      const secure = options.protocol === 'https:';
      const agent = secure ? httpsAgent : httpAgent;
      let reply: IncomingMessage | undefined;
      const request = (secure ? httpsRequest : httpRequest)(
        {
          ...nothingForRequests,
          ...(secure && { rejectUnauthorized: rejectUnauthorized() }),
          ...options,
          agent,
        } as RequestOptions,
        (response) => {
          reply = response;
          onReply(response);
        },
      );
      const timer = setTimeout(() => {
        const error = connectTimeout(connectTimeoutMs);
        // While the request waits for a socket, Node would delay the error until a socket is free. Report the error now.
        if (!request.destroy(error).socket) request.emit('error', error);
      }, connectTimeoutMs);
      const connected = (): void => {
        clearTimeout(timer);
        try {
          state.reached('sent');
        } catch (error) {
          // Node writes the request after this callback, and not at all if the socket is destroyed.
          request.destroy(error as Error);
        }
      };
      request.once(
        'socket',
        (socket: Socket & Partial<TLSSocket> & { readonly secureConnecting?: boolean }) => {
          // A socket that an agent created without `tls.connect` keeps `secureConnecting` true and never emits
          // `secureConnect`.
          const handshaking = socket.secureConnecting === true && !socket.getPeerFinished?.();
          const opening = socket.connecting || handshaking;
          // `request.reusedSocket` stays false if the request waited for the connection of another request.
          state.connection = opening ? 'new' : 'used';
          if (!opening) return connected();
          // A socket whose certificate was refused emits `secure` as well, but is destroyed by then.
          for (const event of handshaking ? ['secure', 'secureConnect'] : ['connect'])
            socket.once(event, () => void (socket.destroyed || connected()));
        },
      );
      request.once('close', () => {
        clearTimeout(timer);
        // After a timeout or a broken response, idle connections may be out of step too: the next request gets a new one.
        if (!reply?.complete) for (const socket of idleConnections(agent)) socket.destroy();
      });
      return request;
    },
  });
}
