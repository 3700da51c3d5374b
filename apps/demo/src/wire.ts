import type { FetchInit, FetchLike } from '@smsc/fetch';

/** A fetch that records its last request. */
export interface Recorder {
  readonly fetch: FetchLike;
  /** Returns the last request as text, with its secrets masked. */
  readonly last: () => string;
}

/** Matches the parameters that hold credentials. */
const secret = /\b(psw|apikey)=[^&]*/g;

const show = (url: string, { method, headers, body }: FetchInit): string => {
  const { host, pathname } = new URL(url);
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  const content = typeof body === 'string' ? body.replace(secret, '$1=•••') : '(a multipart body)';
  return [`${method} ${pathname}`, `host: ${host}`, ...lines, '', content].join('\n');
};

/** Creates a recorder around the platform's fetch. */
export function recorder(): Recorder {
  let shown = '';
  return {
    fetch: (url, init) => {
      shown = show(url, init);
      return fetch(url, init);
    },
    last: () => shown,
  };
}
