import { InputError } from '../core/errors.ts';
import { lastBoundary } from './graphemes.ts';
import { gsm7Widths } from './gsm7.ts';
import { countSeptets, measure, segment, type SegmentOptions, partCapacity } from './segment.ts';

/** No part has more code units. */
const longestPart = 160;

/** The beginning of a text that fits into one SMS, which holds more than one among several. */
function firstAlone(
  text: string,
  isLatin: boolean,
  { reference = 8, keep, languages }: SegmentOptions,
): string {
  const alphabet = languages?.choose(text, reference, keep);
  const widths = alphabet?.widths ?? gsm7Widths();
  const size = partCapacity(isLatin ? 7 : 16, false, alphabet?.headerOctets ?? 0, reference);
  let end = Math.min(size, text.length);
  if (isLatin)
    for (let units = countSeptets(text, widths, 0, end); units > size;)
      units -= widths[text.charCodeAt(--end)]!;
  else if (text.codePointAt(end - 1)! > 0xffff) end--;
  return text.slice(0, keep ? lastBoundary(text, 0, end) : end);
}

/**
 * What `maxParts` (`maxsms`) would leave of a text: its beginning, as much as fits into so many SMS. A text that is cut to
 * one has 160 septets or 70 code units, not 153 or 67.
 *
 * How the gateway cuts is not documented. Assumed: between characters, in the encoding that the whole text needs, so that
 * what is left can be Latin and still be cut as if it were not.
 *
 * @param maxParts 1 to 255
 * @throws {InputError} for another number
 */
export function truncate(text: string, maxParts: number, options: SegmentOptions = {}): string {
  if (!Number.isInteger(maxParts) || maxParts < 1 || maxParts > 255)
    throw new InputError('truncate', [
      { path: 'maxParts', message: 'expected a whole number from 1 to 255' },
    ]);
  const { reference = 8, keep, languages } = options;
  // The alphabet of the whole text is kept, though its beginning may not need it, and only the beginning is cut.
  const alphabet = languages?.choose(text, reference, keep);
  const chosen: SegmentOptions = { ...options, languages: alphabet && { choose: () => alphabet } };
  const isLatin = measure(text, { reference, languages: chosen.languages }).encoding === 'gsm-7';
  const enough = (maxParts + 1) * longestPart;
  const beginning = text.length > enough ? text.slice(0, enough) + (isLatin ? '' : '\u0416') : text;
  const { parts } = segment(beginning, chosen);
  if (parts.length <= maxParts) return text;
  if (maxParts === 1) return firstAlone(beginning, isLatin, chosen);
  return text.slice(
    0,
    parts.slice(0, maxParts).reduce((length, part) => length + part.text.length, 0),
  );
}
