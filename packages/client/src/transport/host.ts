/** Loopback names: 127.0.0.0/8, ::1 and `localhost`. Plain http is allowed only to these hosts. */
const loopback = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/;

/**
 * Returns the origin of a host, with a trailing slash. A host is a name (`smsc.ua`) or an origin (`https://smsc.ua`,
 * `http://127.0.0.1:8025`). Returns `undefined` for anything else: a path, a query, a user name, and http to any host
 * but loopback, because the body contains the password.
 */
export function originOf(host: unknown): string | undefined {
  if (host === latest[0]) return latest[1];
  latest = [host, parseOrigin(host)];
  return latest[1];
}

/** The latest host and its origin: successive requests usually go to the same host. */
let latest: readonly [host: unknown, origin: string | undefined] = [undefined, undefined];

function parseOrigin(host: unknown): string | undefined {
  // Rejects white space and extra slashes. `URL` would drop them: `//a` would become the name `a`.
  if (typeof host !== 'string' || /^\/|:\/\/\/|[\s\\]/.test(host)) return undefined;
  const address = host.includes('://') ? host : `https://${host}`;
  const url = URL.canParse(address) ? new URL(address) : undefined;
  const safe = url?.protocol === 'https:' || (url?.protocol === 'http:' && loopback.test(url.hostname));
  // A user name, a path, a query or a fragment would make `href` longer than the origin.
  return url && safe && url.href === `${url.origin}/` ? url.href : undefined;
}
