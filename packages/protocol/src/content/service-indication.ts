import { encode } from '../charsets/encode.ts';
import { utf8 } from '../charsets/utf-8.ts';
import { IssueContext, throwIfIssues } from '../core/issues.ts';
import { maxOctets } from '../params/binary.ts';
import { checkLine, checkWebAddress } from '../params/text.ts';

/**
 * Service indication (the standard's term for a WAP push): header and data of the binary message that a phone receives.
 */
export interface ServiceIndication {
  /** Ports 2948 (WAP push) and 9200 as a user-data header. Source: 3GPP TS 23.040, 9.2.3.24.4. */
  readonly udh: string;
  /** WSP header and the encoded service indication. */
  readonly data: Uint8Array;
}

/** Application ports, 16 bit: destination 0x0B84, source 0x23F0. Source: the example of the gateway's page. */
const ports = '05040B8423F0';

/**
 * Tokens that replace a prefix of the URL in `href`, longest prefix first. Source: WAP-167 Service Indication, 8.3.2.
 */
const hrefs: readonly (readonly [prefix: string, token: number])[] = [
  ['https://www.', 0x0f],
  ['http://www.', 0x0d],
  ['https://', 0x0e],
  ['http://', 0x0c],
];

/**
 * Encodes a WAP push as a binary message. The encoding is the same as in the example on the gateway's page. With the
 * kind `wap-push`, the gateway does the encoding instead.
 *
 * @throws {InputError} if `url` is not an http or https URL, if `title` is invalid, or if the result exceeds the 140
 *   octets of one message
 *
 * @example
 * ```ts
 * await smsc.send({ kind: 'binary', to: '380501234567', ...serviceIndication({ url, title }) });
 * ```
 */
export function serviceIndication({
  url,
  title,
}: {
  readonly url: string;
  readonly title: string;
}): ServiceIndication {
  const at = new IssueContext(utf8);
  checkWebAddress(url, at.inside('url'));
  checkLine(title, at.inside('title'));
  throwIfIssues('serviceIndication', at);
  const [prefix, token] = hrefs.find(([start]) => url.toLowerCase().startsWith(start))!;
  const data = Uint8Array.from([
    // Transaction id, and the WSP push header of a service indication. Source: WAP-230 WSP, 8.2.4.1.
    ...[0xdc, 0x06, 0x01, 0xae],
    // WBXML 1.2, public id of SI 1.0, UTF-8, no string table. Source: WAP-167, 8.2 and 8.3.
    ...[0x02, 0x05, 0x6a, 0x00],
    ...[0x45, 0xc6, token, 0x03, ...encode(url.slice(prefix.length), utf8), 0x00, 0x01],
    ...[0x03, ...encode(title, utf8), 0x00, 0x01, 0x01],
  ]);
  const octets = 1 + ports.length / 2 + data.length;
  if (octets > maxOctets)
    at.inside('title').addIssue(`takes ${octets} octets with the URL; at most ${maxOctets} fit`);
  throwIfIssues('serviceIndication', at);
  return { udh: ports, data };
}
