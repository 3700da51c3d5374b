/**
 * Codes that say by themselves that no byte of a request has left: there was no connection in time (undici), or the
 * other side's certificate was refused (Node, before anything is written).
 */
const neverLeft = /^(?:UND_ERR_CONNECT_TIMEOUT|UNABLE_TO_|CERT_|ERR_TLS_CERT_)|SELF_SIGNED_CERT/;

/**
 * The same in words, of runtimes that say it in no other way: Bun, whose code `ECONNREFUSED` names no call of the system,
 * and Deno, which has no codes. Both were seen to say it only of connections that never stood (Bun 1.4, Deno 2.9).
 */
const neverConnected = /^(?:E[A-Z]+: )?Unable to connect\. |: client error \(Connect\): /;

interface NetworkError {
  readonly code?: unknown;
  readonly message?: unknown;
  /** What the system was asked for. node-fetch calls it by a name of its own. */
  readonly syscall?: unknown;
  readonly erroredSysCall?: unknown;
  readonly cause?: unknown;
  /** What came of each address of a name, where several were tried. */
  readonly errors?: readonly unknown[];
}

/**
 * Whether a failure of `fetch`, or what caused it, surely came before any byte of the request had left. Of several at
 * once, all have to say so.
 *
 * A code such as `EHOSTUNREACH` or `ECONNREFUSED` says nothing by itself: a connection that stands can end with it as
 * well, while it is read or written. Only with what was being done it does.
 */
export function surelyNotSent(error: unknown): boolean {
  const { code, message, syscall, erroredSysCall, cause, errors } = Object(error) as NetworkError;
  if (errors?.length) return errors.every(surelyNotSent);
  const said = /^(?:connect|getaddrinfo)$/.test(String(syscall ?? erroredSysCall)) || neverLeft.test(String(code)) || neverConnected.test(String(message));
  return said || (cause !== undefined && surelyNotSent(cause));
}

/** The network's own code for a failure, such as `ECONNRESET`. Holds nothing of the request. */
export function codeOf(error: unknown): string {
  const { code, cause } = Object(error) as NetworkError;
  return /^[A-Z][A-Z_\d]{2,39}$/.test(String(code)) ? String(code) : cause === undefined ? 'no code' : codeOf(cause);
}
