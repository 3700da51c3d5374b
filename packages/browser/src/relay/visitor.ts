/** The eight groups of an IPv6 address, or nothing. */
function groupsOf(address: string): readonly string[] | undefined {
  const [head = '', tail, ...more] = address.split('::');
  if (more.length > 0) return undefined;
  const [before, after] = [head, tail ?? ''].map((half) => (half === '' ? [] : half.split(':')));
  const missing = 8 - before!.length - after!.length;
  const groups = [...before!, ...(tail === undefined ? [] : Array<string>(Math.max(0, missing)).fill('0')), ...after!];
  return groups.length === 8 && groups.every((group) => /^[\da-f]{1,4}$/i.test(group)) ? groups.map((group) => parseInt(group, 16).toString(16)) : undefined;
}

/** An address without what only says how it came to us: `::ffff:203.0.113.7` is an IPv4 address, `%eth0` our own. */
export const plainAddress = (address: string): string => address.replace(/%.*$/, '').replace(/^::ffff:(?=\d+\.)/i, '');

/**
 * Who somebody is by their address: an IPv4 address is one visitor, and so is an IPv6 network of 64 bits, since whoever has
 * one address of it has all of them. Without an address all are the same visitor.
 */
export function visitorOf(address: string | undefined): string {
  if (!address) return 'unknown';
  const plain = plainAddress(address);
  const groups = groupsOf(plain);
  return groups ? `${groups.slice(0, 4).join(':')}::/64` : plain.slice(0, 64);
}
