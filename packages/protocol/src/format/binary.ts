import { type Check, checkShape, type Field, type Loose, type Place } from '../fields.ts';
import { toHex } from '../form.ts';
import type { ParamValue } from '../wire.ts';
import { checkChoice } from './choice.ts';
import { carried, separator } from './message.ts';
import { checkWhole } from './number.ts';

/** Octets: as bytes, or as hexadecimal digits in pairs. */
export type Octets = Uint8Array | string;

/** Octets of user data in one message, header included. Source: 3GPP TS 23.040, 9.2.3.24. */
export const maxOctets = 140;

/** TP-PID and TP-DCS of a binary message, 0 to 255 each. Source: 3GPP TS 23.040, 9.2.3.9 and 9.2.3.10. */
export interface Scheme {
  readonly pid: number;
  readonly dcs: number;
}

/** Hexadecimal digits in pairs. */
const hex = /^(?:[\da-f]{2})*$/i;

const toBytes = (octets: Octets): Uint8Array =>
  typeof octets === 'string' ? Uint8Array.from(octets.match(/../g) ?? [], (pair) => parseInt(pair, 16)) : octets;

const isOctets = (value: unknown): value is Octets => value instanceof Uint8Array || (typeof value === 'string' && hex.test(value));

const checkOctets: Check = (value, at) => {
  at.expect(isOctets(value) && value.length > 0, value, 'bytes, or hexadecimal digits in pairs');
};

/** Header with its length, and data. Without a header the length is nought. */
const withHeader = (data: Octets, udh: Octets): Uint8Array => {
  const header = toBytes(udh);
  return Uint8Array.of(header.length, ...header, ...toBytes(data));
};

/** Bytes as characters of the same numbers. */
const latin = (bytes: Uint8Array): string => String.fromCharCode(...bytes);

/** Complains when header and data are more than one message holds, or could be read as something else. */
export function checkBinary({ data, udh = '', as }: Loose, at: Place): void {
  if (data === undefined || !isOctets(data) || !isOctets(udh)) return;
  const isHuge = Math.max(data.length, udh.length) > 2 * maxOctets;
  const octets = isHuge ? new Uint8Array(data.length + udh.length) : withHeader(data, udh);
  if (octets.length > maxOctets) at.inside('data').complain(`makes ${octets.length} octets with its header; at most ${maxOctets} fit`);
  else if (as === 'bytes' && latin(octets).includes(separator)) at.inside('data').complain('holds what begins pid and dcs; send it as hex');
}

/** Header and data as `mes` with `bin=2` (hexadecimal, the default) or `bin=1` (the bytes). */
export const data: Field<Octets> = {
  params: ['mes', 'bin'],
  check: checkOctets,
  encode: (value, { udh = '', scheme, as }): Record<string, ParamValue> => {
    const octets = withHeader(value, udh as Octets);
    const { pid, dcs } = (scheme ?? {}) as Partial<Scheme>;
    // «with exact keeping of the space», says the page.
    const trailer = scheme ? `${separator}pid: ${pid}, dcs: ${dcs}` : '';
    if (as !== 'bytes') return { mes: toHex(octets) + trailer, bin: 2 };
    return { mes: Uint8Array.from(latin(octets) + trailer, (character) => character.charCodeAt(0)), bin: 1 };
  },
};

/** The user-data header without its length octet. Source: 3GPP TS 23.040, 9.2.3.24. */
export const udh: Field<Octets> = /* @__PURE__ */ carried('mes', checkOctets);

/** `pid` and `dcs`, which travel behind the data. */
export const scheme: Field<Scheme> = /* @__PURE__ */ carried('mes', (value, at) =>
  checkShape(value, at, { pid: checkWhole(0, 255), dcs: checkWhole(0, 255) }),
);

/** How the octets travel. */
export const as: Field<'hex' | 'bytes'> = /* @__PURE__ */ carried('', (value, at) => checkChoice(['hex', 'bytes'])(value, at));
