/**
 * Number of decimal places of an amount. Amounts are counted in millionths, which is enough for the recorded costs with
 * three decimal places (`0.385`).
 */
const decimals = 6;
const unit = 10n ** BigInt(decimals);

/**
 * Reads a decimal such as `1000.00` or `-0.5` as millionths. Returns `undefined` for anything else.
 *
 * @param maxDigits maximum number of digits before the decimal point
 */
export function parseAmount(written: string, maxDigits = 15): bigint | undefined {
  const match = /^(-?)(\d{1,15})(?:\.(\d{1,6}))?$/.exec(written);
  if (!match || match[2]!.length > maxDigits) return undefined;
  const [, sign, whole, fraction = ''] = match;
  const amount = BigInt(whole!) * unit + BigInt(fraction.padEnd(decimals, '0'));
  return sign === '-' ? -amount : amount;
}

/**
 * Reads an amount of the options as millionths. `name` names the option in the error.
 *
 * @throws {RangeError} if the amount is not a decimal number
 */
export function readAmount(name: string, written: string): bigint {
  const amount = parseAmount(written);
  if (amount === undefined)
    throw new RangeError(
      `${name}: expected a decimal such as 1000.00 with at most ${decimals} decimal places, got «${written}»`,
    );
  return amount;
}

/** Writes an amount with at least two decimal places, or with more if necessary: `1.40`, `0.385`. */
export function writeAmount(amount: bigint): string {
  const sign = amount < 0n ? '-' : '';
  const absolute = amount < 0n ? -amount : amount;
  const fraction = (absolute % unit)
    .toString()
    .padStart(decimals, '0')
    .replace(/0{1,4}$/, '');
  return `${sign}${absolute / unit}.${fraction}`;
}
