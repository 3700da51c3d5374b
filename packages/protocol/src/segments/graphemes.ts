let segmenter: Intl.Segmenter | undefined;

/**
 * Returns true for U+0020 to U+02FF and U+0370 to U+0482. There is always a grapheme boundary between two such code
 * units, so most texts can be cut without a segmenter.
 */
const standsAlone = (unit: number): boolean =>
  (unit >= 0x20 && unit < 0x300) || (unit >= 0x370 && unit < 0x483);

/**
 * Returns the last grapheme boundary after `start` and not after `end`, or `end` if one grapheme fills the whole range.
 * Inspects only the text from `start` to the character at `end`, so that cutting a text takes linear time.
 */
export function lastBoundary(text: string, start: number, end: number): number {
  if (end === text.length || (standsAlone(text.charCodeAt(end - 1)) && standsAlone(text.charCodeAt(end))))
    return end;
  // `Intl.Segmenter` finds graphemes by default. The rules for graphemes do not depend on the language.
  segmenter ??= new Intl.Segmenter('und');
  // The character at `end` may be a surrogate pair, so the slice includes two more code units.
  const { index } = segmenter.segment(text.slice(start, end + 2)).containing(end - start)!;
  return index > 0 ? start + index : end;
}
