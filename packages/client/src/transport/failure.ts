import { getOwn, type UnknownRecord } from '@smsc/protocol/adapter';

/**
 * Error codes that prove that no byte of a request was sent: no connection in time (undici), or a certificate that was
 * refused (Node, before anything is written).
 */
const codesBeforeSending = /^(?:UND_ERR_CONNECT_TIMEOUT|UNABLE_TO_|CERT_|ERR_TLS_CERT_)|SELF_SIGNED_CERT/;

/**
 * Error messages that prove that no byte of a request was sent, for runtimes whose errors have no other proof: Bun
 * reports `ECONNREFUSED` without the system call, and Deno reports no codes. Both messages were observed only when no
 * connection was established (Bun 1.4, Deno 2.9).
 */
const messagesBeforeSending = /^(?:E[A-Z]+: )?Unable to connect\. |: client error \(Connect\): /;

/** Maximum depth of causes: an error can be its own cause. */
const maxDepth = 9;

/** Reads an own property of an error. Ignores inherited values, which may come from a polluted prototype. */
const ownOf = (error: unknown, name: string): unknown => getOwn(Object(error) as UnknownRecord, name);

/**
 * Returns true if a failure of `fetch` certainly came before any byte of the request was sent. The proof may be in the
 * error or in its causes. If an error contains several failures, each failure must have a proof.
 *
 * A code such as `EHOSTUNREACH` or `ECONNREFUSED` is no proof by itself, because an established connection can fail
 * with it too. Together with the system call `connect`, the code is proof.
 */
export function surelyNotSent(error: unknown, depth: number = maxDepth): boolean {
  if (!depth || !error) return false;
  // `errors` contains one failure for each address of a host name.
  const failures = ownOf(error, 'errors');
  if (Array.isArray(failures) && failures.length)
    return failures.every((each) => surelyNotSent(each, depth - 1));
  // node-fetch has its own name for the system call.
  const systemCall = ownOf(error, 'syscall') ?? ownOf(error, 'erroredSysCall');
  const proven =
    /^(?:connect|getaddrinfo)$/.test(String(systemCall)) ||
    codesBeforeSending.test(String(ownOf(error, 'code'))) ||
    messagesBeforeSending.test(String(ownOf(error, 'message')));
  return proven || surelyNotSent(ownOf(error, 'cause'), depth - 1);
}

/** Returns the network error code of a failure, such as `ECONNRESET`. The code contains no data of the request. */
export function codeOf(error: unknown, depth: number = maxDepth): string {
  const code = String(ownOf(error, 'code'));
  if (/^[A-Z][A-Z_\d]{2,39}$/.test(code)) return code;
  const cause = ownOf(error, 'cause');
  return cause && depth ? codeOf(cause, depth - 1) : 'no code';
}
