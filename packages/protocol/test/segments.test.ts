import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { measure, segment } from '../src/index.ts';

/** A second, slow reading of 3GPP TS 23.038, 6.2.1: the alphabet as one list, in no order of ours. */
const basic = new Set(
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà',
);
const extended = new Set('\f^{}\\[~]|€');
const width = (character: string): number => (extended.has(character) ? 2 : 1);

/** How many parts there have to be: takes units one by one, pairs together, and begins anew when the next does not fit. */
function slowly(text: string): { encoding: string; units: number; parts: number } {
  const latin = Array.from({ length: text.length }, (_, at) => text[at]!).every((unit) => basic.has(unit) || extended.has(unit));
  const atoms = latin ? Array.from(text, width) : Array.from(text, (character) => character.length);
  const units = atoms.reduce((sum, atom) => sum + atom, 0);
  const [alone, among] = latin ? [160, 153] : [70, 67];
  if (units <= alone) return { encoding: latin ? 'gsm-7' : 'ucs-2', units, parts: units > 0 ? 1 : 0 };
  let parts = 1;
  let used = 0;
  for (const atom of atoms) {
    if (used + atom > among) {
      parts++;
      used = 0;
    }
    used += atom;
  }
  return { encoding: latin ? 'gsm-7' : 'ucs-2', units, parts };
}

const latin = fc.string({ unit: fc.constantFrom(...basic), maxLength: 500 });
const withEscapes = fc.string({ unit: fc.oneof(fc.constantFrom(...extended), fc.constantFrom(...basic)), maxLength: 500 });
const mixed = fc.string({ unit: fc.oneof(fc.constantFrom('ї', 'П', 'a', '€', '👋', '👨‍👩‍👧', '\ud83d', '\udc4b', '\u0301'), fc.constantFrom(...basic)), maxLength: 300 });
const texts = fc.oneof(latin, withEscapes, mixed, fc.string({ unit: 'binary', maxLength: 300 }));

describe('segment', () => {
  it('gives back the text when its parts are joined, in as few parts as there can be, each of which fits', () => {
    fc.assert(
      fc.property(texts, (text) => {
        const { encoding, units, parts, room } = segment(text);
        const limit = { 'gsm-7': [160, 153], 'ucs-2': [70, 67] }[encoding][parts.length > 1 ? 1 : 0]!;
        expect(parts.map((part) => part.text).join('')).toBe(text);
        expect({ encoding, units, parts: parts.length }).toEqual(slowly(text));
        expect(parts.reduce((sum, part) => sum + part.units, 0)).toBe(units);
        for (const part of parts) {
          expect(part.units).toBeGreaterThan(0);
          expect(part.units).toBeLessThanOrEqual(limit);
        }
        // Where two parts meet there is no pair to be parted.
        parts.slice(1).forEach((part, at) => expect(/[\ud800-\udbff]$/.test(parts[at]!.text) && /^[\udc00-\udfff]/.test(part.text)).toBe(false));
        expect(room).toBe(limit - (parts.at(-1)?.units ?? 0));
      }),
      { numRuns: 10_000 },
    );
  });

  it('agrees with measure', () => {
    fc.assert(
      fc.property(texts, (text) => {
        const { parts, ...rest } = segment(text);
        expect(measure(text)).toEqual({ ...rest, parts: parts.length });
      }),
      { numRuns: 5000 },
    );
  });

  it.each([
    ['', 'gsm-7', 0, 0, 160],
    ['a'.repeat(160), 'gsm-7', 160, 1, 0],
    ['a'.repeat(161), 'gsm-7', 161, 2, 145],
    ['a'.repeat(306), 'gsm-7', 306, 2, 0],
    ['a'.repeat(307), 'gsm-7', 307, 3, 152],
    ['ї'.repeat(70), 'ucs-2', 70, 1, 0],
    ['ї'.repeat(71), 'ucs-2', 71, 2, 63],
    ['ї'.repeat(134), 'ucs-2', 134, 2, 0],
    ['ї'.repeat(135), 'ucs-2', 135, 3, 66],
    ['€'.repeat(80), 'gsm-7', 160, 1, 0],
    ['\u001b', 'ucs-2', 1, 1, 69],
    ['`', 'ucs-2', 1, 1, 69],
  ] as const)('%#: counts as the page and the standards do', (text, encoding, units, parts, room) => {
    expect(measure(text)).toEqual({ encoding, units, parts, room });
    expect(segment(text).parts).toHaveLength(parts);
  });

  it('never cuts an escape from its character', () => {
    const { parts } = segment(`${'a'.repeat(152)}€${'b'.repeat(20)}`);
    expect(parts.map((part) => [part.text.length, part.units])).toEqual([[152, 152], [21, 22]]);
    // One septet earlier, both halves of the pair fit into the first part.
    expect(segment(`${'a'.repeat(151)}€${'b'.repeat(20)}`).parts.map((part) => part.units)).toEqual([153, 20]);
  });

  it('never cuts a surrogate pair', () => {
    const { parts } = segment(`${'ї'.repeat(66)}👋${'ї'.repeat(10)}`);
    expect(parts.map((part) => part.units)).toEqual([66, 12]);
  });

  it('takes ten million characters in linear time', () => {
    expect(segment('a'.repeat(10_000_000)).parts).toHaveLength(Math.ceil(10_000_000 / 153));
    expect(measure('👋'.repeat(1_000_000)).parts).toBe(Math.ceil(1_000_000 / 33));
  });
});
