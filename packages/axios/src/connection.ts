import {
  type ClientRequest,
  Agent as HttpAgent,
  type IncomingMessage,
  request as httpRequest,
  type RequestOptions,
} from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import type { Socket } from 'node:net';
import type { TLSSocket } from 'node:tls';
import { nothingForConnections, nothingForRequests } from './node-settings.ts';

/** An agent of Node's, or one that does as they do: that of a proxy, for example. */
export interface AgentLike {
  destroy(): void;
}

/** How connections are made. */
export interface ConnectionOptions {
  readonly httpAgent?: AgentLike | undefined;
  readonly httpsAgent?: AgentLike | undefined;
  readonly connectTimeoutMs: number;
}

/** How far the connection of one request has come. `opening` is known; that it is none of both says nothing. */
export interface Line {
  opening: boolean;
}

/** What axios asks for requests. */
export interface Requester {
  readonly request: (options: RequestOptions, onReply: (reply: IncomingMessage) => void) => ClientRequest;
}

/**
 * Milliseconds that a connection is kept for the next request. Servers close idle ones as well, and a request that meets
 * this is one of which nobody knows whether it was read. The gateway's own limit is not documented; undici keeps as long.
 */
const idleMs = 4000;

/** Deno sends a request a second time by itself when a connection that was used before ends without an answer. Each has its own there. */
const keepAlive = !Object.hasOwn(globalThis, 'Deno');

const settings = { ...nothingForConnections, keepAlive, timeout: idleMs };

/**
 * Whether certificates count, as Node goes by when nothing is said: but `process.env` inherits what something has added to
 * every object, and Node takes that for the environment's word. An agent of one's own has the last one.
 */
const rejectUnauthorized = (): boolean =>
  !Object.hasOwn(process.env, 'NODE_TLS_REJECT_UNAUTHORIZED') ||
  process.env['NODE_TLS_REJECT_UNAUTHORIZED'] !== '0';

/** As Node's own, which it looks for in errors to say what failed. */
const late = (ms: number): Error =>
  Object.assign(new Error(`no connection within ${ms} ms`), { code: 'ETIMEDOUT', syscall: 'connect' });

/**
 * Makes what axios asks for each request. It sees the socket, and so knows what no error tells: a socket that is being
 * connected, or that is agreeing on its encryption, holds the request back, and nothing of it has left.
 */
export function connections({
  httpAgent = new HttpAgent(settings),
  httpsAgent = new HttpsAgent(settings),
  connectTimeoutMs,
}: ConnectionOptions): (line: Line) => Requester {
  return (line) => ({
    request: (options, onReply) => {
      const secure = options.protocol === 'https:';
      const agent = (secure ? httpsAgent : httpAgent) as RequestOptions['agent'];
      // What is refused here, such as an agent for another protocol, has not left; nor has what an agent has no socket for yet.
      line.opening = true;
      const request = (secure ? httpsRequest : httpRequest)(
        {
          ...nothingForRequests,
          ...(secure && { rejectUnauthorized: rejectUnauthorized() }),
          ...options,
          agent,
        } as RequestOptions,
        onReply,
      );
      const timer = setTimeout(() => {
        const error = late(connectTimeoutMs);
        // Without a socket Node says so only when there is one, which is then given back unused.
        if (!request.destroy(error).socket) request.emit('error', error);
      }, connectTimeoutMs);
      const open = (): void => {
        line.opening = false;
        clearTimeout(timer);
      };
      request.once(
        'socket',
        (socket: Socket & Partial<TLSSocket> & { readonly secureConnecting?: boolean }) => {
          // One that an agent has made without `tls.connect` keeps saying this of itself, and never says `secureConnect`.
          const agreeing = socket.secureConnecting === true && !socket.getPeerFinished?.();
          line.opening = socket.connecting || agreeing;
          if (!line.opening) return open();
          // One whose certificate was refused says `secure` as well, and is destroyed by then.
          for (const event of agreeing ? ['secure', 'secureConnect'] : ['connect'])
            socket.once(event, () => void (socket.destroyed || open()));
        },
      );
      request.once('close', () => clearTimeout(timer));
      return request;
    },
  });
}
