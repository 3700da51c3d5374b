let segmenter: Intl.Segmenter | undefined;

/**
 * Code units in front of which, and behind which, a character always ends: U+0020 to U+02FF and U+0370 to U+0482, where
 * there is nothing that joins its neighbour. Most texts are cut between two of these.
 */
const standsAlone = (unit: number): boolean =>
  (unit >= 0x20 && unit < 0x300) || (unit >= 0x370 && unit < 0x483);

/**
 * The last place between two characters, as a reader sees them, that is behind `start` and not behind `end`; `end` itself
 * where one character takes all the room. Looks at no more than what lies between the two: cutting stays linear.
 */
export function lastBoundary(text: string, start: number, end: number): number {
  if (end === text.length || (standsAlone(text.charCodeAt(end - 1)) && standsAlone(text.charCodeAt(end))))
    return end;
  // Its default is to find characters; no language's rules for them differ.
  segmenter ??= new Intl.Segmenter('und');
  // The character at `end` may be a pair, so two code units of it are shown.
  const { index } = segmenter.segment(text.slice(start, end + 2)).containing(end - start)!;
  return index > 0 ? start + index : end;
}
