/** Repeats a text up to a length in code units. */
const repeated = (text: string, length: number): string =>
  text.repeat(Math.ceil(length / text.length)).slice(0, length);

export const latin = (length: number): string =>
  repeated('The quick brown fox jumps over the lazy dog, 0123456789 times. ', length);
export const cyrillic = (length: number): string =>
  repeated('Швидка бура лисиця стрибає через ледачого пса, вже десять разів. ', length);
/** Latin text with characters that take two septets. */
export const escaped = (length: number): string =>
  repeated('Total [42]: 10 € + 5 € = 15 €, thank you! ', length);
export const emoji = (length: number): string =>
  repeated('Привіт 👋, сім’я 👨‍👩‍👧 під прапором 🇺🇦 вітає вас 😀 зі святом! ', length);
