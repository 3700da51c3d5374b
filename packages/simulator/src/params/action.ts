/**
 * Returns the operation that a request names: the one parameter among `names` that is 1. Returns `undefined` if none or
 * several of them are 1.
 */
export function readAction<Name extends string>(
  values: ReadonlyMap<string, string>,
  names: readonly Name[],
): Name | undefined {
  const requested = names.filter((name) => values.get(name) === '1');
  return requested.length === 1 ? requested[0] : undefined;
}
