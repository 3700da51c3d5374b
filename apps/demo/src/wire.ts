import type { FetchInit, FetchLike } from '@smsc/fetch';

/** A fetch that records its last request. */
export interface Recorder {
  readonly fetch: FetchLike;
  /** Returns the last request as text, with its secrets masked. */
  readonly last: () => string;
}

/** Matches the parameters that hold credentials. */
const secret = /\b(psw|apikey)=[^&]*/g;

const show = (url: string, { method, headers }: FetchInit, body: string): string => {
  const { host, pathname } = new URL(url);
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  const isText = !headers['content-type']?.startsWith('multipart/');
  const content = isText ? body.replace(secret, '$1=•••') : '(a multipart body)';
  return [`${method} ${pathname}`, `host: ${host}`, ...lines, '', content].join('\n');
};

/** Creates a recorder around the platform's fetch. */
export function recorder(): Recorder {
  let shown = '';
  return {
    fetch: async (url, init) => {
      const body = await new Response(init.body as Blob).blob();
      shown = show(url, init, await body.text());
      // A stream can be sent only once, like the body that was passed in.
      return fetch(url, { ...init, body: body.stream() });
    },
    last: () => shown,
  };
}
