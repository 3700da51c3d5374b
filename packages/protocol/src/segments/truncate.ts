import { InputError } from '../core/errors.ts';
import { lastBoundary } from './graphemes.ts';
import { gsm7Widths } from './gsm7.ts';
import { countSeptets, measure, partCapacity, segment, type SegmentOptions } from './segment.ts';

/** Maximum number of code units in one part. */
const maxPartLength = 160;

/**
 * Returns as much of the beginning of a text as fits into a single SMS. A single SMS holds more than one part of a
 * longer text.
 */
function firstSinglePart(
  text: string,
  isGsm7: boolean,
  { reference = 8, keep, languages }: SegmentOptions,
): string {
  const alphabet = languages?.choose(text, reference, keep);
  const widths = alphabet?.widths ?? gsm7Widths();
  const size = partCapacity(isGsm7 ? 7 : 16, false, alphabet?.headerOctets ?? 0, reference);
  let end = Math.min(size, text.length);
  if (isGsm7) {
    let units = countSeptets(text, widths, 0, end);
    while (units > size) units -= widths[text.charCodeAt(--end)]!;
  } else if (text.codePointAt(end - 1)! > 0xffff) end--;
  return text.slice(0, keep ? lastBoundary(text, 0, end) : end);
}

/**
 * Returns the beginning of a text that the gateway would send with the option `maxParts` (`maxsms`). A text cut to one
 * part keeps 160 septets or 70 code units, not 153 or 67.
 *
 * The gateway does not document how it cuts. Assumption: between characters, in the encoding that the whole text needs.
 * The result can therefore consist of GSM-7 characters only and still be cut as UCS-2.
 *
 * @param maxParts 1 to 255
 * @throws {InputError} if `maxParts` is not a whole number from 1 to 255
 * @example
 * ```ts
 * truncate('x'.repeat(500), 2).length; // 306
 * ```
 */
export function truncate(text: string, maxParts: number, options: SegmentOptions = {}): string {
  if (!Number.isInteger(maxParts) || maxParts < 1 || maxParts > 255)
    throw new InputError('truncate', [
      { path: 'maxParts', message: 'expected a whole number from 1 to 255' },
    ]);
  const { reference = 8, keep, languages } = options;
  // Chooses the alphabet for the whole text, even if the beginning does not need that alphabet. Cuts only the
  // beginning.
  const alphabet = languages?.choose(text, reference, keep);
  const chosen: SegmentOptions = { ...options, languages: alphabet && { choose: () => alphabet } };
  const isGsm7 = measure(text, { reference, languages: chosen.languages }).encoding === 'gsm-7';
  const maxLength = (maxParts + 1) * maxPartLength;
  // The Cyrillic letter keeps the shortened text in UCS-2.
  const beginning = text.length > maxLength ? text.slice(0, maxLength) + (isGsm7 ? '' : '\u0416') : text;
  const { parts } = segment(beginning, chosen);
  if (parts.length <= maxParts) return text;
  if (maxParts === 1) return firstSinglePart(beginning, isGsm7, chosen);
  return text.slice(
    0,
    parts.slice(0, maxParts).reduce((length, part) => length + part.text.length, 0),
  );
}
