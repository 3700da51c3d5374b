/*
 * Transliteration for `translit=1` and `translit=2`. The gateway's page shows one example of each, «translit» and
 * «mpaHc/Ium». All other letters are assumptions, so a transliterated text may be longer or shorter than at the gateway.
 */

const cyrillic = 'абвгдеёжзийклмнопрстуфхцчшщъыьэюяіїєґ';

/** Letters by sound, as in «translit». */
const bySound = "a b v g d e e zh z i y k l m n o p r s t u f kh ts ch sh shch ' y ' e yu ya i yi ye g".split(
  ' ',
);

/** Letters by appearance, as in «mpaHc/Ium»: small letters, then capital ones. */
const byAppearance =
  'a 6 B r g e e >I< 3 u u k /I M H o n p c m y qp x u, 4 w w, b bI b 3 I-O 9 i i e r'.split(' ');
const capitalsByAppearance =
  'A 6 B G D E E >I< 3 U U K /I M H O N P C T Y QP X U, 4 W W, b bI b 3 I-O 9 I I E G'.split(' ');

const capitalize = (latin: string): string => latin.charAt(0).toUpperCase() + latin.slice(1);

const table = (small: readonly string[], capital: readonly string[]): ReadonlyMap<string, string> =>
  new Map(
    Array.from(cyrillic).flatMap((letter, index) => [
      [letter, small[index]!] as const,
      [letter.toUpperCase(), capital[index]!] as const,
    ]),
  );

const soundTable = table(bySound, bySound.map(capitalize));
const appearanceTable = table(byAppearance, capitalsByAppearance);

/** Transliterates a text to Latin letters. Characters that are not in the table are kept. */
export function transliterate(text: string, mode: 1 | 2): string {
  const letters = mode === 1 ? soundTable : appearanceTable;
  let latin = '';
  for (const character of text) latin += letters.get(character) ?? character;
  return latin;
}
