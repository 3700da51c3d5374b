import type { HttpExchangeRequest } from '@smsc/client/adapter';
import type { InternalAxiosRequestConfig } from 'axios';
import type { Readable } from 'node:stream';
import type { RequestFactory } from './connection.ts';

/** Settings that differ from request to request. */
export interface RequestSettings extends Pick<HttpExchangeRequest, 'url' | 'signal'> {
  readonly data: string | Readable | undefined;
  readonly headers: object;
  readonly transport: RequestFactory | undefined;
}

/** Returns the settings of the request: the whole URL, and a body that is sent unchanged. */
const requestSettings = ({ url, data, headers }: RequestSettings): object => ({
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
  transformRequest: [],
  formSerializer: undefined,
  formDataHeaderPolicy: undefined,
  env: undefined,
  maxBodyLength: -1,
  maxRate: undefined,
  onUploadProgress: undefined,
});

/** Returns the settings of the connection: the request is made by Node itself, over the agents of `transport`. */
const connectionSettings = ({ transport }: RequestSettings): object => ({
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
  // Never follow a redirect: a 307 would send the body, with the password, to another host.
  maxRedirects: 0,
  beforeRedirect: undefined,
  sensitiveHeaders: undefined,
});

/**
 * Returns the settings of the response: an unchanged stream, whatever the status. The size limit is enforced where the
 * stream is read.
 */
const responseSettings = (): object => ({
  responseType: 'stream',
  responseEncoding: undefined,
  decompress: true,
  maxContentLength: -1,
  validateStatus: () => true,
  transformResponse: [],
  parseReviver: undefined,
  onDownloadProgress: undefined,
});

/** Returns the settings for cancellation and compatibility. The signal also enforces the timeout. */
const otherSettings = ({ signal }: RequestSettings): object => ({
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
});

/**
 * Returns the settings of axios as an object without a prototype. Every setting has a value, so neither properties
 * added to `Object.prototype` nor the defaults of axios and its instances have an effect. A test compares the settings
 * with the names that axios reads. Each request gets new objects, because interceptors may change them.
 */
export const settingsOf = (settings: RequestSettings): InternalAxiosRequestConfig =>
  ({
    __proto__: null,
    ...requestSettings(settings),
    ...connectionSettings(settings),
    ...responseSettings(),
    ...otherSettings(settings),
  }) as unknown as InternalAxiosRequestConfig;
