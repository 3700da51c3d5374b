import { IssueContext, throwIfIssues } from '../../core/issues.ts';
import { checkHeader } from './header-checks.ts';
import { elementsOf, readElement } from './header-elements.ts';
import type { HeaderElement, UserDataHeader } from './user-data-header.ts';

/** Writes a header that `checkHeader` has accepted. */
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

/** Reads the header at the start of bytes. Adds an issue for each error in it. */
export function readHeader(bytes: Uint8Array, context: IssueContext): UserDataHeader {
  const [octets] = bytes;
  const header: { -readonly [Member in keyof UserDataHeader]: UserDataHeader[Member] } = {};
  if (octets === undefined)
    context.inside('bytes').addIssue('expected the length octet of a header, got no bytes');
  else if (octets >= bytes.length)
    context
      .inside('bytes[0]')
      .addIssue(`announces a header of ${octets} octets, but only ${bytes.length - 1} follow`);
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
              ? 'starts an element without a length; the header ends there'
              : `starts an element of ${length} octets, but the header has only ${left} left`,
          );
        break;
      }
      // Copies the data, since the caller may reuse the buffer of `bytes`.
      const element = { id: id!, data: new Uint8Array(bytes.subarray(at + 2, at + 2 + length)) };
      const members = readElement(element);
      if (members) Object.assign(header, members);
      else others.push(element);
      at += 2 + length;
    }
    if (others.length > 0) header.others = others;
  }
  return header;
}

/**
 * Writes a user data header, starting with its length octet (UDHL). The gateway expects `udh` without that octet:
 * `packHeader(header).subarray(1)`.
 *
 * @throws {InputError} with all issues: a number out of range, more than 140 octets
 * @example
 * ```ts
 * packHeader({ ports: { destination: 2948, source: 9200, bits: 16 } });
 * ```
 */
export function packHeader(header: UserDataHeader): Uint8Array {
  const context = new IssueContext();
  checkHeader(header, context);
  throwIfIssues('packHeader', context);
  return writeHeader(header);
}

/**
 * Reads the user data header at the start of bytes, including its length octet (UDHL). Ignores the bytes after it. If
 * an element occurs twice, the last occurrence counts. Source: 3GPP TS 23.040, 9.2.3.24.
 *
 * @throws {InputError} if the header is longer than the bytes, or an element is longer than the rest of the header
 * @example
 * ```ts
 * const { concatenation } = unpackHeader(bytes);
 * ```
 */
export function unpackHeader(bytes: Uint8Array): UserDataHeader {
  const context = new IssueContext();
  const header = context.inside('bytes').expect(bytes instanceof Uint8Array, bytes, 'a Uint8Array')
    ? readHeader(bytes, context)
    : {};
  throwIfIssues('unpackHeader', context);
  return header;
}
