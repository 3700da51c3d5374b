/** Septets that so many octets take, with the fill bits behind them. */
export const toSeptetCount = (octets: number): number => Math.ceil((octets * 8) / 7);

/** Octets that so many septets take. */
export const toOctetCount = (septets: number): number => Math.ceil((septets * 7) / 8);

/**
 * Septets, eight in seven octets, the first in the lowest bits, behind a header; bits that are left over are 0. The first
 * begins where a septet would if there were no header, so that a phone which knows of none shows the text.
 *
 * Source: 3GPP TS 23.038, 6.1.2.1, and TS 23.040, 9.2.3.24.
 */
export function packSeptets(septets: Uint8Array, header: Uint8Array): Uint8Array {
  const before = toSeptetCount(header.length);
  const bytes = new Uint8Array(toOctetCount(before + septets.length));
  bytes.set(header);
  let held = 0;
  let bits = before * 7 - header.length * 8;
  let end = header.length;
  for (let at = 0; at < septets.length; at++) {
    held |= septets[at]! << bits;
    bits += 7;
    if (bits < 8) continue;
    bytes[end++] = held;
    held >>= 8;
    bits -= 8;
  }
  if (bits > 0) bytes[end] = held;
  return bytes;
}

/** Septets from one place to another, one in each octet; places count septets from the first bit. */
export function unpackSeptets(bytes: Uint8Array, start: number, end: number): Uint8Array {
  const septets = new Uint8Array(end - start);
  for (let at = start; at < end; at++) {
    const bit = at * 7;
    const octet = Math.floor(bit / 8);
    // The last septet can end with its octet, and nothing stands behind that one.
    septets[at - start] = ((bytes[octet]! | ((bytes[octet + 1] ?? 0) << 8)) >> (bit % 8)) & 0x7f;
  }
  return septets;
}
