import { InputError } from '../../core/errors.ts';
import { fromCodeUnits } from '../code-units.ts';
import { gsm7Widths } from '../gsm7.ts';
import { type Measurement, measure } from '../segment.ts';

/** Latin spellings of letters. */
export interface TranslitTable {
  /** Spelling of each letter; a letter is one code unit. Letters without a spelling stay unchanged. */
  readonly letters: Readonly<Record<string, string>>;
  /**
   * Smallest and largest number of septets that a letter may take in the gateway's own table. Default: the length of
   * its spelling.
   */
  readonly spans?: Readonly<Record<string, readonly [least: number, most: number]>> | undefined;
  /**
   * `true` if the table is an assumption, as the tables of this package are. The gateway does not publish its tables.
   */
  readonly assumed: boolean;
}

/**
 * Russian, Ukrainian and Belarusian letters. Columns: letter; its spelling in «translit» (by sound); largest number of
 * septets of that spelling in any known table; its lower-case and upper-case spelling in «mpaHc/Ium» (by shape);
 * largest number of septets of these two in any known table.
 */
// prettier-ignore
const rows = `
а a 1 a A 1
б b 1 6 6 2
в v 1 B B 1
г g 1 r r 1
ґ g 1 r r 2
д d 1 g D 2
е e 2 e E 1
є ye 2 e E 2
ё yo 2 e E 2
ж zh 2 }|{ }|{ 6
з z 1 3 3 1
и i 1 u U 2
і i 1 i I 1
ї yi 2 i I 2
й j 2 u U 2
к k 1 k K 1
л l 1 /I /I 3
м m 1 M M 1
н n 1 H H 1
о o 1 o O 1
п p 1 n n 2
р r 1 p P 1
с s 1 c C 1
т t 1 m T 2
у u 1 y Y 1
ў u 1 y Y 2
ф f 1 cp cp 4
х h 2 x X 1
ц c 2 u, U, 2
ч ch 2 4 4 2
ш sh 2 w W 3
щ sch 4 w, W, 4
ъ ' 1 b b 2
ы y 1 bI bI 3
ь ' 1 b b 1
э e 2 3 3 2
ю yu 2 I0 I0 4
я ya 2 9 9 2`;

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** Letters that only soften or harden the letter before them. Transliteration may drop these two letters. */
const silent = 'ъь';

function createTables(): { readonly 1: TranslitTable; readonly 2: TranslitTable } {
  const empty = (): {
    letters: Record<string, string>;
    spans: Record<string, readonly [number, number]>;
    assumed: boolean;
  } => ({ letters: {}, spans: {}, assumed: true });
  const [bySound, byLooks] = [empty(), empty()];
  for (const row of rows.trim().split('\n')) {
    const [letter = '', sound = '', soundMost, small = '', large = '', looksMost] = row.split(' ');
    const least = silent.includes(letter) ? 0 : 1;
    const upper = letter.toUpperCase();
    bySound.letters[letter] = sound;
    bySound.letters[upper] = capital(sound);
    byLooks.letters[letter] = small;
    byLooks.letters[upper] = large;
    bySound.spans[letter] = bySound.spans[upper] = [least, Number(soundMost)];
    byLooks.spans[letter] = byLooks.spans[upper] = [least, Number(looksMost)];
  }
  return { 1: bySound, 2: byLooks };
}

/**
 * Tables of `translit: 1` («translit») and `translit: 2` («mpaHc/Ium»).
 *
 * The gateway does not publish its tables; its documentation shows one example word for each. **All other spellings are
 * assumptions**, and so are all results based on them. If you know the real table, pass your own.
 */
export const transliterationTables: { readonly 1: TranslitTable; readonly 2: TranslitTable } =
  /* @__PURE__ */ createTables();

/** Spelling by code unit; `undefined` for code units that stay unchanged. */
type Spelling = readonly (string | undefined)[];

/** Spellings of letters: as in the table, and the shortest and the longest that the gateway may use. */
interface Spellings {
  readonly own: Spelling;
  readonly least: Spelling;
  readonly most: Spelling;
}

/** First and last code unit of the Cyrillic blocks. The gateway's table may contain letters that ours lacks. */
const cyrillic = [0x400, 0x52f] as const;

function checkTable(letters: TranslitTable['letters']): void {
  const invalid = Object.entries(letters).filter(
    ([letter, written]: readonly [string, unknown]) => letter.length !== 1 || typeof written !== 'string',
  );
  if (invalid.length > 0)
    throw new InputError(
      'transliterate',
      invalid.slice(0, 100).map(([letter]) => ({
        path: `table.letters.${letter}`,
        message: 'expected one code unit as the letter, and a string as its spelling',
      })),
    );
}

function createSpellings({ letters, spans }: TranslitTable): Spellings {
  checkTable(letters);
  const spell = (spellingOf: (letter: string, written: string) => string): (string | undefined)[] => {
    const spelling: (string | undefined)[] = [];
    for (const [letter, written] of Object.entries(letters)) {
      const unit = letter.charCodeAt(0);
      while (spelling.length <= unit) spelling.push(undefined);
      spelling[unit] = spellingOf(letter, written);
    }
    return spelling;
  };
  /** Creates a function that replaces a spelling by a placeholder of the smallest (0) or largest (1) length. */
  const ofLength =
    (which: 0 | 1) =>
    (letter: string, written: string): string => {
      const span = spans?.[letter];
      return span ? 'x'.repeat(span[which]) : written;
    };
  const least = spell(ofLength(0));
  for (let unit: number = cyrillic[0]; unit <= cyrillic[1]; unit++) {
    while (least.length <= unit) least.push(undefined);
    least[unit] ??= 'x';
  }
  return { own: spell((_, written) => written), least, most: spell(ofLength(1)) };
}

/** Spellings by table, created when a table is first used. */
const spellingsByTable = /* @__PURE__ */ new WeakMap<TranslitTable, Spellings>();

function spellingsOf(table: TranslitTable): Spellings {
  let spellings = spellingsByTable.get(table);
  if (!spellings) {
    spellings = createSpellings(table);
    spellingsByTable.set(table, spellings);
  }
  return spellings;
}

/** Replaces each code unit that has a spelling. */
function rewrite(text: string, spelling: Spelling): string {
  let length = 0;
  let isUnchanged = true;
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    const written = unit < spelling.length ? spelling[unit] : undefined;
    length += written === undefined ? 1 : written.length;
    isUnchanged &&= written === undefined;
  }
  if (isUnchanged) return text;
  const units = new Uint16Array(length);
  for (let at = 0, end = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    const written = unit < spelling.length ? spelling[unit] : undefined;
    if (written === undefined) units[end++] = unit;
    else for (let index = 0; index < written.length; index++) units[end++] = written.charCodeAt(index);
  }
  return fromCodeUnits(units, length);
}

/**
 * Writes a text in Latin letters. Results based on `transliterationTables` are assumptions.
 *
 * @param table spellings to use. Do not change the object after its first use, since its spellings are cached
 * @throws {InputError} if a letter of the table is not one code unit, or its spelling is not a string
 * @example
 * ```ts
 * transliterate('Ваш код', transliterationTables[1]); // 'Vash kod'
 * ```
 */
export const transliterate = (text: string, table: TranslitTable): string =>
  rewrite(text, spellingsOf(table).own);

/** Sizes of a transliterated text, for the shortest and the longest spelling. */
export interface TranslitBounds {
  /** `true` if the bounds are based on an assumed table. Show them as estimates. */
  readonly assumed: boolean;
  /** Size with the shortest spelling of each letter. */
  readonly least: Measurement;
  /** Size with the longest spelling of each letter. */
  readonly most: Measurement;
}

/**
 * Replaces each escape sequence and each surrogate pair by two characters of one unit each, so that a part may end
 * between the two. Every part is then filled completely, which gives a lower bound.
 */
function withoutPairs(text: string): string {
  if (measure(text).encoding === 'ucs-2') return text.replace(/[\ud800-\udfff]/g, '\u0416');
  const widths = gsm7Widths();
  return text.replace(/[^A-Za-z0-9 ]/g, (character) =>
    widths[character.charCodeAt(0)] === 2 ? 'xx' : character,
  );
}

/**
 * Returns the smallest and the largest size that a text may have after the gateway's transliteration.
 *
 * The smallest size uses the shortest spelling of each letter, and one septet for Cyrillic letters that the table
 * lacks. The largest size uses the longest spelling, and leaves Cyrillic letters that the table lacks unchanged, which
 * makes the text UCS-2. Assumption: letters of the table become GSM-7 characters.
 *
 * @example
 * ```ts
 * const { least, most } = translitBounds(text, transliterationTables[1]);
 * ```
 */
export function translitBounds(text: string, table: TranslitTable): TranslitBounds {
  const { least, most } = spellingsOf(table);
  // A surrogate pair or an escape at the end of a part can leave one unit unused. With a 16-bit
  // reference every part has one unit less, so measuring with it gives an upper bound.
  return {
    assumed: table.assumed,
    least: measure(withoutPairs(rewrite(text, least))),
    most: measure(rewrite(text, most), { reference: 16 }),
  };
}
