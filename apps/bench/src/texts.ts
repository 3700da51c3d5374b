/** So many code units of a text, said again and again. */
const said = (text: string, length: number): string =>
  text.repeat(Math.ceil(length / text.length)).slice(0, length);

export const latin = (length: number): string =>
  said('The quick brown fox jumps over the lazy dog, 0123456789 times. ', length);
export const cyrillic = (length: number): string =>
  said('Швидка бура лисиця стрибає через ледачого пса, вже десять разів. ', length);
/** Latin with characters that take two septets. */
export const escaped = (length: number): string => said('Total [42]: 10 € + 5 € = 15 €, thank you! ', length);
export const emoji = (length: number): string =>
  said('Привіт 👋, сім’я 👨‍👩‍👧 під прапором 🇺🇦 вітає вас 😀 зі святом! ', length);
