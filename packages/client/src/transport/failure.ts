import { getOwn, type UnknownRecord } from '@smsc/protocol/adapter';

/**
 * System calls and error codes that prove that no byte of a request was sent: a name that does not resolve, no connection
 * (Node), no connection in time (undici), or a certificate that was refused (Node, Bun).
 */
const proof =
  /^(?:connect|getaddrinfo|UND_ERR_CONNECT_TIMEOUT|(?:UNABLE_TO|CERT|ERR_TLS_CERT)_\w+|\w*SELF_SIGNED_CERT\w*)$/;

/** Members of an error that hold its system call or its code. node-fetch has its own name for the system call. */
const proofMembers = ['syscall', 'erroredSysCall', 'code'] as const;

/**
 * Whole messages of Bun's and Deno's own `fetch` that prove that no connection was established. Their errors have no system
 * call. Observed with Bun 1.4 and Deno 2.9. Any other message is no proof, because it may quote the server: node-fetch
 * quotes a `Location` header.
 */
const messagesBeforeSending =
  /^(?:(?:E[A-Z]+: )?Unable to connect\. Is the computer able to access the url\?|error sending request for url \(\S+\): client error \(Connect\): [\w :,()-]+)$/;

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
  return (
    proofMembers.some((name) => proof.test(String(ownOf(error, name)))) ||
    messagesBeforeSending.test(String(ownOf(error, 'message'))) ||
    surelyNotSent(ownOf(error, 'cause'), depth - 1)
  );
}

/** Returns the network error code of a failure, such as `ECONNRESET`. The code contains no data of the request. */
export function codeOf(error: unknown, depth: number = maxDepth): string {
  const code = String(ownOf(error, 'code'));
  if (/^[A-Z][A-Z_\d]{2,39}$/.test(code)) return code;
  const cause = ownOf(error, 'cause');
  return cause && depth ? codeOf(cause, depth - 1) : 'no code';
}
