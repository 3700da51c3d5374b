import type { HeaderElement, UserDataHeader } from './user-data-header.ts';

/** Information element identifiers. Source: 3GPP TS 23.040, 9.2.3.24. */
const concatenation = { 8: 0x00, 16: 0x08 } as const;
const ports = { 8: 0x04, 16: 0x05 } as const;
const single = 0x24;
const locking = 0x25;

const toOctets = (value: number, bits: 8 | 16): readonly number[] =>
  bits === 8 ? [value] : [value >> 8, value & 0xff];

/** Returns the elements of a header in the order in which they are written. */
export function elementsOf(header: UserDataHeader): readonly HeaderElement[] {
  const elements: HeaderElement[] = [];
  const add = (id: number, ...data: readonly number[]): unknown =>
    elements.push({ id, data: new Uint8Array(data) });
  if (header.concatenation) {
    const { reference, bits, total, sequence } = header.concatenation;
    add(concatenation[bits], ...toOctets(reference, bits), total, sequence);
  }
  if (header.ports) {
    const { destination, source, bits } = header.ports;
    add(ports[bits], ...toOctets(destination, bits), ...toOctets(source, bits));
  }
  if (header.single !== undefined) add(single, header.single);
  if (header.locking !== undefined) add(locking, header.locking);
  return header.others ? elements.concat(header.others) : elements;
}

/** Reads a number of 8 or 16 bits at an octet. */
const numberAt = (data: Uint8Array, at: number, bits: 8 | 16): number =>
  bits === 8 ? data[at]! : (data[at]! << 8) | data[at + 1]!;

function readConcatenation(data: Uint8Array, bits: 8 | 16): UserDataHeader | undefined {
  const [total = 0, sequence = 0] = data.subarray(bits / 8);
  if (data.length !== bits / 8 + 2 || sequence < 1 || sequence > total) return undefined;
  return { concatenation: { reference: numberAt(data, 0, bits), bits, total, sequence } };
}

function readPorts(data: Uint8Array, bits: 8 | 16): UserDataHeader | undefined {
  if (data.length !== bits / 4) return undefined;
  return { ports: { destination: numberAt(data, 0, bits), source: numberAt(data, bits / 8, bits), bits } };
}

/**
 * Reads an element that has its own member of `UserDataHeader`. Returns `undefined` for other elements and for invalid
 * contents, which receivers have to ignore. Source: 3GPP TS 23.040, 9.2.3.24.
 */
export function readElement({ id, data }: HeaderElement): UserDataHeader | undefined {
  switch (id) {
    case concatenation[8]:
      return readConcatenation(data, 8);
    case concatenation[16]:
      return readConcatenation(data, 16);
    case ports[8]:
      return readPorts(data, 8);
    case ports[16]:
      return readPorts(data, 16);
    case single:
      return data.length === 1 ? { single: data[0] } : undefined;
    case locking:
      return data.length === 1 ? { locking: data[0] } : undefined;
    default:
      return undefined;
  }
}
