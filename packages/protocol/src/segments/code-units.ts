/** How many arguments a call takes without harm, on any engine. */
const atOnce = 8192;

/** The code units of a text, to be written over. */
export function toCodeUnits(text: string): Uint16Array {
  const units = new Uint16Array(text.length);
  for (let at = 0; at < text.length; at++) units[at] = text.charCodeAt(at);
  return units;
}

/** The text that the first code units of an array are. */
export function fromCodeUnits(units: Uint16Array, length: number): string {
  const pieces: string[] = [];
  for (let start = 0; start < length; start += atOnce) {
    // Spread, a typed array would be walked by its iterator, which takes several times as long.
    pieces.push(
      Reflect.apply(
        String.fromCharCode,
        undefined,
        units.subarray(start, Math.min(start + atOnce, length)),
      ) as string,
    );
  }
  return pieces.join('');
}
