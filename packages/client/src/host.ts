/** Loopback: 127.0.0.0/8, ::1 and the name for them. Only there may requests travel unencrypted. */
const loopback = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/;

/**
 * The base of every address, from a host name (`smsc.ua`) or an origin (`https://smsc.ua`, `http://127.0.0.1:8025`).
 * `undefined` for anything else: a path, a query, a user name; and for http to any host but loopback, since the body holds
 * the password.
 */
export function originOf(host: unknown): string | undefined {
  if (host === last[0]) return last[1];
  last = [host, read(host)];
  return last[1];
}

/** What was asked last: it is the same host, request after request. */
let last: readonly [host: unknown, origin: string | undefined] = [undefined, undefined];

function read(host: unknown): string | undefined {
  // A URL loses white space, and slashes too many: `//a` would be a name.
  if (typeof host !== 'string' || /^\/|:\/\/\/|[\s\\]/.test(host)) return undefined;
  const written = host.includes('://') ? host : `https://${host}`;
  const url = URL.canParse(written) ? new URL(written) : undefined;
  const safe = url?.protocol === 'https:' || (url?.protocol === 'http:' && loopback.test(url.hostname));
  // An origin and no more: a user name, a path, a query or a fragment would show here.
  return url && safe && url.href === `${url.origin}/` ? url.href : undefined;
}
