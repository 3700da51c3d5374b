import type { NationalShifts, NationalTables } from './alphabet.ts';
import { lastBoundary } from './graphemes.ts';
import { gsm7Widths } from './gsm7.ts';

/**
 * Encoding of an SMS text: septets of GSM-7, or UTF-16 code units if the text contains a character that GSM-7 does not
 * have.
 */
export type Encoding = 'gsm-7' | 'ucs-2';

/** Options of `measure`, `segment` and the functions that count parts. */
export interface SegmentOptions {
  /**
   * Bits of the concatenation reference, the number that all parts of a text share. Default: 8. With 16, each part holds
   * one septet or one code unit less.
   */
  readonly reference?: 8 | 16 | undefined;
  /**
   * `graphemes` never cuts inside a grapheme, which a reader sees as one character: an emoji family, a flag, a letter
   * with its combining marks. Only a grapheme that is larger than a whole part is cut. `Intl.Segmenter` decides where
   * graphemes end. Default: cut anywhere except inside surrogate pairs and escapes.
   */
  readonly keep?: 'graphemes' | undefined;
  /**
   * National tables that may be used, such as `national('all')`. Default: none, because the gateway does not document
   * that it uses them.
   */
  readonly languages?: NationalTables | undefined;
}

/** Size of a text as SMS. With the option `languages`, it also names the national tables that the text uses. */
export interface Measurement extends NationalShifts {
  /** Encoding that the text needs. */
  readonly encoding: Encoding;
  /** Septets (`gsm-7`) or UTF-16 code units (`ucs-2`) of the text, without headers. */
  readonly units: number;
  /** Number of SMS. */
  readonly parts: number;
  /** Units that still fit into the last part. */
  readonly remaining: number;
  /** Parts added by keeping graphemes whole. Only present with `keep`. */
  readonly addedParts?: number;
}

/** One SMS of a text. */
export interface Part {
  /** Text of this part. */
  readonly text: string;
  /** Septets or UTF-16 code units of this part, without the header. */
  readonly units: number;
}

/** A text cut into SMS. */
export interface Segmentation extends Omit<Measurement, 'parts'> {
  /** The parts, in order. Empty for an empty text. */
  readonly parts: readonly Part[];
}

/** Counts the septets of `text` from `start` to `end`. Returns -1 if the alphabet lacks a character. */
export function countSeptets(text: string, widths: Uint8Array, start: number, end: number): number {
  let units = 0;
  for (let at = start; at < end; at++) {
    const width = widths[text.charCodeAt(at)]!;
    if (width === 0) return -1;
    units += width;
  }
  return units;
}

/**
 * Returns the number of units that fit into one SMS.
 *
 * Source: 3GPP TS 23.040, 9.2.3.24: one SMS has 140 octets. A header has one octet for its length, and the
 * concatenation element takes 5 octets, or 6 with a 16-bit reference (9.2.3.24.1 and 9.2.3.24.8). Septets start at a
 * septet boundary.
 *
 * @param bits bits of a unit
 * @param concatenated `true` for one part of several
 * @param shiftOctets octets of the header that national tables take
 */
export function partCapacity(
  bits: 7 | 16,
  concatenated: boolean,
  shiftOctets: number,
  reference: 8 | 16,
): number {
  const octets = shiftOctets + (concatenated ? 4 + reference / 8 : 0);
  // An empty header is omitted together with its length octet.
  return Math.floor(((octets ? 139 - octets : 140) * 8) / bits);
}

/**
 * Cuts a text into parts that are as long as possible, and appends them to `parts` if `parts` is given. Returns the
 * measurement of the text.
 *
 * Assumes at first that the text is a single GSM-7 part, and starts again if the assumption is wrong. Most texts are
 * therefore read only once.
 */
// eslint-disable-next-line complexity -- hot loop: one pass over the text; a call for each part costs more than its work
function cut(text: string, { reference = 8, keep, languages }: SegmentOptions, parts?: Part[]): Measurement {
  const alphabet = languages?.choose(text, reference, keep);
  const widths = alphabet?.widths ?? gsm7Widths();

  let concatenated = false;
  let isGsm7 = true;
  again: for (;;) {
    const size = partCapacity(isGsm7 ? 7 : 16, concatenated, alphabet?.headerOctets ?? 0, reference);
    let units = 0;
    let count = 0;
    let remaining = size;
    parts?.splice(0);
    for (let start = 0, end = 0; end < text.length; start = end) {
      end = Math.min(start + size, text.length);
      // The text needs several parts, so each of them has less space.
      if (!concatenated && end - start < text.length) {
        concatenated = true;
        continue again;
      }
      let used = isGsm7 ? countSeptets(text, widths, start, end) : 0;
      if (used < 0) {
        isGsm7 = concatenated = false;
        continue again;
      }
      // A part holds at most `size` characters, since each takes at least one septet. So `end` only moves back.
      while (used > size) used -= widths[text.charCodeAt(--end)]!;
      if (!isGsm7 && text.codePointAt(end - 1)! > 0xffff) end--;
      if (keep) {
        const limit = end;
        end = lastBoundary(text, start, end);
        used -= countSeptets(text, widths, end, limit);
      }
      used = isGsm7 ? used : end - start;
      units += used;
      count++;
      remaining = size - used;
      parts?.push({ text: text.slice(start, end), units: used });
    }
    const found: Measurement = { encoding: isGsm7 ? 'gsm-7' : 'ucs-2', units, parts: count, remaining };
    return alphabet || keep
      ? Object.assign(
          found,
          alphabet?.shifts,
          keep && { addedParts: count - cut(text, { reference, languages }).parts },
        )
      : found;
  }
}

/**
 * Measures a text without creating its parts. An empty text has no parts.
 *
 * A lone surrogate counts as one code unit, but requests reject texts that contain one.
 *
 * @example
 * ```ts
 * measure('Ваш код: 4821'); // { encoding: 'ucs-2', units: 13, parts: 1, remaining: 57 }
 * ```
 */
export const measure = (text: string, options: SegmentOptions = {}): Measurement => cut(text, options);

/**
 * Cuts a text into as few SMS as possible. A single SMS holds 160 septets or 70 code units; each of several holds 153
 * septets or 67 code units. Escapes and surrogate pairs are never split. An empty text has no parts.
 *
 * @example
 * ```ts
 * const { encoding, parts } = segment(text);
 * for (const part of parts) console.log(part.units, part.text);
 * ```
 */
export function segment(text: string, options: SegmentOptions = {}): Segmentation {
  const parts: Part[] = [];
  return { ...cut(text, options, parts), parts };
}
