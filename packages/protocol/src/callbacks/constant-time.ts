/**
 * Compares octets in constant time: the duration does not reveal the position of a difference. The duration may reveal
 * the lengths.
 */
export function equalInConstantTime(one: ArrayLike<number>, other: ArrayLike<number>): boolean {
  if (one.length !== other.length) return false;
  let difference = 0;
  for (let at = 0; at < one.length; at++) difference |= one[at]! ^ other[at]!;
  return difference === 0;
}
