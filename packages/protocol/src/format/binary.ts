import type { Issue } from '../errors.ts';
import { complain, type Field, isObject, type Loose, typeName, unknownMembers } from '../fields.ts';
import type { ParamValue } from '../wire.ts';
import { separator } from './message.ts';
import { checkWhole } from './number.ts';

/** Octets: as bytes, or as hexadecimal digits in pairs. */
export type Octets = Uint8Array | string;

/** Octets of user data in one message, header included. Source: 3GPP TS 23.040, 9.2.3.24. */
const maxOctets = 140;

/** TP-PID and TP-DCS of a binary message, 0 to 255 each. Source: 3GPP TS 23.040, 9.2.3.9 and 9.2.3.10. */
export interface Scheme {
  readonly pid: number;
  readonly dcs: number;
}

/** Bytes to upper-case hexadecimal digits. */
export const toHex = (bytes: Uint8Array): string => {
  let hex = '';
  for (const byte of bytes) hex += (byte < 16 ? '0' : '') + byte.toString(16);
  return hex.toUpperCase();
};

/** Octets in either form to bytes. */
export const toBytes = (octets: Octets): Uint8Array => {
  if (typeof octets !== 'string') return octets;
  const bytes = new Uint8Array(octets.length / 2);
  for (let at = 0; at < bytes.length; at++) bytes[at] = parseInt(octets.slice(2 * at, 2 * at + 2), 16);
  return bytes;
};

const isOctets = (value: unknown): value is Octets =>
  value instanceof Uint8Array || (typeof value === 'string' && /^(?:[\da-f]{2})*$/i.test(value));

const count = (octets: Octets): number => (typeof octets === 'string' ? octets.length / 2 : octets.length);

const checkOctets = (value: unknown, path: string): readonly Issue[] => {
  if (!isOctets(value)) return complain(path, typeof value === 'string' ? 'expected hexadecimal digits in pairs' : `is ${typeName(value)}; expected bytes or hexadecimal digits`);
  return value.length === 0 ? complain(path, 'is empty') : [];
};

/** Complains when header and data are more than one message holds, or could be read as something else. */
export const checkBinary = (input: Loose): readonly Issue[] => {
  const { data, udh, as } = input;
  if (!isOctets(data) || (udh !== undefined && !isOctets(udh))) return [];
  const octets = 1 + (udh === undefined ? 0 : count(udh)) + count(data);
  const issues = octets > maxOctets ? [...complain('data', `makes ${octets} octets with its header; at most ${maxOctets} fit one message`)] : [];
  if (as === 'bytes' && octets <= maxOctets && latin(withHeader(data, udh)).includes(separator)) {
    issues.push({ path: 'data', message: 'holds the bytes that begin pid and dcs; send it as hex' });
  }
  return issues;
};

const withHeader = (data: Octets, udh: Octets | undefined): Uint8Array => {
  const header = udh === undefined ? new Uint8Array() : toBytes(udh);
  const body = toBytes(data);
  const all = new Uint8Array(1 + header.length + body.length);
  all[0] = header.length;
  all.set(header, 1);
  all.set(body, 1 + header.length);
  return all;
};

const latin = (bytes: Uint8Array): string => String.fromCharCode(...bytes);
const asciiBytes = (text: string): Uint8Array => Uint8Array.from(text, (character) => character.charCodeAt(0));

/** Header and data as the gateway takes them: `mes` with `bin=2` (hexadecimal, the default) or `bin=1` (the bytes). */
export function encodeBinary(data: Octets, udh: Octets | undefined, scheme: Scheme | undefined, as: unknown): Record<string, ParamValue> {
  const octets = withHeader(data, udh);
  // «with exact keeping of the space», says the page.
  const trailer = scheme ? `${separator}pid: ${scheme.pid}, dcs: ${scheme.dcs}` : '';
  if (as !== 'bytes') return { mes: toHex(octets) + trailer, bin: 2 };
  const tail = asciiBytes(trailer);
  const mes = new Uint8Array(octets.length + tail.length);
  mes.set(octets);
  mes.set(tail, octets.length);
  return { mes, bin: 1 };
}

/** The data behind the header. */
export const data: Field<Octets> = {
  params: ['mes', 'bin'],
  check: checkOctets,
  encode: (value, input) => encodeBinary(value, input['udh'] as Octets | undefined, input['scheme'] as Scheme | undefined, input['as']),
};

/** The user-data header without its length octet. Complains when its elements do not add up. Source: 3GPP TS 23.040, 9.2.3.24. */
export const udh: Field<Octets> = {
  params: ['mes'],
  check: (value, path) => {
    const issues = checkOctets(value, path);
    if (issues.length > 0 || !isOctets(value)) return issues;
    const bytes = toBytes(value);
    let at = 0;
    while (at < bytes.length) at += 2 + (bytes[at + 1] ?? bytes.length);
    return at === bytes.length ? [] : complain(path, 'is no whole number of information elements (identifier, length, data)');
  },
  encode: () => ({}),
};

/** `pid` and `dcs`, which travel behind the data. */
export const scheme: Field<Scheme> = {
  params: ['mes'],
  check: (value, path) =>
    isObject(value)
      ? [
          ...unknownMembers(value, ['pid', 'dcs'], path),
          ...checkWhole(value['pid'], `${path}.pid`, 0, 255),
          ...checkWhole(value['dcs'], `${path}.dcs`, 0, 255),
        ]
      : complain(path, `is ${typeName(value)}; expected { pid, dcs }`),
  encode: () => ({}),
};
