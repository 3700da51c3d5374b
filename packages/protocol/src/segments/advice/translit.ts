import { InputError } from '../../core/errors.ts';
import { fromCodeUnits } from '../code-units.ts';
import { gsm7Widths } from '../gsm7.ts';
import { type Measurement, measure } from '../segment.ts';

/** How letters are written in Latin ones. */
export interface TranslitTable {
  /** What stands for each letter, which is one code unit. Letters that are not here stay as they are. */
  readonly letters: Readonly<Record<string, string>>;
  /** Septets that a letter may take in the gateway's own table: the fewest and the most. Absent: those of `letters`. */
  readonly spans?: Readonly<Record<string, readonly [least: number, most: number]>> | undefined;
  /** Whether the table is a guess. The gateway's own are not published, so ours are. */
  readonly assumed: boolean;
}

/**
 * The letters of Russian, Ukrainian and Belarusian. Of each: how «translit» writes it, by its sound, and the septets that
 * takes at most in any table; how «mpaHc/Ium» writes it, by its looks, small and large, and the same.
 */
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

/** Which only soften or harden the letter before them, and may be left out. */
const silent = 'ъь';

function makeTables(): { readonly 1: TranslitTable; readonly 2: TranslitTable } {
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
 * The tables of `translit: 1` («translit») and `translit: 2` («mpaHc/Ium»). The gateway's page shows one word of each and
 * the tables nowhere: **all else in them is assumed**, and so is whatever is made with them. Whoever knows better passes a
 * table of their own.
 */
export const transliterationTables: { readonly 1: TranslitTable; readonly 2: TranslitTable } =
  /* @__PURE__ */ makeTables();

/** What is written for each code unit, up to the last that is not written as it is. */
type Spelling = readonly (string | undefined)[];

/** A table, and the shortest and the longest that its letters are ever written. */
interface Spellings {
  readonly own: Spelling;
  readonly least: Spelling;
  readonly most: Spelling;
}

/** Cyrillic letters, whole blocks of them: those that a table lacks the gateway's may have. */
const cyrillic = [0x400, 0x52f] as const;

function makeSpellings({ letters, spans }: TranslitTable): Spellings {
  const wrong = Object.entries(letters).filter(
    ([letter, written]: readonly [string, unknown]) => letter.length !== 1 || typeof written !== 'string',
  );
  if (wrong.length > 0)
    throw new InputError(
      'transliterate',
      wrong.slice(0, 100).map(([letter]) => ({
        path: `table.letters.${letter}`,
        message: 'expected one letter of one code unit, and text for it',
      })),
    );
  const filled = (writtenFor: (letter: string, written: string) => string): (string | undefined)[] => {
    const spelling: (string | undefined)[] = [];
    for (const [letter, written] of Object.entries(letters)) {
      const unit = letter.charCodeAt(0);
      while (spelling.length <= unit) spelling.push(undefined);
      spelling[unit] = writtenFor(letter, written);
    }
    return spelling;
  };
  const spanned =
    (which: 0 | 1) =>
    (letter: string, written: string): string => {
      const span = spans?.[letter];
      return span ? 'x'.repeat(span[which]) : written;
    };
  const least = filled(spanned(0));
  for (let unit: number = cyrillic[0]; unit <= cyrillic[1]; unit++) {
    while (least.length <= unit) least.push(undefined);
    least[unit] ??= 'x';
  }
  return { own: filled((_, written) => written), least, most: filled(spanned(1)) };
}

/** By table, each made when its table is first used. */
const made = /* @__PURE__ */ new WeakMap<TranslitTable, Spellings>();

function spellingsOf(table: TranslitTable): Spellings {
  let spellings = made.get(table);
  if (!spellings) made.set(table, (spellings = makeSpellings(table)));
  return spellings;
}

/** A text with every code unit of a table as something else. What the table does not have stays. */
function rewrite(text: string, spelling: Spelling): string {
  let length = 0;
  let isSame = true;
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    const written = unit < spelling.length ? spelling[unit] : undefined;
    length += written === undefined ? 1 : written.length;
    isSame &&= written === undefined;
  }
  if (isSame) return text;
  const units = new Uint16Array(length);
  for (let at = 0, end = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    const written = unit < spelling.length ? spelling[unit] : undefined;
    if (written === undefined) units[end++] = unit;
    else for (let of = 0; of < written.length; of++) units[end++] = written.charCodeAt(of);
  }
  return fromCodeUnits(units, length);
}

/**
 * A text in Latin letters. With the tables of `translits` it is an assumption: see there.
 *
 * @param table what is made of it is kept, so it may not change once it has been used
 * @throws {InputError} for a table with letters that are none, or with something else than text for them
 */
export const transliterate = (text: string, table: TranslitTable): string =>
  rewrite(text, spellingsOf(table).own);

/** What the shortest and the longest of two spellings take on the air. */
export interface TranslitBounds {
  /** Whether the table that they come of is a guess: to be said wherever they are shown. */
  readonly assumed: boolean;
  readonly least: Measurement;
  readonly most: Measurement;
}

/** A text of the same size in which nothing is a pair: a lower bound may not depend on where a pair happens to be cut. */
function withoutPairs(text: string): string {
  if (measure(text).encoding === 'ucs-2') return text.replace(/[\ud800-\udfff]/g, '\u0416');
  const widths = gsm7Widths();
  return text.replace(/[^A-Za-z0-9 ]/g, (character) =>
    widths[character.charCodeAt(0)] === 2 ? 'xx' : character,
  );
}

/**
 * The least and the most that a text may take, however the gateway writes it: every letter of the table as short and as
 * long as it is ever written. Cyrillic letters that the table lacks count as one septet for the least, and as what they
 * are, in UCS-2, for the most. That letters become characters of GSM-7 is assumed.
 */
export function translitBounds(text: string, table: TranslitTable): TranslitBounds {
  const { least, most } = spellingsOf(table);
  // A part that a pair may leave not quite full counts one unit less, as one behind a reference of 16 bits does.
  return {
    assumed: table.assumed,
    least: measure(withoutPairs(rewrite(text, least))),
    most: measure(rewrite(text, most), { reference: 16 }),
  };
}
