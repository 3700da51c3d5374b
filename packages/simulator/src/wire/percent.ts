/** Returns the value of a hexadecimal digit, or -1 for any other character code. */
const hexDigit = (code: number): number => {
  if (code >= 48 && code <= 57) return code - 48;
  const lowerCase = code | 32;
  return lowerCase >= 97 && lowerCase <= 102 ? lowerCase - 87 : -1;
};

/**
 * Decodes percent-encoded text to bytes. The input has one character per byte. `+` means a space. A `%` without two
 * hexadecimal digits is kept.
 */
export function percentDecode(encoded: string): Uint8Array {
  const bytes = new Uint8Array(encoded.length);
  let length = 0;
  for (let at = 0; at < encoded.length; at++) {
    const code = encoded.charCodeAt(at);
    if (code === 43) bytes[length++] = 32;
    else if (code === 37) {
      const high = hexDigit(encoded.charCodeAt(at + 1));
      const low = hexDigit(encoded.charCodeAt(at + 2));
      if (high < 0 || low < 0) bytes[length++] = 37;
      else {
        bytes[length++] = high * 16 + low;
        at += 2;
      }
    } else bytes[length++] = code;
  }
  return bytes.subarray(0, length);
}

/** Splits `name=value&name=value`. Names are decoded, values are not. Pairs without a name are skipped. */
export function* formPairs(form: string): Generator<readonly [name: string, encoded: string]> {
  let from = 0;
  while (from < form.length) {
    let end = form.indexOf('&', from);
    if (end < 0) end = form.length;
    const equals = form.indexOf('=', from);
    const nameEnd = equals < 0 || equals > end ? end : equals;
    const name = form.slice(from, nameEnd);
    if (name !== '')
      yield [
        name.includes('%') || name.includes('+') ? latin1(percentDecode(name)) : name,
        form.slice(nameEnd + 1, end),
      ];
    from = end + 1;
  }
}

const latin1 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1');
