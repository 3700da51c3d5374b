import { inspect } from 'node:util';
import fc from 'fast-check';
import iconv from 'iconv-lite';
import { describe, expect, it } from 'vitest';
import {
  type Charset,
  encode,
  koi8r,
  type UnencodableError,
  replaceUnencodable,
  utf8,
  windows1251,
} from '../src/index.ts';

const singleByte: readonly Charset[] = [windows1251, koi8r];
const allBytes = Uint8Array.from({ length: 256 }, (_, byte) => byte);

/**
 * Slow reference encoder for form values. Also escapes the five characters that `encodeURIComponent` leaves unchanged.
 */
const inForm = (bytes: Iterable<number>): string =>
  Array.from(bytes, (byte) => {
    const character = String.fromCharCode(byte);
    const left = byte < 0x80 && !"!'()*".includes(character);
    return left ? encodeURIComponent(character) : `%${byte.toString(16).padStart(2, '0').toUpperCase()}`;
  }).join('');

describe.each(singleByte)('$name', (charset) => {
  const platform = new TextDecoder(charset.name);

  it('decodes every byte as the platform does', () => {
    expect(charset.decode(allBytes)).toBe(platform.decode(allBytes));
  });

  it('encodes every code unit that the platform can decode, and lists all other code units as unencodable', () => {
    const bytes = new Map(Array.from(platform.decode(allBytes), (character, byte) => [character, byte]));
    for (let unit = 0; unit < 65_536; unit++) {
      const character = String.fromCharCode(unit);
      const byte = bytes.get(character);
      if (byte === undefined) {
        expect(charset.unencodable(character)).toEqual([{ index: 0, character }]);
        expect(() => encode(character, charset)).toThrow(RangeError);
      } else {
        if (charset.unencodable(character).length > 0 || encode(character, charset)[0] !== byte)
          expect.fail(`U+${unit.toString(16)}`);
      }
    }
  });

  it('lists a surrogate pair once, at its start', () => {
    expect(charset.unencodable('a👋b👋')).toEqual([
      { index: 1, character: '👋' },
      { index: 4, character: '👋' },
    ]);
  });

  it('agrees with iconv-lite, except for the one byte where iconv-lite deviates from the standard', () => {
    // Byte 0x98 of windows-1251 is U+0098 in the WHATWG Encoding Standard and for the platform; iconv-lite has U+FFFD there.
    const differs = (unit: number): boolean => charset === windows1251 && (unit === 0x98 || unit === 0xfffd);
    for (let unit = 0; unit < 65_536; unit++) {
      const character = String.fromCharCode(unit);
      if (differs(unit)) continue;
      const ours =
        charset.unencodable(character).length > 0 ? '?' : String.fromCharCode(...encode(character, charset));
      if (ours !== iconv.encode(character, charset.name).toString('latin1'))
        expect.fail(`U+${unit.toString(16)}`);
    }
    const standard = charset === windows1251 ? allBytes.filter((byte) => byte !== 0x98) : allBytes;
    expect(charset.decode(standard)).toBe(iconv.decode(Buffer.from(standard), charset.name));
  });

  it('throws an error that lists all unencodable characters and shows no text', () => {
    const text = `password${'👋'.repeat(10)}Ω`;
    for (const encodeText of [(): unknown => charset.percent(text), (): unknown => encode(text, charset)]) {
      let thrown: UnencodableError | undefined;
      try {
        encodeText();
      } catch (error) {
        thrown = error as UnencodableError;
      }
      expect(thrown).toBeInstanceOf(RangeError);
      expect(thrown!.message).toBe(
        `the text contains characters that ${charset.name} lacks, at 8, 10, 12, 14, 16 and 6 more`,
      );
      expect(thrown!.unencodable).toEqual([
        ...Array.from({ length: 10 }, (_, at) => ({ index: 8 + 2 * at, character: '👋' })),
        { index: 28, character: 'Ω' },
      ]);
      expect(inspect(thrown, { depth: 9 })).not.toMatch(/password|👋/);
    }
  });

  it('replaces unencodable characters on request', () => {
    expect(replaceUnencodable('a👋б\ud83d', charset, '?')).toBe('a?б?');
    expect(replaceUnencodable('a👋б\ud83d', charset, '')).toBe('aб');
    expect(replaceUnencodable('аб', charset, '?')).toBe('аб');
  });

  it('encodes NUL, and texts of odd and even length', () => {
    expect(charset.percent('\0')).toBe('%00');
    expect(charset.percent('a\0')).toBe('a%00');
    expect(charset.percent('\0a\0')).toBe('%00a%00');
    expect(charset.percent('')).toBe('');
  });

  it('encodes and decodes ten million characters in linear time', () => {
    expect(charset.percent('ы'.repeat(10_000_000))).toHaveLength(30_000_000);
    expect(charset.decode(new Uint8Array(10_000_000).fill(0xc1))).toHaveLength(10_000_000);
    expect(charset.unencodable(`${'ы'.repeat(5_000_000)}👋${'ы'.repeat(5_000_000)}`)).toEqual([
      { index: 5_000_000, character: '👋' },
    ]);
  });

  it('percent-encodes and decodes every encodable text', () => {
    const bytes = new Map(Array.from(platform.decode(allBytes), (character, byte) => [character, byte]));
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...bytes.keys()), maxLength: 50 }), (text) => {
        expect(charset.decode(encode(text, charset))).toBe(text);
        expect(charset.percent(text)).toBe(inForm(Array.from(text, (character) => bytes.get(character)!)));
      }),
    );
  });
});

describe('utf-8', () => {
  const platform = new TextDecoder('utf-8', { ignoreBOM: true });
  const words = fc
    .string({ unit: 'binary', maxLength: 60 })
    .filter((text) => utf8.unencodable(text).length === 0);

  it('encodes and decodes every text as the platform does', () => {
    fc.assert(
      fc.property(words, (text) => {
        expect(encode(text, utf8)).toEqual(new TextEncoder().encode(text));
        expect(utf8.percent(text)).toBe(inForm(new TextEncoder().encode(text)));
        expect(utf8.decode(new TextEncoder().encode(text))).toBe(text);
      }),
      { numRuns: 2000 },
    );
  });

  it('decodes every code unit as the platform does, and cannot encode lone surrogates', () => {
    for (let unit = 0; unit < 65_536; unit++) {
      const character = String.fromCharCode(unit);
      const lone = unit >= 0xd800 && unit <= 0xdfff;
      if (lone !== utf8.unencodable(character).length > 0) expect.fail(`U+${unit.toString(16)}`);
      if (lone)
        expect(() => utf8.percent(character)).toThrow('the text contains characters that utf-8 lacks, at 0');
      else if (utf8.decode(new TextEncoder().encode(character)) !== character)
        expect.fail(`U+${unit.toString(16)}`);
    }
  });

  it('decodes malformed bytes as the platform does', () => {
    // Lead bytes, continuation bytes and boundary values occur more often than in random bytes.
    const byte = fc.oneof(
      fc.integer({ min: 0, max: 255 }),
      fc.constantFrom(
        0x7f,
        0x80,
        0x8f,
        0x90,
        0x9f,
        0xa0,
        0xbf,
        0xc0,
        0xc1,
        0xc2,
        0xdf,
        0xe0,
        0xed,
        0xef,
        0xf0,
        0xf4,
        0xf5,
        0xff,
      ),
    );
    fc.assert(
      fc.property(fc.array(byte, { maxLength: 12 }), (bytes) => {
        expect(utf8.decode(Uint8Array.from(bytes))).toBe(platform.decode(Uint8Array.from(bytes)));
      }),
      { numRuns: 20_000 },
    );
  });

  it('lists lone surrogates as unencodable, but not pairs', () => {
    expect(utf8.unencodable('a\ud83d👋\udc4b')).toEqual([
      { index: 1, character: '\ud83d' },
      { index: 4, character: '\udc4b' },
    ]);
  });

  it('encodes a text whose lone surrogates were replaced', () => {
    expect(utf8.percent(replaceUnencodable('a\ud83d👋\udc4b', utf8, '\ufffd'))).toBe(
      'a%EF%BF%BD%F0%9F%91%8B%EF%BF%BD',
    );
  });

  it('keeps a byte order mark and NUL', () => {
    expect(encode('\ufeffa\0', utf8)).toEqual(Uint8Array.of(0xef, 0xbb, 0xbf, 0x61, 0));
    expect(utf8.decode(Uint8Array.of(0xef, 0xbb, 0xbf, 0x61, 0))).toBe('\ufeffa\0');
  });

  it('leaves only letters, digits and - _ . ~ unescaped in forms', () => {
    expect(utf8.percent("aZ09-_.~ +!'()*&=%\n")).toBe('aZ09-_.~%20%2B%21%27%28%29%2A%26%3D%25%0A');
  });
});
