import { Readable } from 'node:stream';
import { type AttemptOptions, type Carry, checkLimit, checkMember, transportChecks, type TransportOptions, transportOver } from '@smsc/client';
import { type Check, readOptions, type Transport } from '@smsc/protocol';
import { Axios, type AxiosRequestConfig } from 'axios';
import { agentsOf } from './agents.ts';

/** What axios hands to Node as an agent. */
export interface AgentLike {
  addRequest?: unknown;
}

/** How requests are carried. */
export interface AxiosTransportOptions extends TransportOptions {
  /** Milliseconds until a connection that is not there is given up; nothing was sent then. Default: 10,000. */
  readonly connectTimeoutMs?: number | undefined;
  /** For the simulator: an agent of Node's for http. Default: one that keeps connections. */
  readonly httpAgent?: AgentLike | undefined;
  /** An agent of Node's for https, such as one that goes through a proxy. It has to see to `connectTimeoutMs` itself. */
  readonly httpsAgent?: AgentLike | undefined;
}

const checkAgent: Check = /* @__PURE__ */ checkMember('addRequest', 'function', 'an agent of Node');

/** Its options, each with its check. */
export const axiosChecks: typeof transportChecks & Readonly<Record<'connectTimeoutMs' | 'httpAgent' | 'httpsAgent', Check>> = {
  connectTimeoutMs: checkLimit,
  httpAgent: checkAgent,
  httpsAgent: checkAgent,
  ...transportChecks,
};

/** What axios does by itself to a request or a reply is nothing. */
const asItIs = (data: unknown): unknown => data;

/**
 * Every setting by which axios could send something else, somewhere else, or take something else for an answer. A setting
 * that is not said is looked up in places that other code can write to: the defaults of axios, or `Object.prototype`.
 */
const settings = {
  __proto__: null,
  method: 'post',
  adapter: 'http',
  baseURL: '',
  allowAbsoluteUrls: true,
  params: null,
  paramsSerializer: null,
  auth: null,
  proxy: false,
  socketPath: null,
  allowedSocketPaths: null,
  transport: null,
  lookup: null,
  family: 0,
  httpVersion: 1,
  http2Options: null,
  insecureHTTPParser: false,
  // The body holds the password, and a 307 would carry it to wherever the answer says. Not followed, a redirect is an
  // answer that is not the gateway's.
  maxRedirects: 0,
  beforeRedirect: null,
  sensitiveHeaders: null,
  validateStatus: null,
  transformRequest: [asItIs],
  transformResponse: [asItIs],
  responseType: 'stream',
  responseEncoding: null,
  decompress: true,
  // Both are counted here, where what is too much can be told from what broke off.
  maxContentLength: -1,
  maxBodyLength: -1,
  maxRate: null,
  // The frame around every transport has the limit: axios has one code for each phase of it.
  timeout: 0,
  timeoutErrorMessage: null,
  cancelToken: null,
  onDownloadProgress: null,
  withCredentials: false,
  withXSRFToken: false,
  xsrfCookieName: null,
  xsrfHeaderName: null,
  formSerializer: null,
  formDataHeaderPolicy: null,
  fetchOptions: null,
  transitional: { __proto__: null, silentJSONParsing: false, forcedJSONParsing: false, clarifyTimeoutError: true, legacyInterceptorReqResOrdering: true },
  redact: null,
  parseReviver: null,
  env: null,
};

/** Reads a reply whole, up to so many bytes, counted after unpacking. `undefined` when there are more. */
async function readBody(body: Readable, limit: number): Promise<Uint8Array | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of body as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > limit) return undefined;
    chunks.push(chunk);
  }
  const [first] = chunks;
  return first && chunks.length === 1 ? new Uint8Array(first.buffer, first.byteOffset, first.length) : new Uint8Array(Buffer.concat(chunks));
}

/**
 * A transport over axios, on Node and what is like it. One request for each attempt, always a POST; redirects are refused;
 * nothing of the defaults, the instances and the interceptors of a program has a part in it.
 *
 * @throws {InputError} for options that cannot be meant; a call rejects with one for its own
 */
export function axiosTransport(options: AxiosTransportOptions = {}): Transport<AttemptOptions> {
  const { connectTimeoutMs = 10_000, httpAgent, httpsAgent, ...rest } = readOptions('axiosTransport', options, axiosChecks);
  const agents = agentsOf(connectTimeoutMs);
  // Not `axios` itself, and no copy of it: this one has no defaults.
  const axios = new Axios({ __proto__: null } as object);
  const carry: Carry = async ({ url, contentType, body, signal, limit, onProgress, arrived }) => {
    const text = typeof body === 'string';
    const response = await axios.request<Readable>({
      ...settings,
      __proto__: null,
      url,
      data: text ? body : Readable.fromWeb(body.stream()),
      headers: { __proto__: null, 'content-type': contentType, ...(!text && { 'content-length': body.size }) },
      httpAgent: httpAgent ?? agents.httpAgent,
      httpsAgent: httpsAgent ?? agents.httpsAgent,
      signal,
      onUploadProgress: onProgress ? ({ loaded, total }: { readonly loaded: number; readonly total?: number }) => onProgress(loaded, total ?? loaded) : null,
    } as unknown as AxiosRequestConfig);
    arrived();
    const retryAfter: unknown = response.headers['retry-after'];
    const read = await readBody(response.data, limit);
    return read && { status: response.status, body: read, retryAfter: typeof retryAfter === 'string' ? retryAfter : undefined };
  };
  return transportOver(carry, rest);
}
