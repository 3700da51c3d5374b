/** Parses an IPv4 address into its four bytes. Returns `undefined` for any other text. */
function parseIpv4(address: string): readonly number[] | undefined {
  const bytes = address.split('.');
  return bytes.length === 4 && bytes.every((byte) => /^(?:0|[1-9]\d{0,2})$/.test(byte) && Number(byte) < 256)
    ? bytes.map(Number)
    : undefined;
}

/**
 * Rewrites an IPv4 address at the end of an IPv6 address as two groups. Returns `undefined` if the IPv4 address is invalid.
 */
function expandIpv4Suffix(address: string): string | undefined {
  const start = address.lastIndexOf(':') + 1;
  if (!address.includes('.', start)) return address;
  const [a, b, c, d] = parseIpv4(address.slice(start)) ?? [];
  return d === undefined
    ? undefined
    : `${address.slice(0, start)}${(a! * 256 + b!).toString(16)}:${(c! * 256 + d).toString(16)}`;
}

/** Parses an IPv6 address into its eight groups. Returns `undefined` for any other text. */
function parseIpv6(address: string): readonly number[] | undefined {
  const [head = '', tail, ...more] = expandIpv4Suffix(address)?.split('::') ?? [];
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

/** Matches an address in brackets, with or without a port, and an IPv4 address with a port. */
const withPort = /^\[([^\]]*)\](?::\d{1,5})?$|^([\d.]+):\d{1,5}$/;

interface ParsedAddress {
  /** Address without brackets, port and zone. */
  readonly plain: string;
  /** Name under which the limits count the visitor. */
  readonly visitor: string;
}

function parseAddress(address: string): ParsedAddress | undefined {
  const [, inBrackets, beforePort] = withPort.exec(address) ?? [];
  // A zone such as `%eth0` names a network interface of the server, not the visitor.
  const plain = (inBrackets ?? beforePort ?? address).replace(/%.*$/, '');
  if (parseIpv4(plain)) return { plain, visitor: plain };
  const groups = parseIpv6(plain);
  if (!groups) return undefined;
  const [network, rest] = [groups.slice(0, 4), groups.slice(4)];
  // `::ffff:203.0.113.7` is an IPv4 address.
  if (network.every((group) => group === 0) && rest[0] === 0 && rest[1] === 0xffff) {
    const ipv4 = rest
      .slice(2)
      .flatMap((group) => [group >> 8, group & 255])
      .join('.');
    return { plain: ipv4, visitor: ipv4 };
  }
  return { plain, visitor: `${network.map((group) => group.toString(16)).join(':')}::/64` };
}

/** Removes brackets, port and zone from an address. Returns `undefined` for text that is not an address. */
export const plainAddress = (address: string | undefined): string | undefined =>
  address === undefined ? undefined : parseAddress(address)?.plain;

/**
 * Returns the name under which the limits count a visitor. An IPv4 address is one visitor. An IPv6 network with a prefix of 64
 * bits is also one visitor, because one visitor usually has all addresses of such a network. All visitors without a valid
 * address count as one. Otherwise a visitor who can forge a header could count as a new visitor in each request.
 */
export const visitorOf = (address: string | undefined): string =>
  (address === undefined ? undefined : parseAddress(address)?.visitor) ?? 'unknown';
