import { InputError } from './errors.ts';

/**
 * Amounts are counted as whole numbers of 10⁻¹²: costs with three decimals are recorded (`0.385`), prices may have six
 * (`maxDecimals`), and a gateway's answer with more than that is still read to its last digit.
 */
const decimals = 12;
const unit = /* @__PURE__ */ BigInt('1000000000000');

/** Most decimals of a price. */
export const maxDecimals = 6;

/** A decimal such as `1000.00` or `-0.5` in units of 10⁻¹²; `undefined` for what is none. */
export function parseAmount(written: string): bigint | undefined {
  const match = /^(-?)(\d{1,30})(?:\.(\d{1,12}))?$/.exec(written);
  if (!match) return undefined;
  const [, sign, whole, fraction = ''] = match;
  const amount = BigInt(whole!) * unit + BigInt(fraction.padEnd(decimals, '0'));
  return sign ? -amount : amount;
}

/** Units of 10⁻¹² as a decimal with two decimals, and with more only where they are needed: `1.40`, `0.385`. */
export function formatAmount(amount: bigint): string {
  const absolute = amount < 0n ? -amount : amount;
  const digits = absolute.toString().padStart(decimals + 1, '0');
  const fraction = digits.slice(-decimals);
  let end = decimals;
  while (end > 2 && fraction[end - 1] === '0') end--;
  return `${amount < 0n ? '-' : ''}${digits.slice(0, -decimals)}.${fraction.slice(0, end)}`;
}

/** Reads amounts that a caller gave; one error for all that are none. */
function readAll(operation: string, amounts: readonly unknown[]): readonly bigint[] {
  const read = amounts.map((amount) => (typeof amount === 'string' ? parseAmount(amount) : undefined));
  const issues = read.flatMap((amount, index) =>
    amount === undefined
      ? [{ path: `[${index}]`, message: 'expected a decimal such as 0.385, as text' }]
      : [],
  );
  if (issues.length > 0) throw new InputError(operation, issues.slice(0, 100));
  return read as readonly bigint[];
}

/**
 * The exact sum of decimal amounts: `sumAmounts(['0.1', '0.2'])` is `0.30`. Of none, `0.00`.
 *
 * @throws {InputError} when one of them is none, or is a number: a float is not exact
 */
export function sumAmounts(amounts: Iterable<string>): string {
  let sum = 0n;
  for (const amount of readAll('sumAmounts', [...amounts])) sum += amount;
  return formatAmount(sum);
}

/**
 * An amount so many times, exactly: `multiplyAmount('0.385', 3)` is `1.155`.
 *
 * @param times a whole number
 * @throws {InputError} when the amount is none, or the number is not whole
 */
export function multiplyAmount(amount: string, times: number): string {
  if (!Number.isSafeInteger(times))
    throw new InputError('multiplyAmount', [{ path: 'times', message: 'expected a whole number' }]);
  return formatAmount(readAll('multiplyAmount', [amount])[0]! * BigInt(times));
}

/**
 * Less than nought, nought or more than nought, as `one` is less than `other`, equal or more: for sorting, and for
 * comparing with a limit. `1.4` and `1.40` are equal.
 *
 * @throws {InputError} when one of them is no amount
 */
export function compareAmounts(one: string, other: string): number {
  const [left = 0n, right = 0n] = readAll('compareAmounts', [one, other]);
  return Number(left > right) - Number(left < right);
}
