import {
  type ClientTransport,
  type HttpExchange,
  checkMember,
  transportChecks,
  type TransportOptions,
  transportOver,
} from '@smsc/client/adapter';
import { type Check, checkWhole, readOptions } from '@smsc/protocol/adapter';
import { AxiosHeaders, type AxiosResponse, getAdapter } from 'axios';
import type { Readable } from 'node:stream';
import { type AgentLike, connections, type ConnectionState, handleArrived } from './connection.ts';
import { type AxiosLike, throughInstance } from './instance.ts';
import { readResponse } from './reply.ts';
import { settingsOf } from './settings.ts';
import { toUpload } from './upload.ts';

/** Options of `axiosTransport`. */
export interface AxiosTransportOptions extends TransportOptions {
  /**
   * An axios instance whose interceptors see every request and every response. They do not get the body of the request,
   * because it contains the password. They cannot change the request or send it twice. The instance's defaults are
   * ignored. Without this option, no interceptors are called, not even those of axios itself.
   */
  readonly axios?: AxiosLike | undefined;
  /** Agent for `http:` hosts. Default: an agent that keeps idle connections for 4 seconds. */
  readonly httpAgent?: AgentLike | undefined;
  /** Agent for `https:` hosts, such as a proxy agent. Default: an agent that keeps idle connections for 4 seconds. */
  readonly httpsAgent?: AgentLike | undefined;
  /** Maximum time to establish a connection, in ms. Nothing has been sent when this time runs out. Default: 10,000. */
  readonly connectTimeoutMs?: number | undefined;
}

/** Default connect timeout, in ms. undici has the same default. */
const defaultConnectTimeoutMs = 10_000;

/** Checks an agent by the method that Node itself requires: `addRequest`. Agents of undici do not have this method. */
const checkAgent: Check = /* @__PURE__ */ checkMember(
  'addRequest',
  'function',
  'an agent of node:http or node:https',
);

/** Checks of the transport's options, by option name. */
export const axiosChecks: Readonly<Record<keyof AxiosTransportOptions, Check>> = {
  axios: /* @__PURE__ */ checkMember('request', 'function', 'an axios instance'),
  httpAgent: checkAgent,
  httpsAgent: checkAgent,
  connectTimeoutMs: /* @__PURE__ */ checkWhole(1, 2_147_483_647),
  ...transportChecks,
};

/**
 * Creates a transport over axios in Node. Each call sends one POST request. Redirects are not followed. The timeout
 * covers the whole response. The transport uses the Node adapter of axios and sets every setting itself, so that
 * defaults, interceptors and proxy variables of the environment have no effect.
 *
 * @throws {InputError} for invalid options; a call with invalid options rejects with an `InputError`
 */
export const axiosTransport = (options: AxiosTransportOptions = {}): ClientTransport =>
  overAxios(readOptions('axiosTransport', options, axiosChecks));

/** Creates the transport from options that are already checked and have only own members. */
export function overAxios({
  axios,
  httpAgent,
  httpsAgent,
  connectTimeoutMs = defaultConnectTimeoutMs,
  ...rest
}: AxiosTransportOptions): ClientTransport {
  const adapter = getAdapter('http');
  const requestsFor = connections({ httpAgent, httpsAgent, connectTimeoutMs });
  const carry: HttpExchange = async ({ url, contentType, body, signal, limit, onProgress, reached }) => {
    // Nothing is sent before the connection is established: axios or Node may reject the request, or no socket may be free.
    reached('connect');
    await handleArrived();
    const state: ConnectionState = { reached, connection: undefined };
    const { data, length } = toUpload(body, onProgress);
    const headers = { __proto__: null, 'content-type': contentType, 'content-length': String(length) };
    const response = (await adapter(
      settingsOf({ url, data, headers, signal, transport: requestsFor(state) }),
    )) as AxiosResponse<Readable, unknown>;
    reached('reply');
    const read = await readResponse(response.data, limit);
    const retryAfter = AxiosHeaders.from(response.headers as AxiosHeaders).get('retry-after');
    return (
      read && {
        status: response.status,
        body: read,
        retryAfter: typeof retryAfter === 'string' ? retryAfter : undefined,
        connection: state.connection,
      }
    );
  };
  return transportOver(axios ? throughInstance(axios, carry) : carry, rest);
}
