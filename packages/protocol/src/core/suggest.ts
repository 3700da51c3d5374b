import type { UnknownRecord } from './own-members.ts';

/** Names that people write, and the name in this package. The gateway's own names come from the fields. */
const aliases = 'phone=to number=to recipients=to message=text body=text from=sender psw=password key=apiKey';

/** Returns true if two names begin alike and differ in one place by at most two letters of the first: `timeout`, `timeoutMs`. */
const isClose = (name: string, other: string): boolean =>
  [...name].some(
    (_, at) => at > 2 && other.startsWith(name.slice(0, at)) && other.endsWith(name.slice(at + 2)),
  );

/** Returns the known name that was probably meant. `known` may be fields, whose parameters are then considered too. */
export function suggest(name: string, known: UnknownRecord): string | undefined {
  const names = Object.keys(known);
  const meant = aliases.split(`${name}=`)[1]?.split(' ')[0];
  return (
    names.find(
      (each) => each === meant || (known[each] as { params?: readonly string[] }).params?.includes(name),
    ) ??
    names.find((each) => each.toLowerCase() === name.toLowerCase()) ??
    names.find((each) => isClose(name.toLowerCase(), each.toLowerCase()))
  );
}
