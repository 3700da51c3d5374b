import { fromCodeUnits } from '../code-units.ts';
import { checkFlag } from '../../core/checks.ts';
import { IssueContext, throwIfIssues } from '../../core/issues.ts';
import { isObject } from '../../core/own-members.ts';
import { readHeader } from './header.ts';
import { PositionCollector, describePositions } from '../positions.ts';
import { toOctetCount, toSeptetCount, unpackSeptets } from './septet-packing.ts';
import { fromSeptets, type SeptetTable } from '../septets.ts';
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
  context.inside('bytes').expect(bytes instanceof Uint8Array, bytes, 'a Uint8Array');
  context.inside('length').expectWhole(length, 0, Number.MAX_SAFE_INTEGER);
  checkFlag(hasHeader, context.inside('hasHeader'));
}

/** Reads UCS-2 from `start` on. */
function unpackUnits(bytes: Uint8Array, start: number, context: IssueContext): string {
  if ((bytes.length - start) % 2 > 0)
    context
      .inside('length')
      .addIssue(`leaves ${bytes.length - start} octets for the text; UCS-2 needs an even number`);
  const units = new Uint16Array(Math.floor((bytes.length - start) / 2));
  for (let at = 0; at < units.length; at++)
    units[at] = (bytes[start + 2 * at]! << 8) | bytes[start + 2 * at + 1]!;
  return fromCodeUnits(units, units.length);
}

/** Adds an issue for octets from `start` on that are not septets. */
function checkSeptets(bytes: Uint8Array, start: number, context: IssueContext): void {
  const found = new PositionCollector();
  for (let at = start; at < bytes.length; at++) if (bytes[at]! > 0x7f) found.add(at);
  if (found.count > 0)
    context
      .inside('bytes')
      .addIssue(`contains octets above 0x7F, which are not septets, ${describePositions(found.positions())}`);
}

/** Converts septets, one in each octet, to a text. */
function decodeSeptets(septets: Uint8Array, table: SeptetTable, context: IssueContext): string {
  const text = fromSeptets(septets, table);
  if (text === undefined) context.inside('bytes').addIssue('ends with an escape that has no septet after it');
  return text ?? '';
}

/** Position of the text in user data. */
interface TextExtent {
  /** Bytes up to `length`. */
  readonly bytes: Uint8Array;
  /** Number of octets before the text: the header, including its length octet. */
  readonly start: number;
  /** `true` if the text lies inside the bytes. */
  readonly isReadable: boolean;
}

/** Finds the text in user data. Adds an issue if `length` contradicts the bytes or the header. */
function findText(packed: PackedUserData, isPacked: boolean, context: IssueContext): TextExtent {
  const { length, hasHeader } = packed;
  const available = packed.bytes.length;
  const octets = isPacked ? toOctetCount(length) : length;
  if (octets > available)
    context.inside('length').addIssue(`needs ${octets} octets, but bytes has only ${available}`);
  const bytes = packed.bytes.subarray(0, octets);
  const start = hasHeader ? (bytes[0] ?? 0) + 1 : 0;
  const first = isPacked ? toSeptetCount(start) : start;
  if (start <= bytes.length && first > length)
    context
      .inside('length')
      .addIssue(`is ${length}, but the header alone takes ${first} ${isPacked ? 'septets' : 'octets'}`);
  return { bytes, start, isReadable: octets <= available && first <= length };
}

/**
 * Reads the text and the header of one SMS. Ignores fill bits and bytes after `length`, and does not check whether the
 * user data fits into one SMS.
 *
 * If a septet after an escape has no character in the extension table, it stands for its character in the basic table.
 * Two escapes stand for a space. Source: 3GPP TS 23.038, 6.2.1.1.
 *
 * @throws {InputError} with all issues: a `length` beyond the bytes, a header or an element that is too long, an odd
 * number of octets in UCS-2, an escape at the end, a national language without tables
 * @example
 * ```ts
 * const { text, header } = unpack({ encoding: 'gsm-7', bytes, length, hasHeader: true });
 * ```
 */
export function unpack(packed: PackedUserData, options: UserDataOptions = {}): UserData {
  const context = new IssueContext();
  if (context.inside('packed').expect(isObject(packed), packed, 'an object')) checkPacked(packed, context);
  if (context.inside('options').expect(isObject(options), options, 'an object'))
    checkOptions(options, context);
  throwIfIssues('unpack', context);

  const { encoding, length } = packed;
  const isPacked = encoding === 'gsm-7' && options.septets !== 'octets';
  const { bytes, start, isReadable } = findText(packed, isPacked, context);
  const header = packed.hasHeader ? readHeader(bytes, context) : {};
  let text = '';
  if (isReadable && encoding === 'ucs-2') text = unpackUnits(bytes, start, context);
  else if (isReadable) {
    if (!isPacked) checkSeptets(bytes, start, context);
    const table = tableOf(header, options, context);
    const septets = isPacked
      ? unpackSeptets(bytes, toSeptetCount(start), length)
      : bytes.subarray(start, length);
    text = decodeSeptets(septets, table, context);
  }
  throwIfIssues('unpack', context);
  return { encoding, text, ...(Object.keys(header).length > 0 && { header }) };
}
