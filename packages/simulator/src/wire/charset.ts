import { type Charset, koi8r, utf8, windows1251 } from '@smsc/protocol';
import { percentDecode } from './percent.ts';

/** The charset of a name. Without one windows-1251, as the gateway's page says; `undefined` for one that it lacks. */
export function charsetOf(name: string): Charset | undefined {
  switch (name.toLowerCase()) {
    case '':
    case 'windows-1251':
      return windows1251;
    case 'utf-8':
      return utf8;
    case 'koi8-r':
      return koi8r;
    default:
      return undefined;
  }
}

/** Whether bytes are the same text in all three charsets. */
export function isAscii(bytes: Uint8Array): boolean {
  for (const byte of bytes) if (byte > 0x7f) return false;
  return true;
}

/** Bytes to text. ASCII, which most parameters are, needs no table. */
export const decodeText = (bytes: Uint8Array, charset: Charset): string =>
  isAscii(bytes)
    ? Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1')
    : charset.decode(bytes);

/** Text to bytes, with `?` for every character that the charset lacks. That the gateway does so is assumed. */
export function encodeText(text: string, charset: Charset): Uint8Array {
  if (/^[\x00-\x7f]*$/.test(text)) return Buffer.from(text, 'latin1');
  let fitting = '';
  let from = 0;
  for (const { index, character } of charset.unencodable(text)) {
    fitting += `${text.slice(from, index)}?`;
    from = index + character.length;
  }
  return percentDecode(charset.percent(fitting + text.slice(from)));
}
