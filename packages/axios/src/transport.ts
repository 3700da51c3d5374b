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
import { type AgentLike, connections, type Line } from './connection.ts';
import { type AxiosLike, throughInstance } from './instance.ts';
import { readBody } from './reply.ts';
import { settingsOf } from './settings.ts';
import { toUpload } from './upload.ts';

/** How requests are carried. */
export interface AxiosTransportOptions extends TransportOptions {
  /**
   * An instance whose interceptors are to see every request and every reply. They change nothing of what is sent, get no
   * body of a request, since it holds the password, and cannot have it sent twice; the instance's defaults count for
   * nothing. Default: none, nor those of axios itself.
   */
  readonly axios?: AxiosLike | undefined;
  /** Makes connections to `http:` hosts. Default: one that keeps connections for 4 seconds. */
  readonly httpAgent?: AgentLike | undefined;
  /** Makes connections to `https:` hosts: the agent of a proxy, for example. Default: one that keeps connections for 4 seconds. */
  readonly httpsAgent?: AgentLike | undefined;
  /** Milliseconds until an attempt without a connection is given up; nothing has been sent by then. Default: 10,000. */
  readonly connectTimeoutMs?: number | undefined;
}

/** undici waits as long. */
const defaultConnectTimeoutMs = 10_000;

/** By what Node itself goes by: undici has agents as well, of which it takes none. */
const checkAgent: Check = /* @__PURE__ */ checkMember('addRequest', 'function', 'an agent of Node’s');

/** Its options, each with its check. */
export const axiosChecks: Readonly<Record<keyof AxiosTransportOptions, Check>> = {
  axios: /* @__PURE__ */ checkMember('request', 'function', 'an axios instance'),
  httpAgent: checkAgent,
  httpsAgent: checkAgent,
  connectTimeoutMs: /* @__PURE__ */ checkWhole(1, 2_147_483_647),
  ...transportChecks,
};

/**
 * A transport over axios, in Node. One request for each call, always a POST; redirects are refused; the time limit covers
 * the reply's last byte. Of axios it is the adapter for Node that is used, with every setting written out: no defaults,
 * interceptors or proxies of the environment have a say.
 *
 * @throws {InputError} for options that cannot be meant; a call rejects with one for its own
 */
export const axiosTransport = (options: AxiosTransportOptions = {}): ClientTransport =>
  overAxios(readOptions('axiosTransport', options, axiosChecks));

/** The same, of options that are checked and inherit nothing. */
export function overAxios({
  axios,
  httpAgent,
  httpsAgent,
  connectTimeoutMs = defaultConnectTimeoutMs,
  ...rest
}: AxiosTransportOptions): ClientTransport {
  const adapter = getAdapter('http');
  const requesterFor = connections({ httpAgent, httpsAgent, connectTimeoutMs });
  const carry: HttpExchange = async ({ url, contentType, body, signal, limit, onProgress, arrived }) => {
    const line: Line = { opening: false };
    try {
      const { data, length } = toUpload(body, onProgress);
      const headers = { __proto__: null, 'content-type': contentType, 'content-length': String(length) };
      const response = (await adapter(
        settingsOf({ url, data, headers, signal, transport: requesterFor(line) }),
      )) as AxiosResponse<Readable, unknown>;
      arrived();
      const read = await readBody(response.data, limit);
      const retryAfter = AxiosHeaders.from(response.headers as AxiosHeaders).get('retry-after');
      return (
        read && {
          status: response.status,
          body: read,
          retryAfter: typeof retryAfter === 'string' ? retryAfter : undefined,
        }
      );
    } catch (error) {
      // What ended while its connection was being made has not left, however it ended. The original holds the request.
      throw line.opening
        ? Object.assign(new Error('no connection'), {
            syscall: 'connect',
            code: (error as { readonly code?: unknown } | null)?.code,
          })
        : error;
    }
  };
  return transportOver(axios ? throughInstance(axios, carry) : carry, rest);
}
