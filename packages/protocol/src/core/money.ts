import { InputError } from './errors.ts';

/**
 * Number of decimals in computations: amounts are counted in units of 10⁻¹². Costs in recorded replies have up to three
 * decimals (`0.385`), and prices may have six (`maxDecimals`). The remaining six decimals are a reserve.
 */
const decimals = 12;
const unit = /* @__PURE__ */ BigInt('1000000000000');

/** Maximum number of decimals of a price. */
export const maxDecimals = 6;

/** Converts a decimal such as `1000.00` or `-0.5` to units of 10⁻¹². Returns `undefined` if the text is not a decimal. */
export function parseAmount(text: string): bigint | undefined {
  const match = /^(-?)(\d{1,30})(?:\.(\d{1,12}))?$/.exec(text);
  if (!match) return undefined;
  const [, sign, whole, fraction = ''] = match;
  const amount = BigInt(whole!) * unit + BigInt(fraction.padEnd(decimals, '0'));
  return sign ? -amount : amount;
}

/**
 * Converts units of 10⁻¹² to a decimal number. Writes at least two decimal places, and more only if needed: `1.40`,
 * `0.385`.
 */
export function formatAmount(amount: bigint): string {
  const absolute = amount < 0n ? -amount : amount;
  const digits = absolute.toString().padStart(decimals + 1, '0');
  const fraction = digits.slice(-decimals);
  let end = decimals;
  while (end > 2 && fraction[end - 1] === '0') end--;
  return `${amount < 0n ? '-' : ''}${digits.slice(0, -decimals)}.${fraction.slice(0, end)}`;
}

/** Parses the amounts that a caller passed. Throws one error that lists all invalid amounts. */
function readAll(operation: string, amounts: readonly unknown[]): readonly bigint[] {
  const read = amounts.map((amount) => (typeof amount === 'string' ? parseAmount(amount) : undefined));
  const issues = read.flatMap((amount, index) =>
    amount === undefined
      ? [{ path: `[${index}]`, message: "expected a decimal as text, such as '0.385'" }]
      : [],
  );
  if (issues.length > 0) throw new InputError(operation, issues.slice(0, 100));
  return read as readonly bigint[];
}

/**
 * Returns the exact sum of decimal amounts: `sumAmounts(['0.1', '0.2'])` is `0.30`. The sum of an empty list is `0.00`.
 *
 * @throws {InputError} if an amount is not a decimal as text; a float is rejected because it is not exact
 */
export function sumAmounts(amounts: Iterable<string>): string {
  let sum = 0n;
  for (const amount of readAll('sumAmounts', [...amounts])) sum += amount;
  return formatAmount(sum);
}

/**
 * Multiplies an amount exactly: `multiplyAmount('0.385', 3)` is `1.155`.
 *
 * @param times a whole number
 * @throws {InputError} if the amount is not a decimal as text, or `times` is not a whole number
 */
export function multiplyAmount(amount: string, times: number): string {
  if (!Number.isSafeInteger(times))
    throw new InputError('multiplyAmount', [{ path: 'times', message: 'expected a whole number' }]);
  return formatAmount(readAll('multiplyAmount', [amount])[0]! * BigInt(times));
}

/**
 * Compares two amounts. Returns -1 if `one` is less than `other`, 0 if the two are equal, and 1 if `one` is greater.
 * `1.4` and `1.40` are equal.
 *
 * @throws {InputError} if an amount is not a decimal as text
 */
export function compareAmounts(one: string, other: string): number {
  const [left = 0n, right = 0n] = readAll('compareAmounts', [one, other]);
  return Number(left > right) - Number(left < right);
}
