import { IssueContext, throwIfIssues } from '../../core/issues.ts';
import { isObject } from '../../core/own-members.ts';
import { writeHeader } from './header.ts';
import { checkHeader, maxOctets } from './header-checks.ts';
import { describePositions } from '../positions.ts';
import { packSeptets, toSeptetCount } from './septet-packing.ts';
import { findUnencodable, toSeptets } from '../septets.ts';
import {
  checkEncoding,
  checkOptions,
  type PackedUserData,
  tableOf,
  type UserData,
  type UserDataOptions,
} from './user-data.ts';

const maxSeptets = 160;

/** Size of a text, and the space that is available for it. */
interface TextSize {
  readonly units: number;
  /** Units that fit after the header. */
  readonly room: number;
  readonly unit: 'code units' | 'septets';
}

/** Adds an issue if a text does not fit after its header. */
function checkSize({ units, room, unit }: TextSize, hasHeader: boolean, context: IssueContext): void {
  if (units > room)
    context
      .inside('text')
      .addIssue(`takes ${units} ${unit}, but only ${room} fit${hasHeader ? ' after the header' : ''}`);
}

/**
 * Writes a text after a header, two octets for each code unit, high octet first. Lone surrogates are written unchanged.
 */
function packUnits(text: string, header: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(header.length + 2 * text.length);
  bytes.set(header);
  for (let at = 0, end = header.length; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    bytes[end++] = unit >> 8;
    bytes[end++] = unit & 0xff;
  }
  return bytes;
}

function concatenate(header: Uint8Array, septets: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(header.length + septets.length);
  bytes.set(header);
  bytes.set(septets, header.length);
  return bytes;
}

/** Packs user data whose header is valid. Adds an issue if the text cannot be packed. */
export function packText(
  { encoding, text, header = {} }: UserData,
  options: UserDataOptions,
  context: IssueContext,
): PackedUserData {
  const written = writeHeader(header);
  const hasHeader = written.length > 1;
  const before = hasHeader ? written : written.subarray(1);
  if (encoding === 'ucs-2') {
    const room = Math.floor((maxOctets - before.length) / 2);
    checkSize({ units: text.length, room, unit: 'code units' }, hasHeader, context);
    const bytes = packUnits(text.length > room ? '' : text, before);
    return { encoding, bytes, length: bytes.length, hasHeader };
  }
  const table = tableOf(header, options, context);
  const { septets, isComplete } = toSeptets(text, table);
  if (!isComplete) {
    const unencodable = findUnencodable(text, table);
    context
      .inside('text')
      .addIssue(`contains characters that the alphabet lacks, ${describePositions(unencodable)}`);
  }
  const room = maxSeptets - toSeptetCount(before.length);
  checkSize({ units: septets.length, room, unit: 'septets' }, hasHeader, context);
  const isPacked = options.septets !== 'octets';
  const bytes = isPacked ? packSeptets(septets, before) : concatenate(before, septets);
  return {
    encoding,
    bytes,
    length: isPacked ? toSeptetCount(before.length) + septets.length : bytes.length,
    hasHeader,
  };
}

/**
 * Packs a text and its header into the bytes of one SMS (TP-User-Data).
 *
 * The limit is 140 octets of packed user data, also with `septets: 'octets'`. If seven bits at the end are unused, they
 * are 0. Receivers do not read these bits as `@`, since `length` gives the number of septets.
 *
 * @throws {InputError} with all issues: characters that the alphabet lacks, with their positions; a text that is too
 * long; a number in the header that is out of range; a national language without tables
 * @example
 * ```ts
 * pack({ encoding: 'gsm-7', text: 'hello' }).bytes; // e8 32 9b fd 06
 * ```
 */
export function pack(userData: UserData, options: UserDataOptions = {}): PackedUserData {
  const context = new IssueContext();
  context.inside('userData').expect(isObject(userData), userData, 'an object');
  context.inside('options').expect(isObject(options), options, 'an object');
  throwIfIssues('pack', context);
  const { encoding, text, header = {} } = userData;
  checkEncoding(encoding, context);
  context.inside('text').expect(typeof text === 'string', text, 'a string');
  checkOptions(options, context);
  const isReadable = context.issues.length === 0;
  const hasGoodHeader = checkHeader(header, context.inside('header'));
  // Checks the text even if the header is invalid, unless the text needs the tables that the header selects.
  const needsTables = isObject(header) && ('locking' in header || 'single' in header);
  const packed =
    isReadable && (hasGoodHeader || !needsTables)
      ? packText({ encoding, text, header: hasGoodHeader ? header : {} }, options, context)
      : undefined;
  throwIfIssues('pack', context);
  return packed!;
}
