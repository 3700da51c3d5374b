import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareAmounts, multiplyAmount, sumAmounts } from '../src/index.ts';
import { formatAmount, parseAmount } from '../src/core/money.ts';

describe('amounts', () => {
  it('have two decimals, and more only if needed', () => {
    expect(
      ['1', '1.4', '0.385', '100.50', '0', '-0.5', '0.000001', '1.2300', '-0', '007'].map((amount) =>
        formatAmount(parseAmount(amount)!),
      ),
    ).toEqual(['1.00', '1.40', '0.385', '100.50', '0.00', '-0.50', '0.000001', '1.23', '0.00', '7.00']);
  });

  it.each(['', 'x', '1,5', '1.', '.5', '1e3', '0.0000000000001', 'NaN', '+1', ' 1', '1 ', '0x1', '１'])(
    'are rejected if they are not decimals: %j',
    (amount) => {
      expect(parseAmount(amount)).toBeUndefined();
      expect(() => sumAmounts([amount])).toThrow(/^sumAmounts: \[0\] expected a decimal/);
    },
  );

  it('are added exactly, unlike floats', () => {
    expect(sumAmounts(['0.1', '0.2'])).toBe('0.30');
    expect(sumAmounts([])).toBe('0.00');
    expect(sumAmounts(Array.from({ length: 100_000 }, () => '0.385'))).toBe('38500.00');
    expect(sumAmounts(['9007199254740993', '0.000001'])).toBe('9007199254740993.000001');
  });

  it('are multiplied by whole numbers', () => {
    expect(multiplyAmount('0.385', 3)).toBe('1.155');
    expect(multiplyAmount('1.1', -2)).toBe('-2.20');
    expect(() => multiplyAmount('1', 0.5)).toThrow('times expected a whole number');
  });

  it('are compared by value', () => {
    expect(['10', '9.5', '1.40', '-2', '1.4'].sort(compareAmounts)).toEqual([
      '-2',
      '1.40',
      '1.4',
      '9.5',
      '10',
    ]);
    expect(compareAmounts('1.40', '1.4')).toBe(0);
  });

  it('are all listed in the error if they are invalid', () => {
    expect(() => sumAmounts(['1', 'x', '2', 0.5 as unknown as string])).toThrow(
      "[1] expected a decimal as text, such as '0.385'; [3] expected",
    );
  });

  it('survive formatting and parsing, and are added like whole numbers', () => {
    const micros = fc.bigInt({ min: -(10n ** 20n), max: 10n ** 20n });
    fc.assert(
      fc.property(micros, micros, (one, other) => {
        expect(parseAmount(formatAmount(one))).toBe(one);
        expect(parseAmount(sumAmounts([formatAmount(one), formatAmount(other)]))).toBe(one + other);
        expect(compareAmounts(formatAmount(one), formatAmount(other))).toBe(
          one < other ? -1 : Number(one > other),
        );
      }),
    );
  });
});
