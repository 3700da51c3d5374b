import type { NationalTables, NationalShifts } from './alphabet.ts';
import { lastBoundary } from './graphemes.ts';
import { gsm7Widths } from './gsm7.ts';

/** How a text is sent: in septets of the GSM alphabet, or in UTF-16 code units when it has another character. */
export type Encoding = 'gsm-7' | 'ucs-2';

/** How a text is cut. */
export interface SegmentOptions {
  /** Bits of the number that holds the parts together. Default: 8. With 16 a part has one septet or one code unit less. */
  readonly reference?: 8 | 16 | undefined;
  /**
   * `graphemes` never cuts what a reader sees as one character: a family of emoji, a flag, a letter with its marks. Only
   * one that is larger than a whole part is cut. `Intl.Segmenter` says what is one.
   */
  readonly keep?: 'graphemes' | undefined;
  /** National tables that may be used, such as `national('all')`. Default: none, since the gateway does not say that it uses them. */
  readonly languages?: NationalTables | undefined;
}

/** A text's size on the air. With `languages`, also whose national tables are used, if any are. */
export interface Measurement extends NationalShifts {
  readonly encoding: Encoding;
  /** Septets or UTF-16 code units of the text, without headers. */
  readonly units: number;
  /** How many SMS it takes. */
  readonly parts: number;
  /** Units that still fit without another part. */
  readonly room: number;
  /** Only with `keep`: how many parts more this takes than cutting anywhere would. */
  readonly addedParts?: number;
}

/** One SMS of a text. */
export interface Part {
  readonly text: string;
  /** Septets or UTF-16 code units of it, without the header. */
  readonly units: number;
}

/** A text cut into SMS. */
export interface Segmentation extends Omit<Measurement, 'parts'> {
  readonly parts: readonly Part[];
}

/** Septets of a text from one place to another, or -1 if the alphabet lacks a character of it. */
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
 * Units of an SMS alone, or of one among several, whose national tables take so many octets of its header.
 *
 * Source: 3GPP TS 23.040, 9.2.3.24: 140 octets in all; a header has one for its length, and the number that holds the
 * parts together takes 5 or 6 (9.2.3.24.1 and 8). Septets begin at a septet's boundary.
 */
export function partCapacity(bits: 7 | 16, among: boolean, shiftOctets: number, reference: 8 | 16): number {
  const octets = shiftOctets + (among ? 4 + reference / 8 : 0);
  // A header that would be empty is not there, nor is the octet of its length.
  return Math.floor(((octets ? 139 - octets : 140) * 8) / bits);
}

/** Cuts off part after part, each as long as it can be, and puts them into `parts` if it is there. What is known of the text, with its parts as a number. */
function cut(text: string, { reference = 8, keep, languages }: SegmentOptions, parts?: Part[]): Measurement {
  const alphabet = languages?.choose(text, reference, keep);
  const widths = alphabet?.widths ?? gsm7Widths();

  let among = false;
  let isLatin = true;
  again: for (;;) {
    const size = partCapacity(isLatin ? 7 : 16, among, alphabet?.headerOctets ?? 0, reference);
    let units = 0;
    let count = 0;
    let room = size;
    parts?.splice(0);
    for (let start = 0, end = 0; end < text.length; start = end) {
      end = Math.min(start + size, text.length);
      // It does not fit into one, so it has less room in each.
      if (!among && end - start < text.length) {
        among = true;
        continue again;
      }
      let used = isLatin ? countSeptets(text, widths, start, end) : 0;
      if (used < 0) {
        isLatin = among = false;
        continue again;
      }
      // No character takes less than a septet, so what was taken is too much at most.
      while (used > size) used -= widths[text.charCodeAt(--end)]!;
      if (!isLatin && text.codePointAt(end - 1)! > 0xffff) end--;
      if (keep) {
        const most = end;
        end = lastBoundary(text, start, end);
        used -= countSeptets(text, widths, end, most);
      }
      used = isLatin ? used : end - start;
      units += used;
      count++;
      room = size - used;
      parts?.push({ text: text.slice(start, end), units: used });
    }
    const found: Measurement = { encoding: isLatin ? 'gsm-7' : 'ucs-2', units, parts: count, room };
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
 * A text's size on the air, without cutting it. An empty text has no parts.
 *
 * Lone surrogates count as one code unit each; the request is where they are refused.
 */
export const measure = (text: string, options: SegmentOptions = {}): Measurement => cut(text, options);

/**
 * Cuts a text into the SMS that it is sent as, as few as there can be: 160 septets alone or 153 among several, 70 or 67
 * code units. Neither an escape nor a surrogate is ever parted from the other half of its pair. An empty text has no
 * parts.
 */
export function segment(text: string, options: SegmentOptions = {}): Segmentation {
  const parts: Part[] = [];
  return { ...cut(text, options, parts), parts };
}
