import { utf8 } from '../charsets/utf-8.ts';
import type { Charset } from '../charsets/charset.ts';
import type { Issue } from '../errors.ts';
import { complain, type Field, type Loose } from '../fields.ts';
import type { ParamValue } from '../wire.ts';
import { encodeBinary } from './binary.ts';
import { maxMessage } from './message.ts';
import { checkLine, checkWebAddress } from './text.ts';

/** Ports 2948 (WAP push) and 9200 as a user-data header. Source: the example of the gateway's page; 3GPP TS 23.040, 9.2.3.24.4. */
const ports = '05040B8423F0';

/** `href` with the beginning of the address in it, longest first. Source: WAP-167 Service Indication, 8.3.2. */
const hrefs: readonly (readonly [prefix: string, token: number])[] = [
  ['https://www.', 0x0f],
  ['http://www.', 0x0d],
  ['https://', 0x0e],
  ['http://', 0x0c],
];

/**
 * A Service Indication: transaction id and push header (WAP-230 WSP, 8.2.4.1), then WBXML 1.2 with the public id of
 * SI 1.0 in UTF-8 (WAP-167, 8.3). Byte for byte the example of the gateway's page.
 */
function serviceIndication(url: string, title: string): Uint8Array {
  const [prefix, token] = hrefs.find(([start]) => url.toLowerCase().startsWith(start))!;
  return Uint8Array.from([
    ...[0xdc, 0x06, 0x01, 0xae],
    ...[0x02, 0x05, 0x6a, 0x00],
    ...[0x45, 0xc6, token, 0x03, ...utf8.encode(url.slice(prefix.length)), 0x00, 0x01],
    ...[0x03, ...utf8.encode(title), 0x00, 0x01, 0x01],
  ]);
}

/** The address. In the text form it travels before the title, behind a line break. */
export const url: Field<string> = {
  params: ['mes', 'push', 'bin'],
  check: checkWebAddress,
  encode: (value, input): Record<string, ParamValue> => {
    const title = input['title'] as string;
    if (input['form'] === 'binary') return encodeBinary(serviceIndication(value, title), ports, undefined, 'hex');
    return { mes: `${value}\n${title}`, push: 1 };
  },
};

/** What the phone shows for the address: one line. */
export const title: Field<string> = {
  params: ['mes'],
  check: (value, path, charset: Charset) => checkLine(value, path, charset),
  encode: () => ({}),
};

/** Complains when address and title are too much for the form they were asked in. */
export function checkWapPush({ url, title, form }: Loose): readonly Issue[] {
  if (typeof url !== 'string' || typeof title !== 'string' || !/^https?:\/\//i.test(url)) return [];
  if (form !== 'binary') {
    const length = url.length + 1 + title.length;
    return length > maxMessage ? complain('title', `makes ${length} characters with the address; at most ${maxMessage} fit together`) : [];
  }
  if (utf8.misfits(url + title).length > 0) return [];
  const octets = 1 + ports.length / 2 + serviceIndication(url, title).length;
  return octets > 140 ? complain('title', `makes ${octets} octets with the address; at most 140 fit one message`) : [];
}
