let segmenter: Intl.Segmenter | undefined;

/**
 * Returns true if a code unit always has a grapheme boundary on both sides: U+0020 to U+02FF and U+0370 to U+0482. None
 * of these combines with a neighbor of the same ranges. Most texts can be cut between two of them.
 */
const standsAlone = (unit: number): boolean =>
  (unit >= 0x20 && unit < 0x300) || (unit >= 0x370 && unit < 0x483);

/**
 * Returns the last grapheme boundary after `start` and not after `end`, or `end` if one grapheme fills the whole range.
 * It inspects only the text between the two, so cutting a text stays linear.
 */
export function lastBoundary(text: string, start: number, end: number): number {
  if (end === text.length || (standsAlone(text.charCodeAt(end - 1)) && standsAlone(text.charCodeAt(end))))
    return end;
  // The default granularity is the grapheme; its rules do not depend on the language.
  segmenter ??= new Intl.Segmenter('und');
  // The character at `end` may be a surrogate pair, so the slice includes two code units of it.
  const { index } = segmenter.segment(text.slice(start, end + 2)).containing(end - start)!;
  return index > 0 ? start + index : end;
}
