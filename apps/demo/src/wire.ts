import type { FetchInit, FetchLike } from '@smsc/fetch';

/** A fetch that remembers what it last sent. */
export interface Recorder {
  readonly fetch: FetchLike;
  /** The last request as it went over the wire, secrets masked. */
  readonly last: () => string;
}

/** Values of these parameters let anyone send at the account's cost. */
const secret = /\b(psw|apikey)=[^&]*/g;

const show = (url: string, { method, headers, body }: FetchInit): string => {
  const { host, pathname } = new URL(url);
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  const content = typeof body === 'string' ? body.replace(secret, '$1=•••') : '(a multipart body)';
  return [`${method} ${pathname}`, `host: ${host}`, ...lines, '', content].join('\n');
};

/** Puts a recorder in front of the platform's fetch. */
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
