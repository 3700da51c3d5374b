import { type Charset, koi8r, utf8, windows1251 } from '@smsc/protocol';
import { percentDecode } from './percent.ts';

/**
 * Finds a charset by the value of the parameter `charset`. An empty name means windows-1251, as the gateway's page says.
 * Returns `undefined` for a charset that the gateway does not support.
 */
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

function isAscii(bytes: Uint8Array): boolean {
  for (const byte of bytes) if (byte > 0x7f) return false;
  return true;
}

/** Decodes bytes. Most parameters are ASCII and are decoded without a table. */
export const decodeText = (bytes: Uint8Array, charset: Charset): string =>
  isAscii(bytes)
    ? Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1')
    : charset.decode(bytes);

/** Encodes text. Assumption: the gateway writes characters that the charset lacks as `?`. */
export function encodeText(text: string, charset: Charset): Uint8Array {
  if (/^[\x00-\x7f]*$/.test(text)) return Buffer.from(text, 'latin1');
  let encodable = '';
  let from = 0;
  for (const { index, character } of charset.unencodable(text)) {
    encodable += `${text.slice(from, index)}?`;
    from = index + character.length;
  }
  return percentDecode(charset.percent(encodable + text.slice(from)));
}
