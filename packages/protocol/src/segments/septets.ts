import { fromCodeUnits } from './code-units.ts';
import { type Positions, PositionCollector } from './positions.ts';

/** Characters of the septets, in GSM-7 or with national tables. Source: 3GPP TS 23.038, 6.2.1. */
export interface SeptetTable {
  /** 128 code units; the index is the septet. U+001B at 0x1B stands for the escape. */
  readonly basic: string;
  /** 128 code units; the index is the septet after an escape. U+0000 marks an unused position. */
  readonly extension: string;
}

const escape = 0x1b;

/** Flag of a septet that needs an escape before it. */
const escaped = 0x80;

/**
 * Marks a character that the table lacks. The value means an escaped escape, which is not a character. It is a literal,
 * since bundlers do not remove an unused computed constant.
 */
const unencodable = 0x9b;

/** For each table, the septet of each of the 65,536 code units, or `unencodable`. */
const lookups = /* @__PURE__ */ new WeakMap<SeptetTable, Uint8Array>();

function lookupOf(table: SeptetTable): Uint8Array {
  const known = lookups.get(table);
  if (known) return known;
  const lookup = new Uint8Array(65_536).fill(unencodable);
  for (let septet = 127; septet >= 0; septet--) lookup[table.extension.charCodeAt(septet)] = escaped | septet;
  // A character in both tables takes one septet, so the basic table is entered last.
  for (let septet = 127; septet >= 0; septet--) lookup[table.basic.charCodeAt(septet)] = septet;
  lookup[0] = lookup[escape] = unencodable;
  lookups.set(table, lookup);
  return lookup;
}

/** A text in septets. */
export interface Septets {
  /** One septet in each octet. */
  readonly septets: Uint8Array;
  /** `false` if characters were left out because the table lacks them. `findUnencodable` lists them. */
  readonly isComplete: boolean;
}

/** Converts a text to septets. Leaves out characters that the table lacks. */
export function toSeptets(text: string, table: SeptetTable): Septets {
  const lookup = lookupOf(table);
  const septets = new Uint8Array(2 * text.length);
  let length = 0;
  let isComplete = true;
  for (let at = 0; at < text.length; at++) {
    const septet = lookup[text.charCodeAt(at)]!;
    if (septet < escaped) septets[length++] = septet;
    else if (septet === unencodable) isComplete = false;
    else {
      septets[length++] = escape;
      septets[length++] = septet & 0x7f;
    }
  }
  return { septets: septets.subarray(0, length), isComplete };
}

/** Finds the characters of a text that the table lacks. A surrogate pair counts once, at its first half. */
export function findUnencodable(text: string, table: SeptetTable): Positions {
  const lookup = lookupOf(table);
  const found = new PositionCollector();
  for (let at = 0; at < text.length; at++) {
    if (lookup[text.charCodeAt(at)] !== unencodable) continue;
    found.add(at);
    if (text.codePointAt(at)! > 0xffff) at++;
  }
  return found.positions();
}

/**
 * Converts septets, one in each octet, to a text. Returns `undefined` if the last septet is an escape.
 *
 * If a septet after an escape has no character in the extension table, it stands for its character in the basic table.
 * Two escapes stand for a space, because the extension table reserves the position of the escape. Source: 3GPP TS
 * 23.038, 6.2.1.1. A septet without a character in either table, which occurs in locking shift tables, becomes a space.
 */
export function fromSeptets(septets: Uint8Array, { basic, extension }: SeptetTable): string | undefined {
  const units = new Uint16Array(septets.length);
  let length = 0;
  for (let at = 0; at < septets.length; at++) {
    let septet = septets[at]!;
    let unit = 0;
    if (septet === escape) {
      if (++at === septets.length) return undefined;
      septet = septets[at]!;
      unit = extension.charCodeAt(septet);
    }
    if (unit === 0 && septet !== escape) unit = basic.charCodeAt(septet);
    units[length++] = unit || 0x20;
  }
  return fromCodeUnits(units, length);
}
