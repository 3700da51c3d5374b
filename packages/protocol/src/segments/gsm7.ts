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
const extension = '\f^{}\\[~]|€';

let widths: Uint8Array | undefined;

function makeWidths(): Uint8Array {
  // A byte for each code unit: a look-up costs the same for every text, and a character that is not there is 0.
  const table = new Uint8Array(65_536);
  for (const character of basic) table[character.charCodeAt(0)] = 1;
  for (const character of extension) table[character.charCodeAt(0)] = 2;
  table[0x1b] = 0;
  return table;
}

/** Septets of each code unit in GSM-7, and 0 where there is none. Made when first asked for. */
export const septets = (): Uint8Array => (widths ??= makeWidths());
