import { IssueContext, throwIfIssues } from '../../core/issues.ts';
import { checkHeader } from './header-checks.ts';
import { elementsOf, readElement } from './header-elements.ts';
import type { HeaderElement, UserDataHeader } from './user-data-header.ts';

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
export function readHeader(bytes: Uint8Array, context: IssueContext): UserDataHeader {
  const [octets] = bytes;
  const header: { -readonly [Member in keyof UserDataHeader]: UserDataHeader[Member] } = {};
  if (octets === undefined) context.inside('bytes').addIssue('has no octet that says how long its header is');
  else if (octets >= bytes.length)
    context
      .inside('bytes[0]')
      .addIssue(`says that the header has ${octets} octets; ${bytes.length - 1} follow`);
  else {
    const others: HeaderElement[] = [];
    for (let at = 1; at <= octets;) {
      const [id, length] = bytes.subarray(at, octets + 1);
      const left = octets - at - 1;
      if (length === undefined || length > left) {
        context
          .inside(`bytes[${at}]`)
          .addIssue(
            length === undefined
              ? 'begins an element, and the header ends there'
              : `begins an element of ${length} octets; the header has ${left} left`,
          );
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
  const context = new IssueContext();
  checkHeader(header, context);
  throwIfIssues('packHeader', context);
  return writeHeader(header);
}

/**
 * The user-data header at the beginning of bytes, whose first octet says how long it is (UDHL). What follows it is not
 * looked at. Of two elements that say the same or contradict each other, the last one counts, says the standard.
 *
 * @throws {InputError} when it is longer than the bytes, or an element is longer than what is left of it
 */
export function unpackHeader(bytes: Uint8Array): UserDataHeader {
  const context = new IssueContext();
  const header = context.inside('bytes').expect(bytes instanceof Uint8Array, bytes, 'bytes')
    ? readHeader(bytes, context)
    : {};
  throwIfIssues('unpackHeader', context);
  return header;
}
