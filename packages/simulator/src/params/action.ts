/** Which of several things a request asks for: the one flag of these that is set to 1. `undefined` for none, or for two. */
export function readAction<Name extends string>(
  values: ReadonlyMap<string, string>,
  names: readonly Name[],
): Name | undefined {
  const asked = names.filter((name) => values.get(name) === '1');
  return asked.length === 1 ? asked[0] : undefined;
}
