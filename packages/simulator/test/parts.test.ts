import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { splitIntoParts, limitParts } from '../src/pricing/text-parts.ts';
import { createGateway } from '../src/index.ts';
import { submit } from './submit.ts';

const count = (text: string): number => splitIntoParts(text).texts.length;
const lengths = (text: string): number[] => splitIntoParts(text).texts.map((part) => part.length);

describe('splitting into SMS', () => {
  it('puts 160 Latin characters into one SMS, 153 into each of several', () => {
    expect([
      count('a'.repeat(160)),
      count('a'.repeat(161)),
      count('a'.repeat(306)),
      count('a'.repeat(307)),
    ]).toEqual([1, 2, 2, 3]);
    expect(lengths('a'.repeat(307))).toEqual([153, 153, 1]);
  });

  it('puts 70 Cyrillic characters into one SMS, 67 into each of several', () => {
    expect([
      count('ж'.repeat(70)),
      count('ж'.repeat(71)),
      count('ж'.repeat(134)),
      count('ж'.repeat(135)),
    ]).toEqual([1, 2, 2, 3]);
  });

  it('uses Unicode if one letter is outside the GSM alphabet', () => {
    expect([
      count('a'.repeat(70) + 'ї'),
      splitIntoParts('ї').encoding,
      splitIntoParts('ñ').encoding,
      splitIntoParts('`').encoding,
    ]).toEqual([2, 'ucs2', 'gsm7', 'ucs2']);
  });

  it('counts characters of the extension table twice and never splits them', () => {
    expect([count('€'.repeat(80)), count('€'.repeat(81)), splitIntoParts('^{}\\[~]|€\f').length]).toEqual([
      1, 2, 20,
    ]);
    expect(lengths('a'.repeat(152) + '€' + 'a'.repeat(10))).toEqual([152, 11]);
  });

  it('never splits a surrogate pair', () => {
    expect(lengths('ж'.repeat(66) + '👋' + 'ж'.repeat(10))).toEqual([66, 12]);
    expect([count('👋'.repeat(35)), count('👋'.repeat(36))]).toEqual([1, 2]);
  });

  it('loses no character and makes no part too long', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string({ maxLength: 700 }), fc.string({ unit: 'binary', maxLength: 400 })),
        (text) => {
          const { texts, encoding } = splitIntoParts(text);
          expect(texts.join('')).toBe(text);
          for (const part of texts.length > 1 ? texts : []) {
            expect(splitIntoParts(part).texts).toHaveLength(1);
            if (encoding === 'ucs2') expect(part.length).toBeLessThanOrEqual(67);
          }
        },
      ),
    );
  });
});

describe('maxsms', () => {
  it('truncates a text to a number of parts', () => {
    expect(limitParts('a'.repeat(1000), 1)).toHaveLength(160);
    expect(limitParts('a'.repeat(1000), 2)).toHaveLength(306);
    expect(limitParts('ж'.repeat(200), 1)).toHaveLength(70);
    expect(limitParts('ж'.repeat(69) + '👋', 1)).toHaveLength(69);
    expect(limitParts('short', 3)).toBe('short');
  });

  it('limits the price', () => {
    const gateway = createGateway();
    expect(submit(gateway, { phones: '380501234567', mes: 'ж'.repeat(500), maxsms: 3, cost: 1 })).toBe(
      '1.155 (3 SMS)',
    );
    expect(submit(gateway, { phones: '380501234567', mes: 'ж'.repeat(500), maxsms: 0, cost: 1 })).toBe(
      '3.08 (8 SMS)',
    );
  });
});

describe('the number of SMS', () => {
  const cost = (params: Record<string, string | number>): string =>
    submit(createGateway(), { phones: '380501234567', cost: 1, ...params });

  it('is parts times recipients', () => {
    expect(cost({ phones: '380501234567,380671234567,380631234567', mes: 'a'.repeat(161) })).toBe(
      '2.31 (6 SMS)',
    );
  });

  it('excludes the comment', () => {
    expect(cost({ mes: `${'a'.repeat(160)}\n~~~\n${'ж'.repeat(300)}` })).toBe('0.385 (1 SMS)');
  });

  it('is that of the transliterated text', () => {
    expect(cost({ mes: 'ж'.repeat(71) })).toBe('0.77 (2 SMS)');
    expect(cost({ mes: 'ж'.repeat(71), translit: 1 })).toBe('0.385 (1 SMS)');
  });

  it('is that of the text with short links', () => {
    const mes = `${'a'.repeat(140)}https://example.org/${'x'.repeat(100)}`;
    expect([cost({ mes }), cost({ mes, tinyurl: 1 })]).toEqual(['0.77 (2 SMS)', '0.385 (1 SMS)']);
  });

  it('matches the example on the gateway’s page: «mpaHc/Ium»', () => {
    const gateway = createGateway();
    submit(gateway, { phones: '380501234567', mes: 'транслит', translit: 2 });
    submit(gateway, { phones: '380501234567', mes: 'транслит', translit: 1 });
    expect(gateway.messages().map(({ text }) => text)).toEqual(['mpaHc/Ium', 'translit']);
  });
});
