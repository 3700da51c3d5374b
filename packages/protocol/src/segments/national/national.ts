import { InputError } from '../../core/errors.ts';
import type { Alphabet, NationalLanguage, NationalShifts, NationalTables } from '../alphabet.ts';
import { gsm7 } from '../gsm7.ts';
import { nationalTables } from './national-tables.ts';
import { measure, partCapacity, type SegmentOptions } from '../segment.ts';

const allLanguages = /* @__PURE__ */ Object.keys(nationalTables) as readonly NationalLanguage[];

/** A locking and a single shift table. `undefined` stands for the table of GSM-7 itself. */
interface TablePair extends NationalShifts {
  /** Number of national tables in the pair: 1 or 2. */
  readonly tables: number;
}

/** A pair of tables that contains every character of a text. */
interface Candidate extends TablePair {
  /** Septets of the text. */
  readonly units: number;
  /** Smallest number of parts that can hold `units` septets. */
  readonly minParts: number;
}

const lockingOf = (language: NationalLanguage | undefined): string | undefined =>
  language ? nationalTables[language].locking : gsm7.basic;
const singleOf = (language: NationalLanguage | undefined): string =>
  language ? nationalTables[language].single : gsm7.extension;

/**
 * Tables that contain a class of characters, as bit sets: bit 0 for the table of GSM-7, otherwise the bit of the
 * language's identifier.
 */
interface CharacterClass {
  readonly locking: number;
  readonly single: number;
}

/** Characters grouped by the tables that contain them. */
interface CharacterClasses {
  /** Index of the class of each code unit; 0 if no table contains it. */
  readonly indexes: Uint16Array;
  readonly classes: readonly CharacterClass[];
}

function createClasses(): CharacterClasses {
  const locking = new Uint16Array(65_536);
  const single = new Uint16Array(65_536);
  const addTable = (table: string | undefined, bits: Uint16Array, id: number): void => {
    for (const character of table ?? '') bits[character.charCodeAt(0)]! |= 1 << id;
  };
  for (const language of [undefined, ...allLanguages]) {
    const id = language ? nationalTables[language].id : 0;
    addTable(lockingOf(language), locking, id);
    addTable(singleOf(language), single, id);
  }
  const indexes = new Uint16Array(65_536);
  const classes: CharacterClass[] = [{ locking: 0, single: 0 }];
  const known = new Map<number, number>([[0, 0]]);
  for (let unit = 0; unit < 65_536; unit++) {
    if (unit === 0 || unit === 0x1b) continue;
    const key = locking[unit]! * 65_536 + single[unit]!;
    let index = known.get(key);
    if (index === undefined) {
      index = classes.push({ locking: locking[unit]!, single: single[unit]! }) - 1;
      known.set(key, index);
    }
    indexes[unit] = index;
  }
  return { indexes, classes };
}

let characterClasses: CharacterClasses | undefined;

type ClassCounts = readonly (readonly [characters: CharacterClass, count: number])[];

/** Counts the characters of a text by class. Returns `undefined` if the text has a character that no table contains. */
function countClasses(text: string, { indexes, classes }: CharacterClasses): ClassCounts | undefined {
  const counts = new Float64Array(classes.length);
  for (let at = 0; at < text.length; at++) {
    const index = indexes[text.charCodeAt(at)]!;
    if (index === 0) return undefined;
    counts[index]!++;
  }
  return classes.map((each, index) => [each, counts[index]!] as const).filter(([, count]) => count > 0);
}

/** Alphabets created so far, by their languages. Most texts of a program need the same alphabet. */
const alphabets = new Map<string, Alphabet>();

function alphabetOf({ locking, single, tables }: TablePair): Alphabet {
  const key = `${locking} ${single}`;
  const known = alphabets.get(key);
  if (known) return known;
  const widths = new Uint8Array(65_536);
  for (const character of singleOf(single)) widths[character.charCodeAt(0)] = 2;
  for (const character of lockingOf(locking)!) widths[character.charCodeAt(0)] = 1;
  widths[0] = widths[0x1b] = 0;
  const alphabet: Alphabet = {
    widths,
    headerOctets: tables * 3,
    shifts: { ...(locking && { locking }), ...(single && { single }) },
  };
  alphabets.set(key, alphabet);
  return alphabet;
}

/**
 * Returns true if a candidate with `parts` parts is better than the best candidate so far, which has `bestParts` parts.
 * Fewer parts are better, then fewer national tables, then fewer septets.
 */
function isCheaper(
  parts: number,
  candidate: Candidate,
  bestParts: number,
  best: Candidate | undefined,
): boolean {
  if (parts !== bestParts || !best) return parts < bestParts;
  return candidate.tables !== best.tables ? candidate.tables < best.tables : candidate.units < best.units;
}

/** Lists every pair of tables with at least one national table. */
function pairsOf(languages: readonly NationalLanguage[]): readonly TablePair[] {
  const chosen = allLanguages.filter((language) => languages.includes(language));
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

/** Returns the number of septets of a character in a pair of tables: 1, 2, or infinity if neither table contains it. */
function septetsOf({ locking, single }: CharacterClass, lockingBit: number, singleBit: number): number {
  if (locking & lockingBit) return 1;
  return single & singleBit ? 2 : Infinity;
}

/** Lists the pairs that might need fewer than `parts` parts, the most promising first. */
function findCandidates(
  pairs: readonly TablePair[],
  counts: ClassCounts,
  parts: number,
  reference: 8 | 16,
): readonly Candidate[] {
  const candidates: Candidate[] = [];
  for (const pair of pairs) {
    const lockingBit = 1 << (pair.locking ? nationalTables[pair.locking].id : 0);
    const singleBit = 1 << (pair.single ? nationalTables[pair.single].id : 0);
    let units = 0;
    for (const [characters, count] of counts) units += count * septetsOf(characters, lockingBit, singleBit);
    const fitsOne = units <= partCapacity(7, false, pair.tables * 3, reference);
    const minParts = fitsOne ? 1 : Math.ceil(units / partCapacity(7, true, pair.tables * 3, reference));
    if (minParts < parts) candidates.push({ ...pair, units, minParts });
  }
  return candidates.sort(
    (one, other) => one.minParts - other.minParts || one.tables - other.tables || one.units - other.units,
  );
}

/** Finds the alphabet in which a text takes the fewest parts. */
function choose(
  pairs: readonly TablePair[],
  text: string,
  reference: 8 | 16,
  keep: SegmentOptions['keep'],
): Alphabet | undefined {
  let bestParts = measure(text, { reference, keep }).parts;
  if (bestParts <= 1) return undefined;
  characterClasses ??= createClasses();
  const counts = countClasses(text, characterClasses);
  if (!counts) return undefined;
  let best: Candidate | undefined;
  // The first candidate is usually the best, so the other candidates are rarely measured.
  for (const candidate of findCandidates(pairs, counts, bestParts, reference)) {
    if (!isCheaper(candidate.minParts, candidate, bestParts, best)) continue;
    const alphabet = alphabetOf(candidate);
    const { parts } = measure(text, { reference, keep, languages: { choose: () => alphabet } });
    if (!isCheaper(parts, candidate, bestParts, best)) continue;
    bestParts = parts;
    best = candidate;
  }
  return best && alphabetOf(best);
}

/**
 * Creates national language tables for the option `languages` of functions such as `segment` and `measure`. A text is
 * then written with at most one locking and one single shift table, chosen so that it takes the fewest parts. If no
 * table saves a part, the text is cut as without the option.
 *
 * The gateway does not document that it uses national tables. Expect the gateway to count and charge parts without
 * them.
 *
 * Source: 3GPP TS 23.038, annex A; 3GPP TS 23.040, 9.2.3.24.15 and 9.2.3.24.16: each table takes three octets of the
 * header of every part.
 *
 * @param languages languages whose tables may be used. A phone that lacks a table shows wrong characters
 * @throws {InputError} for a language that has no tables
 * @example
 * ```ts
 * measure('Şirketimizin yeni ürünleri …', { languages: national(['turkish']) });
 * ```
 */
export function national(languages: 'all' | readonly NationalLanguage[]): NationalTables {
  const isList = Array.isArray(languages);
  const given: readonly NationalLanguage[] = isList
    ? (languages as readonly NationalLanguage[])
    : allLanguages;
  const names = allLanguages.join(', ');
  const issues = given.flatMap((language, at) =>
    allLanguages.includes(language)
      ? []
      : [{ path: `languages[${at}]`, message: `expected one of ${names}` }],
  );
  if (!isList && languages !== 'all')
    issues.push({
      path: 'languages',
      message: `expected 'all' or a list of languages, each one of ${names}`,
    });
  if (issues.length > 0) throw new InputError('national', issues);
  const pairs = pairsOf(given);
  return { choose: (text, reference, keep) => choose(pairs, text, reference, keep) };
}
