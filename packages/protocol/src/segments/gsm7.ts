import type { SeptetTable } from './septets.ts';

/**
 * 3GPP TS 23.038, 6.2.1, GSM 7 bit default alphabet: place = septet. Septet 0x1B is the escape to the extension table and
 * stands here as U+001B, which no text counts as.
 */
const basic =
  '@£$¥èéùìòÇ\nØø\rÅå' +
  'Δ_ΦΓΛΩΠΨΣΘΞ\u001bÆæßÉ' +
  ' !"#¤%&\'()*+,-./' +
  '0123456789:;<=>?' +
  '¡ABCDEFGHIJKLMNO' +
  'PQRSTUVWXYZÄÖÑÜ§' +
  '¿abcdefghijklmno' +
  'pqrstuvwxyzäöñüà';

/** 3GPP TS 23.038, 6.2.1.1, extension table: characters that take an escape and a septet. */
const extended = '\f^{}\\[~]|€';
/** The septet of each of them behind the escape. */
const places = [0x0a, 0x14, 0x28, 0x29, 0x2f, 0x3c, 0x3d, 0x3e, 0x40, 0x65];

/** Place = septet behind the escape. Made by a function, so that whoever only counts has none of it. */
const makeExtension = (): string =>
  Array.from({ length: 128 }, (_, septet) => extended[places.indexOf(septet)] ?? '\0').join('');

/** The tables that every phone has. */
export const gsm7: SeptetTable = /* @__PURE__ */ (() => ({ basic, extension: makeExtension() }))();

let widths: Uint8Array | undefined;

function makeWidths(): Uint8Array {
  // A byte for each code unit: a look-up costs the same for every text, and a character that is not there is 0.
  const table = new Uint8Array(65_536);
  for (const character of basic) table[character.charCodeAt(0)] = 1;
  for (const character of extended) table[character.charCodeAt(0)] = 2;
  table[0x1b] = 0;
  return table;
}

/** Septets of each code unit in GSM-7, and 0 where there is none. Made when first asked for. */
export const gsm7Widths = (): Uint8Array => (widths ??= makeWidths());
