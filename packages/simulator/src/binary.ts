/** Octets of user data in one message. Source: 3GPP TS 23.040, 9.2.3.24. */
const maxOctets = 140;

/** The trailer that carries pid and dcs, «with exact keeping of the space». Source: the gateway's page. */
const trailerMark = '\n~~~\n';
const trailerForm = /^pid: (\d{1,3}), dcs: (\d{1,3})$/;

/** A binary message, taken apart. */
export interface Binary {
  /** The header with its length octet; empty when the message has none. */
  readonly header: Uint8Array;
  readonly data: Uint8Array;
  readonly pid: number | undefined;
  readonly dcs: number | undefined;
}

/** Hexadecimal digits in pairs to bytes; `undefined` for anything else. */
const fromHex = (hex: string): Uint8Array | undefined =>
  /^(?:[\da-f]{2})+$/i.test(hex) ? Uint8Array.from(hex.match(/../g)!, (pair) => parseInt(pair, 16)) : undefined;

/**
 * Reads `mes` of a binary message: its bytes for `bin=1`, hexadecimal digits for `bin=2`. `undefined` when the header is
 * longer than the message, the trailer is not exact, or it does not fit one SMS: that longer ones are not cut is assumed.
 */
export function readBinary(mes: Uint8Array, hex: boolean): Binary | undefined {
  const whole = Buffer.from(mes).toString('latin1');
  const mark = whole.lastIndexOf(trailerMark);
  const trailer = mark < 0 ? undefined : trailerForm.exec(whole.slice(mark + trailerMark.length));
  // Behind bytes the mark may be data by chance; behind hexadecimal digits it can only be a bad trailer.
  const body = trailer ? whole.slice(0, mark) : whole;
  const octets = hex ? fromHex(body) : Buffer.from(body, 'latin1');
  const [pid, dcs] = trailer ? [Number(trailer[1]), Number(trailer[2])] : [undefined, undefined];
  if (!octets || octets.length === 0 || (pid ?? 0) > 255 || (dcs ?? 0) > 255) return undefined;
  const headerLength = octets[0]!;
  if (headerLength + 1 > octets.length) return undefined;
  const header = headerLength === 0 ? new Uint8Array() : octets.subarray(0, 1 + headerLength);
  const data = octets.subarray(1 + headerLength);
  return header.length + data.length > maxOctets ? undefined : { header, data, pid, dcs };
}
