import { afterEach, vi } from 'vitest';
import { origin } from './world.ts';

/** Headers that the browser sets. A page cannot set them. */
const browserHeaders = { origin, 'sec-fetch-site': 'same-origin' };

const real = globalThis.fetch;

/** Number of requests that a page has sent. */
export const sentRequests = { count: 0 };

/**
 * Fake `XMLHttpRequest` with the members that the transport uses. Sends by `fetch`, reports progress in two steps, and follows
 * redirects.
 */
class FakeRequest {
  readyState = 0;
  status = 0;
  responseURL = '';
  response: unknown;
  responseType = '';
  readonly upload: { onprogress?: (event: object) => void } = {};
  onprogress?: (event: object) => void;
  onreadystatechange?: () => void;
  onload?: () => void;
  onerror?: () => void;
  onabort?: () => void;
  readonly #headers = new Headers(browserHeaders);
  readonly #controller = new AbortController();
  #url = '';
  #answered = new Headers();

  open(_: string, url: string): void {
    this.#url = url;
  }

  setRequestHeader(name: string, value: string): void {
    this.#headers.set(name, value);
  }

  getResponseHeader(name: string): string | null {
    return this.#answered.get(name);
  }

  abort(): void {
    if (this.readyState === 4) return;
    this.readyState = 4;
    this.#controller.abort();
    this.onabort?.();
  }

  send(body: string | FormData): void {
    sentRequests.count++;
    void this.#run(body);
  }

  async #run(body: string | FormData): Promise<void> {
    try {
      const request = new Request(this.#url, { method: 'POST', headers: this.#headers, body });
      const bytes = await request.clone().arrayBuffer();
      this.upload.onprogress?.({ loaded: 0, total: bytes.byteLength });
      const response = await real(new Request(request, { signal: this.#controller.signal }));
      this.upload.onprogress?.({ loaded: bytes.byteLength, total: bytes.byteLength });
      [this.status, this.responseURL, this.#answered, this.readyState] = [
        response.status,
        response.url,
        response.headers,
        2,
      ];
      this.onreadystatechange?.();
      const chunks: Uint8Array<ArrayBuffer>[] = [];
      let loaded = 0;
      for await (const chunk of response.body ?? []) {
        chunks.push(chunk);
        this.onprogress?.({ loaded: (loaded += chunk.length) });
      }
      this.response = await new Blob(chunks).arrayBuffer();
      if (this.readyState === 4) return;
      this.readyState = 4;
      this.onload?.();
    } catch {
      if (this.readyState !== 4) this.onerror?.();
    }
  }
}

/** Replaces `fetch` by a function that adds the headers of a browser, and provides a fake `XMLHttpRequest`. */
export function asBrowser(): void {
  sentRequests.count = 0;
  vi.stubGlobal('fetch', (url: string, init: RequestInit) => {
    sentRequests.count++;
    return real(url, {
      __proto__: null,
      ...init,
      headers: { ...(init.headers as Record<string, string>), ...browserHeaders },
    } as RequestInit);
  });
  vi.stubGlobal('XMLHttpRequest', FakeRequest);
}

afterEach(() => vi.unstubAllGlobals());
