/**
 * Whether two rows of octets are the same. It looks at all of them whatever they are, so that the time that it takes says
 * nothing of where they differ. Their lengths are no secret.
 */
export function equalInConstantTime(one: ArrayLike<number>, other: ArrayLike<number>): boolean {
  if (one.length !== other.length) return false;
  let difference = 0;
  for (let at = 0; at < one.length; at++) difference |= one[at]! ^ other[at]!;
  return difference === 0;
}
