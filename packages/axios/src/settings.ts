import type { HttpExchangeRequest } from '@smsc/client/adapter';
import type { InternalAxiosRequestConfig } from 'axios';
import type { Readable } from 'node:stream';
import type { Requester } from './connection.ts';

/** What of a request differs from one to the next. */
export interface Varying extends Pick<HttpExchangeRequest, 'url' | 'signal'> {
  readonly data: string | Readable | undefined;
  readonly headers: object;
  readonly transport: Requester | undefined;
}

/**
 * Every setting that axios knows, written out, in an object that inherits nothing: what something has added to
 * `Object.prototype`, and the defaults of axios and of its instances, set none of them. A test compares with the names
 * that axios reads.
 */
export const settingsOf = ({ url, data, headers, signal, transport }: Varying): InternalAxiosRequestConfig =>
  ({
    __proto__: null,

    // Where to, and with what: the whole address, and a body that holds the credentials.
    method: 'post',
    url,
    baseURL: '',
    allowAbsoluteUrls: true,
    params: undefined,
    paramsSerializer: undefined,
    headers,
    data,
    auth: undefined,
    withCredentials: false,
    withXSRFToken: false,
    xsrfCookieName: '',
    xsrfHeaderName: '',

    // The body goes as it is.
    transformRequest: [],
    formSerializer: undefined,
    formDataHeaderPolicy: undefined,
    env: undefined,
    maxBodyLength: -1,
    maxRate: undefined,
    onUploadProgress: undefined,

    // The way: Node's own requests, over our agents, which `transport` knows.
    adapter: 'http',
    transport,
    httpAgent: undefined,
    httpsAgent: undefined,
    httpVersion: 1,
    http2Options: undefined,
    fetchOptions: undefined,
    proxy: false,
    socketPath: undefined,
    allowedSocketPaths: [],
    lookup: undefined,
    family: undefined,
    insecureHTTPParser: false,

    // The body holds the password, and a 307 would carry it to wherever the answer says.
    maxRedirects: 0,
    beforeRedirect: undefined,
    sensitiveHeaders: undefined,

    // The reply comes as it is, whatever its status, and is counted while it is read.
    responseType: 'stream',
    responseEncoding: undefined,
    decompress: true,
    maxContentLength: -1,
    validateStatus: () => true,
    transformResponse: [],
    parseReviver: undefined,
    onDownloadProgress: undefined,

    // It ends when its signal says so; the time limit is in there.
    signal,
    cancelToken: undefined,
    timeout: 0,
    timeoutErrorMessage: undefined,
    transitional: {
      __proto__: null,
      silentJSONParsing: false,
      forcedJSONParsing: false,
      clarifyTimeoutError: true,
      legacyInterceptorReqResOrdering: true,
      advertiseZstdAcceptEncoding: false,
      validateStatusUndefinedResolves: true,
      encodeBasicAuthUsername: true,
    },
    redact: undefined,
  }) as unknown as InternalAxiosRequestConfig;
