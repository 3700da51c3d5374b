import { Complaints } from '../complaints.ts';
import { checkHeader } from './header-checks.ts';
import { elementsOf, readElement } from './header-elements.ts';

/** Which part of a longer text this is. Source: 3GPP TS 23.040, 9.2.3.24.1 and 8. */
export interface Concatenation {
  /** The number that all parts of a text share: 0 to 255, or to 65,535 in 16 bits. */
  readonly reference: number;
  /** Bits of the reference. */
  readonly bits: 8 | 16;
  /** How many parts there are, 1 to 255. */
  readonly total: number;
  /** Which of them this is, 1 to `total`. */
  readonly sequence: number;
}

/** Applications that a message is for and from. Source: 3GPP TS 23.040, 9.2.3.24.3 and 4. */
export interface Ports {
  /** 0 to 255, or to 65,535 in 16 bits. */
  readonly destination: number;
  /** As `destination`. */
  readonly source: number;
  /** Bits of each. */
  readonly bits: 8 | 16;
}

/** An information element as it stands in a header. */
export interface HeaderElement {
  /** Its identifier (IEI), 0 to 255. */
  readonly id: number;
  readonly data: Uint8Array;
}

/** A user-data header, element by element. Source: 3GPP TS 23.040, 9.2.3.24. */
export interface UserDataHeader {
  readonly concatenation?: Concatenation | undefined;
  readonly ports?: Ports | undefined;
  /** The national language whose locking shift table is used, by its identifier: 1 is Turkish. Source: 9.2.3.24.16. */
  readonly locking?: number | undefined;
  /** The national language whose single shift table is used, by its identifier. Source: 9.2.3.24.15. */
  readonly single?: number | undefined;
  /** Elements of every other kind; read, also those of a kind above that say nothing which could be used. */
  readonly others?: readonly HeaderElement[] | undefined;
}

/** A header that `checkHeader` has passed, as bytes. */
export function writeHeader(header: UserDataHeader): Uint8Array {
  const elements = elementsOf(header);
  const bytes = new Uint8Array(elements.reduce((sum, { data }) => sum + 2 + data.length, 1));
  let end = 1;
  for (const { id, data } of elements) {
    bytes[end++] = id;
    bytes[end++] = data.length;
    bytes.set(data, end);
    end += data.length;
  }
  bytes[0] = end - 1;
  return bytes;
}

/** Reads the header at the beginning of bytes, and complains of what is wrong with it. */
export function readHeader(bytes: Uint8Array, complaints: Complaints): UserDataHeader {
  const [octets] = bytes;
  const header: { -readonly [Member in keyof UserDataHeader]: UserDataHeader[Member] } = {};
  if (octets === undefined) complaints.add('bytes', 'has no octet that says how long its header is');
  else if (octets >= bytes.length) complaints.add('bytes[0]', `says that the header has ${octets} octets; ${bytes.length - 1} follow`);
  else {
    const others: HeaderElement[] = [];
    for (let at = 1; at <= octets; ) {
      const [id, length] = bytes.subarray(at, octets + 1);
      const left = octets - at - 1;
      if (length === undefined || length > left) {
        complaints.add(`bytes[${at}]`, length === undefined ? 'begins an element, and the header ends there' : `begins an element of ${length} octets; the header has ${left} left`);
        break;
      }
      // A copy, since the bytes may be a view into what will be written over.
      const element = { id: id!, data: new Uint8Array(bytes.subarray(at + 2, at + 2 + length)) };
      const said = readElement(element);
      if (said) Object.assign(header, said);
      else others.push(element);
      at += 2 + length;
    }
    if (others.length > 0) header.others = others;
  }
  return header;
}

/**
 * A user-data header as bytes, with the octet in front that says how long it is (UDHL). The gateway wants `udh` without
 * that octet: `packHeader(header).subarray(1)`.
 *
 * @throws {InputError} with every complaint: a number out of range, more than 140 octets
 */
export function packHeader(header: UserDataHeader): Uint8Array {
  const complaints = new Complaints();
  checkHeader(header, '', complaints);
  complaints.refuse('packHeader');
  return writeHeader(header);
}

/**
 * The user-data header at the beginning of bytes, whose first octet says how long it is (UDHL). What follows it is not
 * looked at. Of two elements that say the same or contradict each other, the last one counts, says the standard.
 *
 * @throws {InputError} when it is longer than the bytes, or an element is longer than what is left of it
 */
export function unpackHeader(bytes: Uint8Array): UserDataHeader {
  const complaints = new Complaints();
  const header = complaints.expect(bytes instanceof Uint8Array, 'bytes', 'bytes') ? readHeader(bytes, complaints) : {};
  complaints.refuse('unpackHeader');
  return header;
}
