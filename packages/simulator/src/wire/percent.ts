const digit = (code: number): number => {
  if (code >= 48 && code <= 57) return code - 48;
  const letter = code | 32;
  return letter >= 97 && letter <= 102 ? letter - 87 : -1;
};

/**
 * Percent-encoding to bytes. The text is one character a byte. `+` is a space, and a `%` without two hexadecimal digits
 * stays what it is.
 */
export function percentDecode(encoded: string): Uint8Array {
  const bytes = new Uint8Array(encoded.length);
  let length = 0;
  for (let at = 0; at < encoded.length; at++) {
    const code = encoded.charCodeAt(at);
    if (code === 43) bytes[length++] = 32;
    else if (code === 37) {
      const high = digit(encoded.charCodeAt(at + 1));
      const low = digit(encoded.charCodeAt(at + 2));
      if (high < 0 || low < 0) bytes[length++] = 37;
      else {
        bytes[length++] = high * 16 + low;
        at += 2;
      }
    } else bytes[length++] = code;
  }
  return bytes.subarray(0, length);
}

/** `name=value&name=value`, values still encoded, names as they are. */
export function* formPairs(form: string): Generator<readonly [name: string, encoded: string]> {
  let from = 0;
  while (from < form.length) {
    let end = form.indexOf('&', from);
    if (end < 0) end = form.length;
    const equals = form.indexOf('=', from);
    const cut = equals < 0 || equals > end ? end : equals;
    const name = form.slice(from, cut);
    if (name !== '')
      yield [
        name.includes('%') || name.includes('+') ? latin1(percentDecode(name)) : name,
        form.slice(cut + 1, end),
      ];
    from = end + 1;
  }
}

const latin1 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1');
