/** A value that must not be shown anywhere, such as a password. */
export interface Mark {
  /** Name of the value. The report of a leak contains this name instead of the value. */
  readonly name: string;
  readonly value: string;
  /** All texts, in lower case, that reveal the value. */
  readonly needles: readonly string[];
}

/** Number of consecutive characters that reveal a secret. */
const pieceLength = 8;

function piecesOf(value: string): readonly string[] {
  const characters = [...value];
  if (characters.length <= pieceLength) return [value];
  return Array.from({ length: characters.length - pieceLength + 1 }, (_, at) =>
    characters.slice(at, at + pieceLength).join(''),
  );
}

/** Percent-encodes text in a single-byte charset. Uses the platform's decoder, because our own encoder is under test. */
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

/** Base64 of bytes inside a longer input, for each of the three alignments. Characters that depend on the neighbouring bytes are left out. */
const base64 = (bytes: Uint8Array): readonly string[] =>
  [0, 1, 2].map((before) => {
    const written = Buffer.concat([Buffer.alloc(before), bytes])
      .toString('base64')
      .replace(/=+$/, '');
    // A base64 character holds six bits, so the first and the last character can also hold bits of the bytes around the
    // secret. Removes these characters.
    return written.slice(Math.ceil((before * 8) / 6), Math.floor(((before + bytes.length) * 8) / 6));
  });

/** Code points in the notation of Unicode: `U+0416`. */
const codePoints = (text: string): readonly string[] =>
  [...text].map((character) => `U+${hex4(character.codePointAt(0)!)}`);

/**
 * Returns all encodings in which a text may appear: plain, in a form, JSON, a user data field, a header or a list of
 * characters.
 */
function written(text: string): readonly string[] {
  const bytes = Buffer.from(text);
  return [
    text,
    JSON.stringify(text).slice(1, -1),
    unitsOf(text)
      .map((unit) => (unit > 126 ? `\\u${hex4(unit)}` : String.fromCharCode(unit)))
      .join(''),
    ...charsets.map((percent) => percent(text)).filter((each) => each !== undefined),
    // Percent-encodings of our own forms, of `encodeURIComponent`, and of browsers.
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

/** Creates a mark that is found by any eight consecutive characters, in every encoding. */
const mark = (name: string, value: string): Mark => ({
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
 * Creates a mark for a phone number. It is found by the last seven digits, with or without separators. The first digits or
 * the last two alone may be shown.
 */
function numberMark(name: string, value: string): Mark {
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

/** Creates a mark that is found only as a whole: plain, percent-encoded or JSON-escaped. Needs at least seven characters. */
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

// The values that the tests of this application send. None of them occurs anywhere else.
export const password: Mark = mark('the password', 'kanarka-Щегол%7f3a&91+cd');
export const apiKey: Mark = mark('the key', 'Yq4d+Kanareechka/Poet0812');
export const phone: Mark = numberMark('the number', '380509998877');
export const text: Mark = mark('the text', 'Код канарейки: 77f3-щегол');

export const marks: readonly Mark[] = [password, apiKey, phone, text];

/** Length of the prefix by which needles are indexed, so that most positions of a text are skipped quickly. */
const prefixLength = 7;

/** Returns the marks that a text reveals. */
export type Finder = (text: string) => readonly Mark[];

/** Creates a finder for the given marks. It remembers texts without marks, because most texts occur many times. */
export function finder(among: readonly Mark[]): Finder {
  const byPrefix = new Map<string, (readonly [needle: string, mark: Mark])[]>();
  for (const each of among) {
    for (const needle of each.needles) {
      const key = needle.slice(0, prefixLength);
      byPrefix.set(key, [...(byPrefix.get(key) ?? []), [needle, each]]);
    }
  }
  const clean = new Set<string>();
  return (text) => {
    if (text.length < prefixLength || clean.has(text)) return [];
    const lower = text.toLowerCase();
    const found = new Set<Mark>();
    for (let at = 0; at <= lower.length - prefixLength; at++) {
      for (const [needle, mark] of byPrefix.get(lower.slice(at, at + prefixLength)) ?? [])
        if (lower.startsWith(needle, at)) found.add(mark);
    }
    if (found.size === 0 && clean.size < 100_000) clean.add(text);
    return [...found];
  };
}
