/*
 * Splits texts into SMS. This code follows the gateway's page and the standard and is independent of @smsc/protocol. If the
 * two differ, one of them has an error.
 */

/** Basic character set, without ESC, which is not a character. Source: 3GPP TS 23.038, section 6.2.1. */
const basicSet =
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà';
/**
 * Extension table. Each character takes two septets: ESC and the septet of the character. Source: 3GPP TS 23.038, section
 * 6.2.1.1.
 */
const extensionTable = '\f^{}\\[~]|€';

const septets = new Map<string, number>([
  ...Array.from(basicSet, (c) => [c, 1] as const),
  ...Array.from(extensionTable, (c) => [c, 2] as const),
]);

/** Maximum length of a single SMS, and of each part of a longer text. Source: the gateway's page. */
const capacity = { gsm7: { single: 160, part: 153 }, ucs2: { single: 70, part: 67 } } as const;

/** Text split into SMS. */
export interface TextParts {
  readonly encoding: 'gsm7' | 'ucs2';
  /** Length in septets or 16-bit units. */
  readonly length: number;
  readonly texts: readonly string[];
}

/** Characters of a text with their sizes in septets or 16-bit units. No character may be split. */
interface EncodedCharacters {
  readonly encoding: 'gsm7' | 'ucs2';
  readonly sizes: readonly (readonly [character: string, size: number])[];
}

function encodeCharacters(text: string): EncodedCharacters {
  const gsm7: (readonly [string, number])[] = [];
  for (const character of text) {
    const size = septets.get(character);
    if (size === undefined)
      return { encoding: 'ucs2', sizes: Array.from(text, (c) => [c, c.length] as const) };
    gsm7.push([character, size]);
  }
  return { encoding: 'gsm7', sizes: gsm7 };
}

/** Splits a text into SMS. Parts are as long as possible and never end inside a surrogate pair or after an ESC. */
export function splitIntoParts(text: string): TextParts {
  const { encoding, sizes } = encodeCharacters(text);
  const { single, part: partCapacity } = capacity[encoding];
  const length = sizes.reduce((sum, [, size]) => sum + size, 0);
  if (length <= single) return { encoding, length, texts: [text] };
  const texts: string[] = [];
  let part = '';
  let used = 0;
  for (const [character, size] of sizes) {
    if (used + size > partCapacity) {
      texts.push(part);
      part = '';
      used = 0;
    }
    part += character;
    used += size;
  }
  return { encoding, length, texts: [...texts, part] };
}

/**
 * Truncates a text to a maximum number of SMS, the parameter `maxsms`. A single SMS has more room than a part of a longer
 * text, so a text that is truncated to one SMS has up to 160 septets or 70 units.
 */
export function limitParts(text: string, most: number): string {
  const parts = splitIntoParts(text);
  if (parts.texts.length <= most) return text;
  if (most > 1) return parts.texts.slice(0, most).join('');
  const { encoding, sizes } = encodeCharacters(text);
  let kept = '';
  let used = 0;
  for (const [character, size] of sizes) {
    used += size;
    if (used > capacity[encoding].single) break;
    kept += character;
  }
  return kept;
}
