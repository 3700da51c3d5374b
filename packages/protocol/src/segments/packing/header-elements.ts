import type { HeaderElement, UserDataHeader } from './user-data-header.ts';

const concatenation = { 8: 0x00, 16: 0x08 } as const;
const ports = { 8: 0x04, 16: 0x05 } as const;
const single = 0x24;
const locking = 0x25;

const toOctets = (value: number, bits: 8 | 16): readonly number[] =>
  bits === 8 ? [value] : [value >> 8, value & 0xff];

/** The elements of a header in the order in which they are written. */
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

/** What an element says, if it is of a kind that has a member and says what can be used; the standard has others ignored. */
export function readElement({ id, data }: HeaderElement): UserDataHeader | undefined {
  const bits = id === concatenation[16] || id === ports[16] ? 16 : 8;
  const number = (at: number): number => (bits === 8 ? data[at]! : (data[at]! << 8) | data[at + 1]!);
  switch (id) {
    case concatenation[8]:
    case concatenation[16]: {
      const [total = 0, sequence = 0] = data.subarray(bits / 8);
      if (data.length !== bits / 8 + 2 || sequence < 1 || sequence > total) return undefined;
      return { concatenation: { reference: number(0), bits, total, sequence } };
    }
    case ports[8]:
    case ports[16]:
      return data.length === bits / 4
        ? { ports: { destination: number(0), source: number(bits / 8), bits } }
        : undefined;
    case single:
    case locking:
      if (data.length !== 1) return undefined;
      return id === single ? { single: number(0) } : { locking: number(0) };
    default:
      return undefined;
  }
}
