import type { Charset } from './charset.ts';
import { singleByte } from './single-byte.ts';

/**
 * The charset windows-1251, the gateway's default. The table starts at byte 0x80. Byte 0x98 is unassigned and maps to
 * U+0098. Source: WHATWG Encoding Standard, index windows-1251.
 */
// prettier-ignore
export const windows1251: Charset = /* @__PURE__ */ singleByte(
  'windows-1251',
  'ЂЃ‚ѓ„…†‡€‰Љ‹ЊЌЋЏ' +
    'ђ‘’“”•–—\u0098™љ›њќћџ' +
    '\u00a0ЎўЈ¤Ґ¦§Ё©Є«¬\u00ad®Ї' +
    '°±Ііґµ¶·ё№є»јЅѕї' +
    'АБВГДЕЖЗИЙКЛМНОП' +
    'РСТУФХЦЧШЩЪЫЬЭЮЯ' +
    'абвгдежзийклмноп' +
    'рстуфхцчшщъыьэюя',
);
