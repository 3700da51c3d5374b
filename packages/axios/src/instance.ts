import type { HttpExchange } from '@smsc/client/adapter';
import type { WireReply } from '@smsc/protocol';
import { AxiosError, type AxiosResponse, type InternalAxiosRequestConfig } from 'axios';
import { settingsOf } from './settings.ts';

/** An axios instance: axios itself, the result of `axios.create()`, or a wrapper of either. */
export interface AxiosLike {
  /** Sends the request that the configuration describes. Resolves to the response. */
  request(config: object): Promise<unknown>;
}

/** Resolves when a signal is aborted. */
const aborted = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    signal.addEventListener('abort', () => resolve(), { once: true });
    if (signal.aborted) resolve();
  });

/** Creates the error that interceptors see instead of the original error, which holds the request and the password. */
const safeError = (error: unknown, config: InternalAxiosRequestConfig): AxiosError => {
  const { code } = Object(error) as { readonly code?: unknown };
  return new AxiosError('the request failed', typeof code === 'string' ? code : undefined, config);
};

/**
 * Runs each exchange as the adapter of an axios instance, so that the instance's interceptors are called. Their changes to
 * the request and the response have no effect: the exchange runs unchanged, at most once, and its own result counts.
 */
export function throughInstance(axios: AxiosLike, carry: HttpExchange): HttpExchange {
  return async (exchange) => {
    const { url, contentType, signal, reached } = exchange;
    reached('connect');
    let carried: Promise<WireReply | undefined> | undefined;
    const adapter = async (
      config: InternalAxiosRequestConfig,
    ): Promise<AxiosResponse<Buffer | undefined>> => {
      // Rejects a second run: a retry plugin would run the exchange again, maybe much later.
      if (carried || signal.aborted) throw safeError(undefined, config);
      carried = carry(exchange);
      try {
        const { status, body } = (await carried) ?? { status: 200, body: undefined };
        return { status, statusText: '', headers: {}, config, data: body && Buffer.from(body) };
      } catch (error) {
        throw safeError(error, config);
      }
    };
    const settings = settingsOf({
      url,
      data: undefined,
      headers: { 'content-type': contentType },
      signal,
      transport: undefined,
    });
    // `transitional` is not set, because older versions of axios reject transitional settings that they do not know.
    const config = {
      __proto__: null,
      ...settings,
      transitional: undefined,
      cancelToken: null,
      responseType: 'arraybuffer',
      adapter,
    };
    // An interceptor that never ends must not hold back the response or the timeout.
    await Promise.race([axios.request(config), aborted(signal)]).catch(() => undefined);
    if (carried) return carried;
    throw new Error('an interceptor of the axios instance did not pass the request on');
  };
}
