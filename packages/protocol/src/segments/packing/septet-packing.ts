/** Returns the number of septets that octets take, including the fill bits after them. */
export const toSeptetCount = (octets: number): number => Math.ceil((octets * 8) / 7);

/** Returns the number of octets that septets take. */
export const toOctetCount = (septets: number): number => Math.ceil((septets * 7) / 8);

/**
 * Packs septets after a header: eight septets in seven octets, the first in the lowest bits. Unused bits are 0. The
 * first septet starts at a septet boundary, counted from the start of the header, so that a phone without support for
 * headers still shows the text.
 *
 * Source: 3GPP TS 23.038, 6.1.2.1; 3GPP TS 23.040, 9.2.3.24.
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

/** Unpacks septets into one octet each. `start` and `end` are positions of septets, counted from the first bit. */
export function unpackSeptets(bytes: Uint8Array, start: number, end: number): Uint8Array {
  const septets = new Uint8Array(end - start);
  for (let at = start; at < end; at++) {
    const bit = at * 7;
    const octet = Math.floor(bit / 8);
    // There is no next octet if the last septet ends with the last octet.
    septets[at - start] = ((bytes[octet]! | ((bytes[octet + 1] ?? 0) << 8)) >> (bit % 8)) & 0x7f;
  }
  return septets;
}
