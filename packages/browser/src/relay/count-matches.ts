/** Returns the length of the match after one more byte. `fallbacks` holds the length to continue from after a wrong byte. */
function advance(matched: number, byte: number, pattern: Uint8Array, fallbacks: Uint8Array): number {
  let length = matched;
  while (length > 0 && (length === pattern.length || byte !== pattern[length])) length = fallbacks[length]!;
  return byte === pattern[length] ? length + 1 : length;
}

/**
 * Tells whether bytes contain a pattern more than `max` times. Takes linear time for any input, because an attacker chooses
 * both the bytes and the pattern. Source: Knuth, Morris and Pratt, Fast pattern matching in strings (1977).
 */
export function occursMoreThan(bytes: Uint8Array, pattern: Uint8Array, max: number): boolean {
  /** For each matched length: the longest shorter match that ends at the same byte. */
  const fallbacks = new Uint8Array(pattern.length + 1);
  for (let index = 1, matched = 0; index < pattern.length; index++) {
    matched = advance(matched, pattern[index]!, pattern, fallbacks);
    fallbacks[index + 1] = matched;
  }
  let count = 0;
  let matched = 0;
  for (const byte of bytes) {
    matched = advance(matched, byte, pattern, fallbacks);
    if (matched === pattern.length) count++;
    if (count > max) return true;
  }
  return false;
}
