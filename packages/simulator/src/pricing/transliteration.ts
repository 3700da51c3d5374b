/*
 * `translit=1` and `translit=2`. The gateway's page shows one word of each, «translit» and «mpaHc/Ium»; the tables are
 * otherwise assumed, so lengths may differ from the gateway's where a letter becomes several.
 */

const cyrillic = 'абвгдеёжзийклмнопрстуфхцчшщъыьэюяіїєґ';

/** «translit»: letters by their sound. */
const bySound = "a b v g d e e zh z i y k l m n o p r s t u f kh ts ch sh shch ' y ' e yu ya i yi ye g".split(
  ' ',
);

/** «mpaHc/Ium»: letters by their looks, the small ones and the large ones. */
const byLooks = 'a 6 B r g e e >I< 3 u u k /I M H o n p c m y qp x u, 4 w w, b bI b 3 I-O 9 i i e r'.split(
  ' ',
);
const byLooksLarge =
  'A 6 B G D E E >I< 3 U U K /I M H O N P C T Y QP X U, 4 W W, b bI b 3 I-O 9 I I E G'.split(' ');

const capital = (latin: string): string => latin.charAt(0).toUpperCase() + latin.slice(1);

const table = (small: readonly string[], large: readonly string[]): ReadonlyMap<string, string> =>
  new Map(
    Array.from(cyrillic).flatMap((letter, at) => [
      [letter, small[at]!] as const,
      [letter.toUpperCase(), large[at]!] as const,
    ]),
  );

const sound = table(bySound, bySound.map(capital));
const looks = table(byLooks, byLooksLarge);

/** Puts a text into Latin letters. What is in no table stays. */
export function transliterate(text: string, mode: 1 | 2): string {
  const letters = mode === 1 ? sound : looks;
  let latin = '';
  for (const character of text) latin += letters.get(character) ?? character;
  return latin;
}
