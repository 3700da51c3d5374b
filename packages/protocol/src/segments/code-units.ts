/** Number of arguments that every engine accepts in one call. */
const maxArguments = 8192;

/** Returns the UTF-16 code units of a text as a new array. */
export function toCodeUnits(text: string): Uint16Array {
  const units = new Uint16Array(text.length);
  for (let at = 0; at < text.length; at++) units[at] = text.charCodeAt(at);
  return units;
}

/** Converts the first `length` code units of an array to a text. */
export function fromCodeUnits(units: Uint16Array, length: number): string {
  const pieces: string[] = [];
  for (let start = 0; start < length; start += maxArguments) {
    // Spreading a typed array uses its iterator, which is several times slower than `apply`.
    pieces.push(
      Reflect.apply(
        String.fromCharCode,
        undefined,
        units.subarray(start, Math.min(start + maxArguments, length)),
      ) as string,
    );
  }
  return pieces.join('');
}
