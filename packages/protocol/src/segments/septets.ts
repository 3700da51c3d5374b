import { fromCodeUnits } from './code-units.ts';
import { PositionCollector, type Positions } from './advice/positions.ts';

/** What each septet stands for: GSM-7's own tables, or national ones in their place. Source: 3GPP TS 23.038, 6.2.1. */
export interface SeptetTable {
  /** 128 code units, by septet; U+001B at 0x1B, where the escape is. */
  readonly basic: string;
  /** 128 code units, by the septet behind an escape; U+0000 where the place is empty. */
  readonly extension: string;
}

const escape = 0x1b;

/** Set on a septet that takes an escape in front of it. */
const escaped = 0x80;

/** An escaped escape is no character, so it can stand for there being none. Not computed, or it would stay in every bundle. */
const none = 0x9b;

/** Of each table: the septet of each of the 65,536 code units, or `none`. */
const lookups = /* @__PURE__ */ new WeakMap<SeptetTable, Uint8Array>();

function lookupOf(table: SeptetTable): Uint8Array {
  const made = lookups.get(table);
  if (made) return made;
  const lookup = new Uint8Array(65_536).fill(none);
  for (let septet = 127; septet >= 0; septet--) lookup[table.extension.charCodeAt(septet)] = escaped | septet;
  // What both tables have takes one septet.
  for (let septet = 127; septet >= 0; septet--) lookup[table.basic.charCodeAt(septet)] = septet;
  lookup[0] = lookup[escape] = none;
  lookups.set(table, lookup);
  return lookup;
}

/** A text in septets. */
export interface Septets {
  /** One in each octet. */
  readonly septets: Uint8Array;
  /** Whether nothing was left out because the tables lack it; `lacking` knows what. */
  readonly isWhole: boolean;
}

/** A text as septets. What the tables lack is left out. */
export function toSeptets(text: string, table: SeptetTable): Septets {
  const lookup = lookupOf(table);
  const septets = new Uint8Array(2 * text.length);
  let length = 0;
  let isWhole = true;
  for (let at = 0; at < text.length; at++) {
    const septet = lookup[text.charCodeAt(at)]!;
    if (septet < escaped) septets[length++] = septet;
    else if (septet === none) isWhole = false;
    else {
      septets[length++] = escape;
      septets[length++] = septet & 0x7f;
    }
  }
  return { septets: septets.subarray(0, length), isWhole };
}

/** The characters of a text that the tables lack; a pair counts once, where it begins. */
export function findUnencodable(text: string, table: SeptetTable): Positions {
  const lookup = lookupOf(table);
  const finds = new PositionCollector();
  for (let at = 0; at < text.length; at++) {
    if (lookup[text.charCodeAt(at)] !== none) continue;
    finds.add(at);
    if (text.codePointAt(at)! > 0xffff) at++;
  }
  return finds.places();
}

/**
 * Septets, one in each octet, as a text; `undefined` if the last is an escape with nothing behind it.
 *
 * Behind an escape, a septet whose place is empty is the character that it is without one, and a second escape makes a
 * space of both: that place is kept for a table which does not exist. Source: 3GPP TS 23.038, 6.2.1.1. Where the basic
 * table is empty too, as locking ones can be, the character is a space.
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
