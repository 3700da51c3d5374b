/*
 * How many SMS a text becomes. Written from the gateway's page and the standard, apart from @smsc/protocol on purpose:
 * where the two disagree, one of them is wrong.
 */

/** 3GPP TS 23.038, 6.2.1: the basic alphabet, without ESC, which is no character. */
const basic =
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà';
/** 3GPP TS 23.038, 6.2.1.1: the extension table. Each takes two septets, ESC before it. */
const extension = '\f^{}\\[~]|€';

const septets = new Map<string, number>([
  ...Array.from(basic, (c) => [c, 1] as const),
  ...Array.from(extension, (c) => [c, 2] as const),
]);

/** Length alone, and of each of several parts. «160 Latin or 70 Cyrillic; 153 and 67 when cut», says the page. */
const room = { gsm7: { alone: 160, each: 153 }, ucs2: { alone: 70, each: 67 } } as const;

/** A text as SMS. */
export interface TextParts {
  readonly encoding: 'gsm7' | 'ucs2';
  /** Septets, or 16-bit units. */
  readonly length: number;
  readonly texts: readonly string[];
}

/** What may not be cut, with its size: a character of one or two septets, or a code point of one or two units. */
function atoms(text: string): {
  readonly encoding: 'gsm7' | 'ucs2';
  readonly sizes: readonly (readonly [atom: string, size: number])[];
} {
  const gsm7: (readonly [string, number])[] = [];
  for (const character of text) {
    const size = septets.get(character);
    if (size === undefined)
      return { encoding: 'ucs2', sizes: Array.from(text, (c) => [c, c.length] as const) };
    gsm7.push([character, size]);
  }
  return { encoding: 'gsm7', sizes: gsm7 };
}

/** Cuts a text into SMS: greedily, and never through a surrogate pair or behind an ESC. */
export function splitIntoParts(text: string): TextParts {
  const { encoding, sizes } = atoms(text);
  const { alone, each } = room[encoding];
  const length = sizes.reduce((sum, [, size]) => sum + size, 0);
  if (length <= alone) return { encoding, length, texts: [text] };
  const texts: string[] = [];
  let part = '';
  let used = 0;
  for (const [atom, size] of sizes) {
    if (used + size > each) {
      texts.push(part);
      part = '';
      used = 0;
    }
    part += atom;
    used += size;
  }
  return { encoding, length, texts: [...texts, part] };
}

/**
 * `maxsms`: the beginning of a text that fits into so many SMS. One SMS alone holds more than one of several, so a text
 * cut to one has 160 or 70.
 */
export function limitParts(text: string, most: number): string {
  const parts = splitIntoParts(text);
  if (parts.texts.length <= most) return text;
  if (most > 1) return parts.texts.slice(0, most).join('');
  const { encoding, sizes } = atoms(text);
  let kept = '';
  let used = 0;
  for (const [atom, size] of sizes) {
    used += size;
    if (used > room[encoding].alone) break;
    kept += atom;
  }
  return kept;
}
