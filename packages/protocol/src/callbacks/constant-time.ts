/**
 * Compares octets in constant time: it always reads all of them, so that its time does not reveal where they differ. The
 * lengths are not secret.
 */
export function equalInConstantTime(one: ArrayLike<number>, other: ArrayLike<number>): boolean {
  if (one.length !== other.length) return false;
  let difference = 0;
  for (let at = 0; at < one.length; at++) difference |= one[at]! ^ other[at]!;
  return difference === 0;
}
