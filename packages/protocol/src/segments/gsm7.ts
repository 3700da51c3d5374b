import type { SeptetTable } from './septets.ts';

/**
 * GSM 7 bit default alphabet; the index is the septet. Septet 0x1B is the escape to the extension table. Its position
 * holds U+001B, a character that GSM-7 cannot encode. Source: 3GPP TS 23.038, 6.2.1.
 */
// prettier-ignore
const basic =
  '@£$¥èéùìòÇ\nØø\rÅå' +
  'Δ_ΦΓΛΩΠΨΣΘΞ\u001bÆæßÉ' +
  ' !"#¤%&\'()*+,-./' +
  '0123456789:;<=>?' +
  '¡ABCDEFGHIJKLMNO' +
  'PQRSTUVWXYZÄÖÑÜ§' +
  '¿abcdefghijklmno' +
  'pqrstuvwxyzäöñüà';

/** Characters of the extension table, each written as an escape and a septet. Source: 3GPP TS 23.038, 6.2.1.1. */
const extended = '\f^{}\\[~]|€';
/** Septets of the extension characters, in the same order. */
// prettier-ignore
const extendedSeptets = [0x0a, 0x14, 0x28, 0x29, 0x2f, 0x3c, 0x3d, 0x3e, 0x40, 0x65];

/**
 * Creates the extension table; the index is the septet after the escape. This is a function, so that a bundle without
 * packing does not contain the table.
 */
const createExtension = (): string =>
  Array.from({ length: 128 }, (_, septet) => extended[extendedSeptets.indexOf(septet)] ?? '\0').join('');

/** The basic and extension tables of GSM-7, which every phone supports. */
export const gsm7: SeptetTable = /* @__PURE__ */ (() => ({ basic, extension: createExtension() }))();

let widths: Uint8Array | undefined;

function createWidths(): Uint8Array {
  // The table has one byte for each code unit, so a look-up takes the same time for every character.
  const table = new Uint8Array(65_536);
  for (const character of basic) table[character.charCodeAt(0)] = 1;
  for (const character of extended) table[character.charCodeAt(0)] = 2;
  table[0x1b] = 0;
  return table;
}

/** Returns the septets of each code unit in GSM-7: 1, 2, or 0 if GSM-7 does not contain it. Created on first use. */
export const gsm7Widths = (): Uint8Array => (widths ??= createWidths());
