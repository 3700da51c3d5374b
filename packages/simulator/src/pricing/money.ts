/** Amounts are counted in millionths, as whole numbers: costs with three decimals are recorded (`0.385`). */
const decimals = 6;
const unit = 10n ** BigInt(decimals);

/** Reads a decimal such as `1000.00` or `-0.5`. Throws a `RangeError` for anything else: options are the owner's to mend. */
export function readAmount(written: string): bigint {
  const match = /^(-?)(\d{1,15})(?:\.(\d{1,6}))?$/.exec(written);
  if (!match)
    throw new RangeError(`«${written}» is no amount; expected a decimal with at most ${decimals} decimals`);
  const [, sign, whole, fraction = ''] = match;
  const amount = BigInt(whole!) * unit + BigInt(fraction.padEnd(decimals, '0'));
  return sign === '-' ? -amount : amount;
}

/** Writes an amount with two decimals, and with more only where they are needed: `1.40`, `0.385`. */
export function writeAmount(amount: bigint): string {
  const sign = amount < 0n ? '-' : '';
  const absolute = amount < 0n ? -amount : amount;
  const fraction = (absolute % unit)
    .toString()
    .padStart(decimals, '0')
    .replace(/0{1,4}$/, '');
  return `${sign}${absolute / unit}.${fraction}`;
}
