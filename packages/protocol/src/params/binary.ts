import { type Check, checkShape, checkThat } from '../core/checks.ts';
import type { Field } from '../core/field.ts';
import type { IssueContext } from '../core/issues.ts';
import type { UnknownRecord } from '../core/own-members.ts';
import { toHex } from '../exchange/form.ts';
import type { ParamValue } from '../exchange/wire.ts';
import { checkChoice } from './choice.ts';
import { carried, separator } from './message.ts';
import { checkWhole } from './number.ts';

/** Octets: bytes, or a text of hexadecimal digits with two digits for each octet. */
export type Octets = Uint8Array | string;

/** Maximum number of octets of user data in one message, header included. Source: 3GPP TS 23.040, 9.2.3.24. */
export const maxOctets = 140;

/** TP-PID and TP-DCS of a binary message, 0 to 255 each. Source: 3GPP TS 23.040, 9.2.3.9 and 9.2.3.10. */
export interface Scheme {
  /** Protocol identifier (TP-PID), 0 to 255. */
  readonly pid: number;
  /** Data coding scheme (TP-DCS), 0 to 255. */
  readonly dcs: number;
}

const isOctets = (value: unknown): value is Octets =>
  value instanceof Uint8Array || (typeof value === 'string' && /^(?:[\da-f]{2})*$/i.test(value));

const checkOctets: Check = /* @__PURE__ */ checkThat(
  (value) => isOctets(value) && value.length > 0,
  'a Uint8Array or pairs of hexadecimal digits',
);

const sizeOf = (octets: Octets): number => (typeof octets === 'string' ? octets.length / 2 : octets.length);

const toDigits = (octets: Octets): string =>
  typeof octets === 'string' ? octets.toUpperCase() : toHex(octets);

/**
 * Returns hexadecimal digits: first one octet with the length of the header, then the header, then the data. Without a
 * header, the length is 0.
 */
const withHeader = (data: Octets, udh: Octets): string =>
  toHex(Uint8Array.of(sizeOf(udh))) + toDigits(udh) + toDigits(data);

/** Adds an issue if header and data do not fit into one message, or if their bytes contain the separator. */
export function checkBinary({ data, udh = '', encoding }: UnknownRecord, at: IssueContext): void {
  if (!isOctets(data) || !isOctets(udh)) return;
  const size = 1 + sizeOf(udh) + sizeOf(data);
  if (size > maxOctets)
    at.inside('data').addIssue(`takes ${size} octets with its header; at most ${maxOctets} fit`);
  // 0A7E7E7E0A is the separator `\n~~~\n`.
  else if (encoding === 'bytes' && /^(?:..)*0A7E7E7E0A/.test(withHeader(data, udh)))
    at.inside('data').addIssue('has 0A7E7E7E0A, which ends the data; use encoding: hex');
}

/** Header and data. Written as `mes` with `bin=2` (hexadecimal digits, the default) or `bin=1` (the bytes). */
export const data: Field<Octets> = {
  params: ['mes', 'bin'],
  check: checkOctets,
  encode: (value, { udh = '', scheme, encoding }): Record<string, ParamValue> => {
    const digits = withHeader(value, udh as Octets);
    const { pid, dcs } = (scheme ?? {}) as Partial<Scheme>;
    // The gateway's page requires the space after each colon.
    const trailer = scheme ? `${separator}pid: ${pid}, dcs: ${dcs}` : '';
    if (encoding !== 'bytes') return { mes: digits + trailer, bin: 2 };
    const octets = digits.match(/../g)!.map((pair) => parseInt(pair, 16));
    return {
      mes: Uint8Array.of(...octets, ...Array.from(trailer, (character) => character.charCodeAt(0))),
      bin: 1,
    };
  },
};

/** User-data header without its length octet. Source: 3GPP TS 23.040, 9.2.3.24. */
export const udh: Field<Octets> = /* @__PURE__ */ carried('mes', checkOctets);

/** Protocol identifier and data coding scheme. The field `data` writes both after the data. */
export const scheme: Field<Scheme> = /* @__PURE__ */ carried('mes', (value, at) =>
  checkShape(value, at, { pid: checkWhole(0, 255), dcs: checkWhole(0, 255) }),
);

/** Encoding of the octets in the request. */
export const encoding: Field<'hex' | 'bytes'> = /* @__PURE__ */ carried(
  '',
  /* @__PURE__ */ checkChoice(['hex', 'bytes']),
);
