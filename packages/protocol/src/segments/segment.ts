import { septets } from './gsm7.ts';

/** How a text is sent: in septets of the GSM alphabet, or in UTF-16 code units when it has another character. */
export type Encoding = 'gsm-7' | 'ucs-2';

/** A text's size on the air. */
export interface Measure {
  readonly encoding: Encoding;
  /** Septets or UTF-16 code units of the text, without headers. */
  readonly units: number;
  /** How many SMS it takes. */
  readonly parts: number;
  /** Units that still fit without another part. */
  readonly room: number;
}

/** One SMS of a text. */
export interface Part {
  readonly text: string;
  /** Septets or UTF-16 code units of it, without the header. */
  readonly units: number;
}

/** A text cut into SMS. */
export interface Segmentation extends Omit<Measure, 'parts'> {
  readonly parts: readonly Part[];
}

/**
 * Units of an SMS alone, and of one among several. Source: 3GPP TS 23.040, 9.2.3.24.1: 140 octets, of which a header with
 * an 8-bit reference takes 6 (7 septets, 3 code units).
 */
const sizes = { 'gsm-7': [160, 153], 'ucs-2': [70, 67] } as const;

/** Septets of a text, or -1 if a character of it is not in the GSM alphabet. */
function countSeptets(text: string): number {
  const table = septets();
  let units = 0;
  for (let at = 0; at < text.length; at++) {
    const width = table[text.charCodeAt(at)]!;
    if (width === 0) return -1;
    units += width;
  }
  return units;
}

const isHigh = (unit: number): boolean => (unit & 0xfc00) === 0xd800;
const isLow = (unit: number): boolean => (unit & 0xfc00) === 0xdc00;

/** Where a part that starts at `start` ends: before what would not fit, and never inside a pair. */
function endOfPart(text: string, start: number, size: number, encoding: Encoding): number {
  if (encoding === 'ucs-2') {
    const end = Math.min(start + size, text.length);
    return end < text.length && isHigh(text.charCodeAt(end - 1)) && isLow(text.charCodeAt(end)) ? end - 1 : end;
  }
  const table = septets();
  let units = 0;
  let at = start;
  while (at < text.length && (units += table[text.charCodeAt(at)]!) <= size) at++;
  return at;
}

/**
 * A text's size on the air, without cutting it. An empty text has no parts.
 *
 * Lone surrogates count as one code unit each; the request is where they are refused.
 */
export function measure(text: string): Measure {
  const found = countSeptets(text);
  const encoding = found < 0 ? 'ucs-2' : 'gsm-7';
  const units = found < 0 ? text.length : found;
  const [alone, among] = sizes[encoding];
  if (units <= alone) return { encoding, units, parts: units === 0 ? 0 : 1, room: alone - units };
  let parts = 0;
  let start = 0;
  for (let end = 0; end < text.length; parts++) {
    start = end;
    end = endOfPart(text, start, among, encoding);
  }
  const last = text.slice(start);
  return { encoding, units, parts, room: among - (found < 0 ? last.length : countSeptets(last)) };
}

/**
 * Cuts a text into the SMS that it is sent as, as few as there can be: 160 septets alone or 153 among several, 70 or 67
 * code units. Neither an escape nor a surrogate is ever parted from the other half of its pair. An empty text has no
 * parts.
 */
export function segment(text: string): Segmentation {
  const { encoding, units, parts: count, room } = measure(text);
  const size = sizes[encoding][count > 1 ? 1 : 0];
  const parts: Part[] = [];
  for (let start = 0; start < text.length; ) {
    const end = endOfPart(text, start, size, encoding);
    const part = text.slice(start, end);
    parts.push({ text: part, units: encoding === 'ucs-2' ? part.length : countSeptets(part) });
    start = end;
  }
  return { encoding, units, parts, room };
}
