import { type UnknownRecord, getOwn as ownMember } from '@smsc/protocol/adapter';

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

/** An error can be its own cause. */
const deepest = 9;

/** A member of an error's own. What something has added to every object says nothing of this one. */
const own = (error: unknown, name: string): unknown => ownMember(Object(error) as UnknownRecord, name);

/**
 * Whether a failure of `fetch`, or what caused it, surely came before any byte of the request had left. Of several at
 * once, all have to say so.
 *
 * A code such as `EHOSTUNREACH` or `ECONNREFUSED` says nothing by itself: a connection that stands can end with it as
 * well, while it is read or written. Only with what was being done it does.
 */
export function surelyNotSent(error: unknown, depth: number = deepest): boolean {
  // What came of each address of a name, where several were tried.
  const each = own(error, 'errors');
  if (!depth || !error) return false;
  if (Array.isArray(each) && each.length) return each.every((one) => surelyNotSent(one, depth - 1));
  // What the system was asked for. node-fetch calls it by a name of its own.
  const asked = own(error, 'syscall') ?? own(error, 'erroredSysCall');
  const said =
    /^(?:connect|getaddrinfo)$/.test(String(asked)) ||
    neverLeft.test(String(own(error, 'code'))) ||
    neverConnected.test(String(own(error, 'message')));
  return said || surelyNotSent(own(error, 'cause'), depth - 1);
}

/** The network's own code for a failure, such as `ECONNRESET`. Holds nothing of the request. */
export function codeOf(error: unknown, depth: number = deepest): string {
  const code = String(own(error, 'code'));
  if (/^[A-Z][A-Z_\d]{2,39}$/.test(code)) return code;
  const cause = own(error, 'cause');
  return cause && depth ? codeOf(cause, depth - 1) : 'no code';
}
