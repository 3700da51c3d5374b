/**
 * Reads which of several operations a request asks for: the only flag among `names` that is 1. Returns `undefined` if none
 * is, or several are.
 */
export function readAction<Name extends string>(
  values: ReadonlyMap<string, string>,
  names: readonly Name[],
): Name | undefined {
  const requested = names.filter((name) => values.get(name) === '1');
  return requested.length === 1 ? requested[0] : undefined;
}
