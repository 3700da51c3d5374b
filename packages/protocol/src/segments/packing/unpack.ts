import { fromCodeUnits } from '../code-units.ts';
import { IssueContext, throwIfIssues } from '../../core/issues.ts';
import { isObject } from '../../core/own-members.ts';
import { readHeader } from './header.ts';
import type { UserDataHeader } from './user-data-header.ts';
import { PositionCollector, describePositions } from '../advice/positions.ts';
import { toOctetCount, toSeptetCount, unpackSeptets } from './septet-packing.ts';
import { fromSeptets } from '../septets.ts';
import {
  checkEncoding,
  checkOptions,
  type PackedUserData,
  tableOf,
  type UserData,
  type UserDataOptions,
} from './user-data.ts';

function checkPacked({ encoding, bytes, length, hasHeader }: PackedUserData, context: IssueContext): void {
  checkEncoding(encoding, context);
  context.inside('bytes').expect(bytes instanceof Uint8Array, bytes, 'bytes');
  context.inside('length').expectWhole(length, 0, Number.MAX_SAFE_INTEGER);
  context.inside('hasHeader').expect(typeof hasHeader === 'boolean', hasHeader, 'true or false');
}

function unpackUnits(bytes: Uint8Array, start: number, context: IssueContext): string {
  if ((bytes.length - start) % 2 > 0)
    context.inside('length').addIssue(`leaves ${bytes.length - start} octets for a text of two each`);
  const units = new Uint16Array(Math.floor((bytes.length - start) / 2));
  for (let at = 0; at < units.length; at++)
    units[at] = (bytes[start + 2 * at]! << 8) | bytes[start + 2 * at + 1]!;
  return fromCodeUnits(units, units.length);
}

/** Complains of octets that are no septet. */
function checkSeptets(bytes: Uint8Array, start: number, context: IssueContext): void {
  const finds = new PositionCollector();
  for (let at = start; at < bytes.length; at++) if (bytes[at]! > 0x7f) finds.add(at);
  if (finds.count > 0)
    context.inside('bytes').addIssue(`has octets that are no septet, ${describePositions(finds.places())}`);
}

/** The text of septets behind a header of so many octets. */
function unpackText(
  bytes: Uint8Array,
  start: number,
  end: number,
  header: UserDataHeader,
  options: UserDataOptions,
  context: IssueContext,
): string {
  const isPacked = options.septets !== 'octets';
  if (!isPacked) checkSeptets(bytes, start, context);
  const table = tableOf(header, options, context);
  const text = fromSeptets(
    isPacked ? unpackSeptets(bytes, toSeptetCount(start), end) : bytes.subarray(start, end),
    table,
  );
  if (text === undefined) context.inside('bytes').addIssue('ends in an escape with nothing behind it');
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
  const context = new IssueContext();
  if (context.inside('packed').expect(isObject(packed), packed, 'an object')) checkPacked(packed, context);
  if (context.inside('options').expect(isObject(options), options, 'an object'))
    checkOptions(options, context);
  throwIfIssues('unpack', context);

  const { encoding, length, hasHeader } = packed;
  const isPacked = encoding === 'gsm-7' && options.septets !== 'octets';
  const octets = isPacked ? toOctetCount(length) : length;
  if (octets > packed.bytes.length)
    context.inside('length').addIssue(`takes ${octets} octets; there are ${packed.bytes.length}`);
  const bytes = packed.bytes.subarray(0, octets);
  const header = hasHeader ? readHeader(bytes, context) : {};
  const start = hasHeader ? (bytes[0] ?? 0) + 1 : 0;
  const first = isPacked ? toSeptetCount(start) : start;
  if (start <= bytes.length && first > length)
    context.inside('length').addIssue(`is ${length} septets; the header takes ${first}`);
  let text = '';
  // Otherwise nobody knows where the text is.
  if (octets <= packed.bytes.length && first <= length) {
    text =
      encoding === 'gsm-7'
        ? unpackText(bytes, start, length, header, options, context)
        : unpackUnits(bytes, start, context);
  }
  throwIfIssues('unpack', context);
  return { encoding, text, ...(Object.keys(header).length > 0 && { header }) };
}
