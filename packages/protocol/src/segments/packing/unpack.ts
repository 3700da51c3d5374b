import { fromCodeUnits } from '../code-units.ts';
import { Complaints, isObject } from '../../core/complaints.ts';
import { readHeader } from './header.ts';
import type { UserDataHeader } from './user-data-header.ts';
import { PositionCollector, describePositions } from '../advice/positions.ts';
import { toOctetCount, toSeptetCount, unpackSeptets } from './septet-packing.ts';
import { fromSeptets } from '../septets.ts';
import {
  checkOptions,
  type PackedUserData,
  tableOf,
  type UserData,
  type UserDataOptions,
} from './user-data.ts';

function checkPacked({ encoding, bytes, length, hasHeader }: PackedUserData, complaints: Complaints): void {
  complaints.expect((encoding as unknown) === 'gsm-7' || encoding === 'ucs-2', 'encoding', 'gsm-7 or ucs-2');
  complaints.expect(bytes instanceof Uint8Array, 'bytes', 'bytes');
  complaints.expectWhole(length, 'length', 0, Number.MAX_SAFE_INTEGER);
  complaints.expect(typeof hasHeader === 'boolean', 'hasHeader', 'true or false');
}

function unpackUnits(bytes: Uint8Array, start: number, complaints: Complaints): string {
  if ((bytes.length - start) % 2 > 0)
    complaints.add('length', `leaves ${bytes.length - start} octets for a text of two each`);
  const units = new Uint16Array(Math.floor((bytes.length - start) / 2));
  for (let at = 0; at < units.length; at++)
    units[at] = (bytes[start + 2 * at]! << 8) | bytes[start + 2 * at + 1]!;
  return fromCodeUnits(units, units.length);
}

/** Complains of octets that are no septet. */
function checkSeptets(bytes: Uint8Array, start: number, complaints: Complaints): void {
  const finds = new PositionCollector();
  for (let at = start; at < bytes.length; at++) if (bytes[at]! > 0x7f) finds.add(at);
  if (finds.count > 0)
    complaints.add('bytes', `has octets that are no septet, ${describePositions(finds.places())}`);
}

/** The text of septets behind a header of so many octets. */
function unpackText(
  bytes: Uint8Array,
  start: number,
  end: number,
  header: UserDataHeader,
  options: UserDataOptions,
  complaints: Complaints,
): string {
  const isPacked = options.septets !== 'octets';
  if (!isPacked) checkSeptets(bytes, start, complaints);
  const table = tableOf(header, options, complaints);
  const text = fromSeptets(
    isPacked ? unpackSeptets(bytes, toSeptetCount(start), end) : bytes.subarray(start, end),
    table,
  );
  if (text === undefined) complaints.add('bytes', 'ends in an escape with nothing behind it');
  return text ?? '';
}

/**
 * The text and the header that the bytes of one SMS carry. Bits that are left over and bytes behind `length` are not looked
 * at; neither is whether all of it is more than one SMS can hold.
 *
 * An escape in front of a septet that has no character there gives the character which the septet is without it; two
 * escapes give a space. Source: 3GPP TS 23.038, 6.2.1.1.
 *
 * @throws {InputError} with every complaint: a `length` beyond the bytes, a header or an element beyond what holds it, an
 * odd number of octets in UCS-2, an escape at the very end, a national language whose tables are not there
 */
export function unpack(packed: PackedUserData, options: UserDataOptions = {}): UserData {
  const complaints = new Complaints();
  if (complaints.expect(isObject(packed), 'packed', 'an object')) checkPacked(packed, complaints);
  if (complaints.expect(isObject(options), 'options', 'an object')) checkOptions(options, complaints);
  complaints.refuse('unpack');

  const { encoding, length, hasHeader } = packed;
  const isPacked = encoding === 'gsm-7' && options.septets !== 'octets';
  const octets = isPacked ? toOctetCount(length) : length;
  if (octets > packed.bytes.length)
    complaints.add('length', `takes ${octets} octets; there are ${packed.bytes.length}`);
  const bytes = packed.bytes.subarray(0, octets);
  const header = hasHeader ? readHeader(bytes, complaints) : {};
  const start = hasHeader ? (bytes[0] ?? 0) + 1 : 0;
  const first = isPacked ? toSeptetCount(start) : start;
  if (start <= bytes.length && first > length)
    complaints.add('length', `is ${length} septets; the header takes ${first}`);
  let text = '';
  // Otherwise nobody knows where the text is.
  if (octets <= packed.bytes.length && first <= length) {
    text =
      encoding === 'gsm-7'
        ? unpackText(bytes, start, length, header, options, complaints)
        : unpackUnits(bytes, start, complaints);
  }
  complaints.refuse('unpack');
  return { encoding, text, ...(Object.keys(header).length > 0 && { header }) };
}
