/** Octets of user data in one message. Source: 3GPP TS 23.040, 9.2.3.24. */
const maxOctets = 140;

/** The trailer that carries pid and dcs, «with exact keeping of the space». Source: the gateway's page. */
const trailerMark = '\n~~~\n';
const trailerForm = /^pid: (\d{1,3}), dcs: (\d{1,3})$/;

/** Hexadecimal digits in pairs to bytes; `undefined` for anything else. */
const fromHex = (hex: string): Uint8Array | undefined =>
  hex.length % 2 === 0 && /^[\da-f]+$/i.test(hex) ? Buffer.from(hex, 'hex') : undefined;

const isOctet = (written: string | undefined): boolean => Number(written) <= 255;

/**
 * Reads `mes` of a binary message: its bytes for `bin=1`, hexadecimal digits for `bin=2`. Gives the user data, with its
 * header if there is one; pid and dcs change nothing here. `undefined` when the header is longer than the message, the
 * trailer is not exact, or it does not fit one SMS: that longer ones are not cut is assumed.
 */
export function readBinary(mes: Uint8Array, hex: boolean): Uint8Array | undefined {
  const whole = Buffer.from(mes).toString('latin1');
  const mark = whole.lastIndexOf(trailerMark);
  const trailer = mark < 0 ? null : trailerForm.exec(whole.slice(mark + trailerMark.length));
  if (trailer && !(isOctet(trailer[1]) && isOctet(trailer[2]))) return undefined;
  // Behind bytes the mark may be data by chance; behind hexadecimal digits it can only be a bad trailer.
  const body = trailer ? whole.slice(0, mark) : whole;
  const octets = hex ? fromHex(body) : Buffer.from(body, 'latin1');
  const headerLength = octets?.[0];
  if (!octets || headerLength === undefined || headerLength + 1 > octets.length) return undefined;
  // A header of no length stands for no header, and is not sent.
  const userData = headerLength === 0 ? octets.subarray(1) : octets;
  return userData.length > maxOctets ? undefined : userData;
}
