import { IssueContext, throwIfIssues } from '../../core/issues.ts';
import { isObject } from '../../core/own-members.ts';
import { writeHeader } from './header.ts';
import { checkHeader, maxOctets } from './header-checks.ts';
import { describePositions } from '../advice/positions.ts';
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

/** Complains of a text that is larger than what its header leaves. */
function checkSize(
  units: number,
  room: number,
  what: string,
  header: Uint8Array,
  context: IssueContext,
): void {
  if (units > room)
    context
      .inside('text')
      .addIssue(`makes ${units} ${what}; ${room} fit${header.length > 0 ? ' behind the header' : ''}`);
}

/** In octets of two each, the high one first. A surrogate without the other half of its pair is written as it is. */
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

function joined(header: Uint8Array, septets: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(header.length + septets.length);
  bytes.set(header);
  bytes.set(septets, header.length);
  return bytes;
}

/** What a message says of its user data, or complaints. The header has been checked. */
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
    checkSize(text.length, room, 'code units', before, context);
    const bytes = packUnits(text.length > room ? '' : text, before);
    return { encoding, bytes, length: bytes.length, hasHeader };
  }
  const table = tableOf(header, options, context);
  const { septets, isWhole } = toSeptets(text, table);
  if (!isWhole) {
    const unencodable = findUnencodable(text, table);
    context
      .inside('text')
      .addIssue(`has characters that the alphabet lacks, ${describePositions(unencodable)}`);
  }
  checkSize(septets.length, maxSeptets - toSeptetCount(before.length), 'septets', before, context);
  const isPacked = options.septets !== 'octets';
  const bytes = isPacked ? packSeptets(septets, before) : joined(before, septets);
  return {
    encoding,
    bytes,
    length: isPacked ? toSeptetCount(before.length) + septets.length : bytes.length,
    hasHeader,
  };
}

/**
 * A text and its header as the bytes of one SMS (TP-User-Data).
 *
 * What does not fit 140 octets on the air is refused, also where its septets are written in an octet each. Seven bits that
 * are left over are 0 and no `@`, since `length` says how many septets there are.
 *
 * @throws {InputError} with every complaint: characters that the alphabet lacks, and where; too long a text; a number in
 * the header that is out of range; a national language whose tables are not there
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
  // A text is looked at even behind a header that is wrong, so that both are complained of at once; not if it needs its tables.
  const needsTables = isObject(header) && ('locking' in header || 'single' in header);
  const packed =
    isReadable && (hasGoodHeader || !needsTables)
      ? packText({ encoding, text, header: hasGoodHeader ? header : {} }, options, context)
      : undefined;
  throwIfIssues('pack', context);
  return packed!;
}
