import { getOwn, type UnknownRecord } from '@smsc/protocol/adapter';

/**
 * Error codes that prove that no byte of a request was sent: no connection in time (undici), or a certificate that was
 * refused (Node, before anything is written).
 */
const codesBeforeSending = /^(?:UND_ERR_CONNECT_TIMEOUT|UNABLE_TO_|CERT_|ERR_TLS_CERT_)|SELF_SIGNED_CERT/;

/**
 * Messages that prove the same, for runtimes that say it in no other way: Bun, whose code `ECONNREFUSED` comes without the
 * system call, and Deno, which has no codes. Observed only for connections that were never made (Bun 1.4, Deno 2.9).
 */
const messagesBeforeSending = /^(?:E[A-Z]+: )?Unable to connect\. |: client error \(Connect\): /;

/** Maximum depth of causes: an error can be its own cause. */
const maxDepth = 9;

/** Reads an own property of an error. What a polluted prototype adds says nothing about this error. */
const ownOf = (error: unknown, name: string): unknown => getOwn(Object(error) as UnknownRecord, name);

/**
 * Returns true if a failure of `fetch`, or its cause, certainly came before any byte of the request was sent. If there were
 * several failures, all of them must have.
 *
 * A code such as `EHOSTUNREACH` or `ECONNREFUSED` proves nothing by itself: an established connection can end with it as
 * well. Together with the system call `connect` it does.
 */
export function surelyNotSent(error: unknown, depth: number = maxDepth): boolean {
  if (!depth || !error) return false;
  // One failure for each address of a host name.
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

/** Returns the network's own code of a failure, such as `ECONNRESET`. It contains nothing of the request. */
export function codeOf(error: unknown, depth: number = maxDepth): string {
  const code = String(ownOf(error, 'code'));
  if (/^[A-Z][A-Z_\d]{2,39}$/.test(code)) return code;
  const cause = ownOf(error, 'cause');
  return cause && depth ? codeOf(cause, depth - 1) : 'no code';
}
