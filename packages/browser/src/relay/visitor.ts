/** The four octets of an IPv4 address, or nothing. */
function octetsOf(address: string): readonly number[] | undefined {
  const octets = address.split('.');
  return octets.length === 4 &&
    octets.every((octet) => /^(?:0|[1-9]\d{0,2})$/.test(octet) && Number(octet) < 256)
    ? octets.map(Number)
    : undefined;
}

/** The end of an IPv6 address that is written as an IPv4 address, as the two groups that it is. */
function withoutDots(address: string): string | undefined {
  const at = address.lastIndexOf(':') + 1;
  if (!address.includes('.', at)) return address;
  const [a, b, c, d] = octetsOf(address.slice(at)) ?? [];
  return d === undefined
    ? undefined
    : `${address.slice(0, at)}${(a! * 256 + b!).toString(16)}:${(c! * 256 + d).toString(16)}`;
}

/** The eight groups of an IPv6 address, or nothing. */
function groupsOf(address: string): readonly number[] | undefined {
  const [head = '', tail, ...more] = withoutDots(address)?.split('::') ?? [];
  if (more.length > 0) return undefined;
  const [before, after] = [head, tail ?? ''].map((half) => (half === '' ? [] : half.split(':')));
  const missing = 8 - before!.length - after!.length;
  const groups = [
    ...before!,
    ...(tail === undefined ? [] : Array<string>(Math.max(0, missing)).fill('0')),
    ...after!,
  ];
  return groups.length === 8 && groups.every((group) => /^[\da-f]{1,4}$/i.test(group))
    ? groups.map((group) => parseInt(group, 16))
    : undefined;
}

/** What servers and proxies put around an address: brackets and a port; and `%eth0`, which is the server's own. */
const around = /^\[([^\]]*)\](?::\d{1,5})?$|^([\d.]+):\d{1,5}$/;

interface Read {
  readonly plain: string;
  readonly visitor: string;
}

function read(address: string): Read | undefined {
  const [, inBrackets, beforePort] = around.exec(address) ?? [];
  const plain = (inBrackets ?? beforePort ?? address).replace(/%.*$/, '');
  if (octetsOf(plain)) return { plain, visitor: plain };
  const groups = groupsOf(plain);
  if (!groups) return undefined;
  const [network, rest] = [groups.slice(0, 4), groups.slice(4)];
  // `::ffff:203.0.113.7` is an IPv4 address, however it is written.
  if (network.every((group) => group === 0) && rest[0] === 0 && rest[1] === 0xffff) {
    const mapped = rest
      .slice(2)
      .flatMap((group) => [group >> 8, group & 255])
      .join('.');
    return { plain: mapped, visitor: mapped };
  }
  return { plain, visitor: `${network.map((group) => group.toString(16)).join(':')}::/64` };
}

/** An address without what only says how it came to us; nothing for what is no address. */
export const plainAddress = (address: string | undefined): string | undefined =>
  address === undefined ? undefined : read(address)?.plain;

/**
 * Who somebody is by their address: an IPv4 address is one visitor, and so is an IPv6 network of 64 bits, since whoever has
 * one address of it has all of them. All of whom nothing is known are the same visitor, and so is whatever is no address: a
 * list that a visitor wrote the first half of would make another one of each request.
 */
export const visitorOf = (address: string | undefined): string =>
  (address === undefined ? undefined : read(address)?.visitor) ?? 'unknown';
