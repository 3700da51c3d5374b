import { getOwn, type UnknownRecord } from '@smsc/protocol/adapter';

/**
 * Returns the network error code of an error or of its causes, such as `ECONNRESET`. The code contains no data of the
 * request. It is only shown. It proves nothing, because an established connection can fail with the same code.
 *
 * @param depth maximum number of causes, because an error can be its own cause
 */
export function codeOf(error: unknown, depth = 9): string {
  // Ignores inherited members, which may come from a polluted prototype.
  const members = Object(error) as UnknownRecord;
  const code = String(getOwn(members, 'code'));
  if (/^[A-Z][A-Z_\d]{2,39}$/.test(code)) return code;
  return error && depth ? codeOf(getOwn(members, 'cause'), depth - 1) : 'no code';
}
