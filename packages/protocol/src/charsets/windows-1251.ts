import type { Charset } from './charset.ts';
import { singleByte } from './single-byte.ts';

/** windows-1251, the gateway's default. Source: WHATWG Encoding Standard, index-windows-1251: place = byte from 0x80 on. 0x98 is no character there and stands for U+0098. */
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
