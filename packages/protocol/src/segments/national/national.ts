import { InputError } from '../../core/errors.ts';
import type { Alphabet, NationalLanguage, NationalTables, NationalShifts } from '../alphabet.ts';
import { gsm7 } from '../gsm7.ts';
import { nationalTables } from './national-tables.ts';
import { measure, type SegmentOptions, partCapacity } from '../segment.ts';

const all = /* @__PURE__ */ Object.keys(nationalTables) as readonly NationalLanguage[];

/** A pair of tables. `undefined` in either place is the one of GSM-7 itself, which every phone has. */
interface Pair extends NationalShifts {
  /** How many of the two are national. */
  readonly tables: number;
}

/** A pair in which a whole text can be written. */
interface Candidate extends Pair {
  readonly units: number;
  /** The fewest parts that so many units can take. */
  readonly fewest: number;
}

const lockingOf = (language: NationalLanguage | undefined): string | undefined =>
  language ? nationalTables[language].locking : gsm7.basic;
const singleOf = (language: NationalLanguage | undefined): string =>
  language ? nationalTables[language].single : gsm7.extension;

/** What all characters that stand in the same tables have in common. A bit for each table: 0 for GSM-7's own, else the language's number. */
interface CharacterClass {
  readonly locking: number;
  readonly single: number;
}

interface Classes {
  /** The class of each code unit; 0 for what no table has. */
  readonly of: Uint16Array;
  readonly classes: readonly CharacterClass[];
}

function makeClasses(): Classes {
  const locking = new Uint16Array(65_536);
  const single = new Uint16Array(65_536);
  const isIn = (table: string | undefined, bits: Uint16Array, id: number): void => {
    for (const character of table ?? '') bits[character.charCodeAt(0)]! |= 1 << id;
  };
  for (const language of [undefined, ...all]) {
    const id = language ? nationalTables[language].id : 0;
    isIn(lockingOf(language), locking, id);
    isIn(singleOf(language), single, id);
  }
  const of = new Uint16Array(65_536);
  const classes: CharacterClass[] = [{ locking: 0, single: 0 }];
  const known = new Map<number, number>([[0, 0]]);
  for (let unit = 0; unit < 65_536; unit++) {
    if (unit === 0 || unit === 0x1b) continue;
    const key = locking[unit]! * 65_536 + single[unit]!;
    let number = known.get(key);
    if (number === undefined) {
      number = classes.push({ locking: locking[unit]!, single: single[unit]! }) - 1;
      known.set(key, number);
    }
    of[unit] = number;
  }
  return { of, classes };
}

let made: Classes | undefined;

/** How many characters a text has of each class; `undefined` if one of them is in no table. */
function countClasses(
  text: string,
  { of, classes }: Classes,
): readonly (readonly [of: CharacterClass, count: number])[] | undefined {
  const counts = new Float64Array(classes.length);
  for (let at = 0; at < text.length; at++) {
    const number = of[text.charCodeAt(at)]!;
    if (number === 0) return undefined;
    counts[number]!++;
  }
  return classes.map((each, number) => [each, counts[number]!] as const).filter(([, count]) => count > 0);
}

/** Tables that have been chosen once are kept, since the next text is likely to choose them again. */
const alphabets = new Map<string, Alphabet>();

function alphabetOf({ locking, single, tables }: Pair): Alphabet {
  const key = `${locking} ${single}`;
  let alphabet = alphabets.get(key);
  if (!alphabet) {
    const widths = new Uint8Array(65_536);
    for (const character of singleOf(single)) widths[character.charCodeAt(0)] = 2;
    for (const character of lockingOf(locking)!) widths[character.charCodeAt(0)] = 1;
    widths[0] = widths[0x1b] = 0;
    alphabet = {
      widths,
      headerOctets: tables * 3,
      shifts: { ...(locking && { locking }), ...(single && { single }) },
    };
    alphabets.set(key, alphabet);
  }
  return alphabet;
}

/** Whether one way is cheaper than another: fewer parts, then fewer national tables, then fewer septets. */
function isCheaper(parts: number, one: Candidate, most: number, other: Candidate | undefined): boolean {
  if (parts !== most || !other) return parts < most;
  return one.tables !== other.tables ? one.tables < other.tables : one.units < other.units;
}

function pairsOf(languages: readonly NationalLanguage[]): readonly Pair[] {
  const chosen = all.filter((language) => languages.includes(language));
  const lockings = [undefined, ...chosen.filter((language) => nationalTables[language].locking)];
  return lockings
    .flatMap((locking) =>
      [undefined, ...chosen].map((single) => ({
        locking,
        single,
        tables: Number(!!locking) + Number(!!single),
      })),
    )
    .slice(1);
}

function choose(
  pairs: readonly Pair[],
  text: string,
  reference: 8 | 16,
  keep: SegmentOptions['keep'],
): Alphabet | undefined {
  let most = measure(text, { reference, keep }).parts;
  if (most <= 1) return undefined;
  const counts = countClasses(text, (made ??= makeClasses()));
  if (!counts) return undefined;

  const candidates: Candidate[] = [];
  for (const pair of pairs) {
    const lockingBit = 1 << (pair.locking ? nationalTables[pair.locking].id : 0);
    const singleBit = 1 << (pair.single ? nationalTables[pair.single].id : 0);
    let units = 0;
    for (const [{ locking, single }, count] of counts)
      units += count * (locking & lockingBit ? 1 : single & singleBit ? 2 : Infinity);
    const alone = partCapacity(7, false, pair.tables * 3, reference);
    const fewest = units <= alone ? 1 : Math.ceil(units / partCapacity(7, true, pair.tables * 3, reference));
    if (fewest < most) candidates.push({ ...pair, units, fewest });
  }
  // What may take the fewest parts comes first: with luck, no other needs to be cut to know how many it takes.
  candidates.sort(
    (one, other) => one.fewest - other.fewest || one.tables - other.tables || one.units - other.units,
  );
  let best: Candidate | undefined;
  for (const candidate of candidates) {
    if (!isCheaper(candidate.fewest, candidate, most, best)) continue;
    const alphabet = alphabetOf(candidate);
    const { parts } = measure(text, { reference, keep, languages: { choose: () => alphabet } });
    if (!isCheaper(parts, candidate, most, best)) continue;
    most = parts;
    best = candidate;
  }
  return best && alphabetOf(best);
}

/**
 * National language tables, to be given to `segment`, `measure` and the like as `languages`: a text is written with those
 * tables, one of each kind at most, with which it takes the fewest parts. Where that is none, it is cut as without them.
 *
 * The gateway does not say that it uses any, so its parts, and its bill, are those without.
 *
 * Source: 3GPP TS 23.038, annex A, and 3GPP TS 23.040, 9.2.3.24.15 and 16, by which each table takes three octets of the
 * header of every part.
 *
 * @param languages whose tables may be used; a phone that lacks one of them shows another text
 * @throws {InputError} for languages that have no tables
 */
export function national(languages: 'all' | readonly NationalLanguage[]): NationalTables {
  const isList = Array.isArray(languages);
  const given: readonly NationalLanguage[] = isList ? (languages as readonly NationalLanguage[]) : all;
  const expected = `expected one of ${all.join(', ')}`;
  const issues = given.flatMap((language, at) =>
    all.includes(language) ? [] : [{ path: `languages[${at}]`, message: expected }],
  );
  if (!isList && languages !== 'all')
    issues.push({
      path: 'languages',
      message: `expected "all" or a list of languages, ${expected.slice(9)}`,
    });
  if (issues.length > 0) throw new InputError('national', issues);
  const pairs = pairsOf(given);
  return { choose: (text, reference, keep) => choose(pairs, text, reference, keep) };
}
