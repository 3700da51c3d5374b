/** Something that must not be seen. */
export interface Mark {
  /** What it is called in a complaint, which must not show it either. */
  readonly name: string;
  readonly value: string;
  /** Everything, in lower case, that gives it away. */
  readonly needles: readonly string[];
}

/** Pieces of so many characters give a secret away. */
const piece = 8;

function piecesOf(value: string): readonly string[] {
  const characters = [...value];
  if (characters.length <= piece) return [value];
  return Array.from({ length: characters.length - piece + 1 }, (_, at) =>
    characters.slice(at, at + piece).join(''),
  );
}

/** How a charset of bytes writes text in a form. Told by the platform, and not by what is looked at here. */
function percentIn(charset: 'windows-1251' | 'koi8-r'): (text: string) => string | undefined {
  const decoder = new TextDecoder(charset);
  const bytes = new Map(
    Array.from({ length: 256 }, (_, byte) => [decoder.decode(Uint8Array.of(byte)), byte]),
  );
  return (text) => {
    const found = [...text].map((character) => bytes.get(character));
    if (found.includes(undefined)) return undefined;
    return [...text]
      .map((character, at) =>
        /[\w.~-]/.test(character) ? character : `%${found[at]!.toString(16).padStart(2, '0')}`,
      )
      .join('');
  };
}
const charsets = (['windows-1251', 'koi8-r'] as const).map(percentIn);

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
const unitsOf = (text: string): readonly number[] =>
  Array.from({ length: text.length }, (_, at) => text.charCodeAt(at));
const hex4 = (unit: number): string => unit.toString(16).padStart(4, '0');

/** Base64 of bytes that may stand anywhere in a larger whole: what does not depend on their neighbours, for each of three places. */
const base64 = (bytes: Uint8Array): readonly string[] =>
  [0, 1, 2].map((before) => {
    const written = Buffer.concat([Buffer.alloc(before), bytes])
      .toString('base64')
      .replace(/=+$/, '');
    // A character of it holds six bits: those that have one of a neighbour's are left out.
    return written.slice(Math.ceil((before * 8) / 6), Math.floor(((before + bytes.length) * 8) / 6));
  });

/** As the standard names characters. */
const codePoints = (text: string): readonly string[] =>
  [...text].map((character) => `U+${hex4(character.codePointAt(0)!)}`);

/** As it stands in a form, in JSON, in a user data field, in a header, in a complaint about characters. */
function written(text: string): readonly string[] {
  const bytes = Buffer.from(text);
  return [
    text,
    JSON.stringify(text).slice(1, -1),
    unitsOf(text)
      .map((unit) => (unit > 126 ? `\\u${hex4(unit)}` : String.fromCharCode(unit)))
      .join(''),
    ...charsets.map((percent) => percent(text)).filter((each) => each !== undefined),
    // With all that a form writes so, and with what a browser leaves as it is.
    encodeURIComponent(text).replace(/[!'()*]/g, (sign) => `%${hex(Buffer.from(sign))}`),
    encodeURIComponent(text),
    encodeURIComponent(text).replaceAll('%20', '+'),
    ...[' ', ',', ', '].map((between) => codePoints(text).join(between)),
    hex(bytes),
    bytes.toString('latin1'),
    unitsOf(text).map(hex4).join(''),
    hex(Buffer.from(text, 'utf16le')),
    bytes.join(','),
    bytes.join(', '),
    ...base64(bytes),
    ...base64(bytes).map((each) => each.replaceAll('+', '-').replaceAll('/', '_')),
  ];
}

/** A mark that any piece of gives away, however it is written. */
export const mark = (name: string, value: string): Mark => ({
  name,
  value,
  needles: [
    ...new Set(
      piecesOf(value)
        .flatMap(written)
        .map((each) => each.toLowerCase()),
    ),
  ],
});

/**
 * A number, which its last seven digits give away, whatever stands between them. How it begins may be shown, and its last
 * two digits.
 */
export function numberMark(name: string, value: string): Mark {
  const [, first, second, third] = /(\d{3})(\d\d)(\d\d)$/.exec(value)!;
  return {
    name,
    value,
    needles: [
      ...new Set(
        ['', ' ', '-', '.']
          .flatMap((between) => written([first, second, third].join(between)))
          .map((each) => each.toLowerCase()),
      ),
    ],
  };
}

/** A mark of which only the whole counts, plainly or as it stands in a form or in JSON. At least seven characters. */
export const wholeMark = (name: string, value: string): Mark => ({
  name,
  value,
  needles: [
    ...new Set(
      [value, JSON.stringify(value).slice(1, -1), encodeURIComponent(Buffer.from(value).toString())].map(
        (each) => each.toLowerCase(),
      ),
    ),
  ],
});

/** What every run of this application sends. None of it occurs anywhere else. */
export const password: Mark = mark('the password', 'kanarka-Щегол%7f3a&91+cd');
export const apiKey: Mark = mark('the key', 'Yq4d+Kanareechka/Poet0812');
export const phone: Mark = numberMark('the number', '380509998877');
export const text: Mark = mark('the text', 'Код канарейки: 77f3-щегол');

export const marks: readonly Mark[] = [password, apiKey, phone, text];

/** Beginnings of needles, so that most places of a text are passed over at once. */
const beginning = 7;

/** Finds marks in texts. */
export type Finder = (text: string) => readonly Mark[];

/** A finder of many needles. Remembers the texts in which it found none: most occur again and again. */
export function finder(among: readonly Mark[]): Finder {
  const byBeginning = new Map<string, (readonly [needle: string, mark: Mark])[]>();
  for (const each of among) {
    for (const needle of each.needles) {
      const key = needle.slice(0, beginning);
      byBeginning.set(key, [...(byBeginning.get(key) ?? []), [needle, each]]);
    }
  }
  const clean = new Set<string>();
  return (text) => {
    if (text.length < beginning || clean.has(text)) return [];
    const lower = text.toLowerCase();
    const found = new Set<Mark>();
    for (let at = 0; at <= lower.length - beginning; at++) {
      for (const [needle, mark] of byBeginning.get(lower.slice(at, at + beginning)) ?? [])
        if (lower.startsWith(needle, at)) found.add(mark);
    }
    if (found.size === 0 && clean.size < 100_000) clean.add(text);
    return [...found];
  };
}
