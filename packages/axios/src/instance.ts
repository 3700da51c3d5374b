import type { HttpExchange } from '@smsc/client/adapter';
import type { WireReply } from '@smsc/protocol';
import { AxiosError, type AxiosResponse, type InternalAxiosRequestConfig } from 'axios';
import { settingsOf } from './settings.ts';

/** What is asked of an instance of axios: axios itself, `axios.create()`, and what wraps one. */
export interface AxiosLike {
  request(config: object): Promise<unknown>;
}

/** Until a signal says that it is over. */
const over = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    signal.addEventListener('abort', () => resolve(), { once: true });
    if (signal.aborted) resolve();
  });

/** An error as its interceptors may see it: that of the exchange itself holds the request, password included. */
const shown = (error: unknown, config: InternalAxiosRequestConfig): AxiosError => {
  const { code } = Object(error) as { readonly code?: unknown };
  return new AxiosError('the request failed', typeof code === 'string' ? code : undefined, config);
};

/**
 * Carries each exchange where an instance would carry it, so that its interceptors are called. What they make of the
 * request and of the reply is theirs: the exchange is what it was, it takes place once or not at all, and what came of it
 * counts.
 */
export function throughInstance(axios: AxiosLike, carry: HttpExchange): HttpExchange {
  return async (exchange) => {
    const { url, contentType, signal } = exchange;
    let carried: Promise<WireReply | undefined> | undefined;
    const adapter = async (
      config: InternalAxiosRequestConfig,
    ): Promise<AxiosResponse<Buffer | undefined>> => {
      // A plugin that repeats what failed asks once more, maybe long afterwards.
      if (carried || signal.aborted) throw shown(undefined, config);
      carried = carry(exchange);
      try {
        const { status, body } = (await carried) ?? { status: 200, body: undefined };
        return { status, statusText: '', headers: {}, config, data: body && Buffer.from(body) };
      } catch (error) {
        throw shown(error, config);
      }
    };
    const settings = settingsOf({
      url,
      data: undefined,
      headers: { 'content-type': contentType },
      signal,
      transport: undefined,
    });
    // Of the transitional settings an older axios refuses those that it does not know.
    const config = {
      __proto__: null,
      ...settings,
      transitional: undefined,
      cancelToken: null,
      responseType: 'arraybuffer',
      adapter,
    };
    // An interceptor that never ends must not keep the reply, nor the time limit.
    await Promise.race([axios.request(config), over(signal)]).catch(() => undefined);
    if (carried) return carried;
    throw Object.assign(new Error('no interceptor let it through'), { syscall: 'connect' });
  };
}
