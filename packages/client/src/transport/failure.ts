import { getOwn, type UnknownRecord } from '@smsc/protocol/adapter';

/** Reads an own property of an error. Ignores inherited values, which may come from a polluted prototype. */
const ownOf = (error: unknown, name: string): unknown => getOwn(Object(error) as UnknownRecord, name);

/** Returns an error and its causes, the error first. At most nine, because an error can be its own cause. */
const causesOf = (error: unknown, count = 9): readonly unknown[] =>
  count && error ? [error, ...causesOf(ownOf(error, 'cause'), count - 1)] : [];

/**
 * Returns true if a failure certainly came before a connection was established, so no byte of the request was sent. Needed
 * for an HTTP library that takes the body before it connects. The proof may be in the error or in its causes.
 *
 * Only the system call is proof. A message may quote the server: node-fetch quotes a `Location` header. A code such as
 * `ECONNREFUSED` can also come from an established connection, and so can a code for a refused certificate, because a
 * server can start another TLS handshake after it has read the request.
 */
export const surelyNotSent = (error: unknown): boolean =>
  causesOf(error).some((each) =>
    // node-fetch has its own name for the system call.
    /^(?:connect|getaddrinfo)$/.test(String(ownOf(each, 'syscall') ?? ownOf(each, 'erroredSysCall'))),
  );

/** Returns the network error code of a failure, such as `ECONNRESET`. The code contains no data of the request. */
export const codeOf = (error: unknown): string =>
  causesOf(error)
    .map((each) => String(ownOf(each, 'code')))
    .find((code) => /^[A-Z][A-Z_\d]{2,39}$/.test(code)) ?? 'no code';
