/** Maximum number of octets of user data in one SMS. Source: 3GPP TS 23.040, section 9.2.3.24. */
const maxOctets = 140;

/** Separator before the trailer, which contains pid and dcs. Source: the gateway's page. */
const trailerSeparator = '\n~~~\n';
const trailerPattern = /^pid: (\d{1,3}), dcs: (\d{1,3})$/;

/** Decodes pairs of hexadecimal digits. Returns `undefined` for anything else. */
const fromHex = (hex: string): Uint8Array | undefined =>
  hex.length % 2 === 0 && /^[\da-f]+$/i.test(hex) ? Buffer.from(hex, 'hex') : undefined;

const isOctet = (decimal: string | undefined): boolean => Number(decimal) <= 255;

/**
 * Reads `mes` of a binary message: bytes for `bin=1`, hexadecimal digits for `bin=2`. Returns the user data with its header,
 * if it has one; pid and dcs are ignored. Returns `undefined` if the header is longer than the message, the trailer is
 * malformed, or the message needs more than one SMS. Assumption: longer binary messages are not split.
 */
export function readBinary(mes: Uint8Array, hex: boolean): Uint8Array | undefined {
  const whole = Buffer.from(mes).toString('latin1');
  const at = whole.lastIndexOf(trailerSeparator);
  const trailer = at < 0 ? null : trailerPattern.exec(whole.slice(at + trailerSeparator.length));
  if (trailer && !(isOctet(trailer[1]) && isOctet(trailer[2]))) return undefined;
  // Without a valid trailer, the separator is part of the message. Plain bytes can contain the separator; hexadecimal
  // digits cannot.
  const body = trailer ? whole.slice(0, at) : whole;
  const octets = hex ? fromHex(body) : Buffer.from(body, 'latin1');
  const headerLength = octets?.[0];
  if (!octets || headerLength === undefined || headerLength + 1 > octets.length) return undefined;
  // A header length of 0 means that there is no header. The octet that contains the header length is not sent.
  const userData = headerLength === 0 ? octets.subarray(1) : octets;
  return userData.length > maxOctets ? undefined : userData;
}
