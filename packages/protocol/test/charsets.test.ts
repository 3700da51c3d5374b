import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Charset, encode, koi8r, utf8, windows1251 } from '../src/index.ts';

const singleByte: readonly Charset[] = [windows1251, koi8r];
const allBytes = Uint8Array.from({ length: 256 }, (_, byte) => byte);

/** Bytes in a form, slowly: `encodeURIComponent` for ASCII, and the five that it leaves alone. */
const inForm = (bytes: Iterable<number>): string =>
  Array.from(bytes, (byte) => {
    const character = String.fromCharCode(byte);
    const left = byte < 0x80 && !"!'()*".includes(character);
    return left ? encodeURIComponent(character) : `%${byte.toString(16).padStart(2, '0').toUpperCase()}`;
  }).join('');

describe.each(singleByte)('$name', (charset) => {
  const platform = new TextDecoder(charset.name);

  it('reads every byte as the platform does', () => {
    expect(charset.decode(allBytes)).toBe(platform.decode(allBytes));
  });

  it('writes every one of the 65,536 code units that the platform reads, and names every other', () => {
    const bytes = new Map(Array.from(platform.decode(allBytes), (character, byte) => [character, byte]));
    for (let unit = 0; unit < 65_536; unit++) {
      const character = String.fromCharCode(unit);
      const byte = bytes.get(character);
      if (byte === undefined) {
        expect(charset.misfits(character)).toEqual([{ index: 0, character }]);
        expect(() => encode(character, charset)).toThrow(RangeError);
      } else {
        if (charset.misfits(character).length > 0 || encode(character, charset)[0] !== byte) expect.fail(`U+${unit.toString(16)}`);
      }
    }
  });

  it('names a pair once, by where it begins', () => {
    expect(charset.misfits('a👋b👋')).toEqual([{ index: 1, character: '👋' }, { index: 4, character: '👋' }]);
  });

  it('names ten places and says how many more there are, and shows no text', () => {
    const message = (count: number): string => `${charset.name} lacks the characters at ${[8, 10, 12, 14, 16, 18, 20, 22, 24, 26].slice(0, count).join(', ')}`;
    expect(() => charset.percent(`password${'👋'.repeat(10)}`)).toThrow(new RangeError(message(10)));
    expect(() => encode(`password${'👋'.repeat(13)}`, charset)).toThrow(new RangeError(`${message(10)} and 3 more`));
  });

  it('writes every text that it holds into a form byte by byte, and gives it back', () => {
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
  const words = fc.string({ unit: 'binary', maxLength: 60 }).filter((text) => utf8.misfits(text).length === 0);

  it('writes and reads every text as the platform does', () => {
    fc.assert(
      fc.property(words, (text) => {
        expect(encode(text, utf8)).toEqual(new TextEncoder().encode(text));
        expect(utf8.percent(text)).toBe(inForm(new TextEncoder().encode(text)));
        expect(utf8.decode(new TextEncoder().encode(text))).toBe(text);
      }),
      { numRuns: 2000 },
    );
  });

  it('agrees with the platform on every code unit, and lacks lone surrogates alone', () => {
    for (let unit = 0; unit < 65_536; unit++) {
      const character = String.fromCharCode(unit);
      const lone = unit >= 0xd800 && unit <= 0xdfff;
      if (lone !== utf8.misfits(character).length > 0) expect.fail(`U+${unit.toString(16)}`);
      if (lone) expect(() => utf8.percent(character)).toThrow('utf-8 lacks the characters at 0');
      else if (utf8.decode(new TextEncoder().encode(character)) !== character) expect.fail(`U+${unit.toString(16)}`);
    }
  });

  it('reads bytes that are no text as the platform does', () => {
    // Leads, continuations and edges more often than chance has them.
    const byte = fc.oneof(fc.integer({ min: 0, max: 255 }), fc.constantFrom(0x7f, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf, 0xc0, 0xc1, 0xc2, 0xdf, 0xe0, 0xed, 0xef, 0xf0, 0xf4, 0xf5, 0xff));
    fc.assert(
      fc.property(fc.array(byte, { maxLength: 12 }), (bytes) => {
        expect(utf8.decode(Uint8Array.from(bytes))).toBe(platform.decode(Uint8Array.from(bytes)));
      }),
      { numRuns: 20_000 },
    );
  });

  it('finds surrogates that stand alone, and not those in pairs', () => {
    expect(utf8.misfits('a\ud83d👋\udc4b')).toEqual([{ index: 1, character: '\ud83d' }, { index: 4, character: '\udc4b' }]);
  });

  it('leaves letters, digits and - _ . ~ as they are in a form, and nothing else', () => {
    expect(utf8.percent("aZ09-_.~ +!'()*&=%\n")).toBe("aZ09-_.~%20%2B%21%27%28%29%2A%26%3D%25%0A");
  });
});
