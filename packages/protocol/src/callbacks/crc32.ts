let table: Uint32Array | undefined;

/**
 * Returns the CRC table: the remainder of each byte for the polynomial 0x04C11DB7, with reversed bits. Source: ISO
 * 3309.
 */
const remainders = (): Uint32Array =>
  (table ??= Uint32Array.from({ length: 256 }, (_, byte) => {
    let rest = byte;
    for (let bit = 0; bit < 8; bit++) rest = (rest >>> 1) ^ (rest & 1 ? 0xedb88320 : 0);
    return rest;
  }));

/** Returns the CRC-32 that zip files and PHP use: 4 octets, highest first. */
export function crc32(bytes: Uint8Array): Uint8Array {
  const steps = remainders();
  let rest = 0xffffffff;
  for (const byte of bytes) rest = (rest >>> 8) ^ steps[(rest ^ byte) & 0xff]!;
  return toOctets(~rest);
}

/** Writes a 32-bit number as 4 octets, highest first. */
export const toOctets = (number: number): Uint8Array =>
  Uint8Array.of(number >>> 24, number >>> 16, number >>> 8, number);
