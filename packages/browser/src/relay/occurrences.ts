/**
 * Whether bytes hold a pattern more than so many times. In steps of their number, whatever the two are: both are of whoever
 * sends them. Source: Knuth, Morris and Pratt, Fast pattern matching in strings (1977).
 */
export function hasMore(bytes: Uint8Array, pattern: Uint8Array, most: number): boolean {
  /** For each length of what fits: how much of it still fits when the next byte does not. */
  const falls = new Uint8Array(pattern.length + 1);
  for (let at = 1, fit = 0; at < pattern.length; at++) {
    while (fit > 0 && pattern[at] !== pattern[fit]) fit = falls[fit]!;
    if (pattern[at] === pattern[fit]) fit++;
    falls[at + 1] = fit;
  }
  let found = 0;
  let fit = 0;
  for (const byte of bytes) {
    while (fit > 0 && (fit === pattern.length || byte !== pattern[fit])) fit = falls[fit]!;
    if (byte === pattern[fit]) fit++;
    if (fit === pattern.length && ++found > most) return true;
  }
  return false;
}
