import type { UnknownRecord } from './own-members.ts';

/**
 * Groups of synonyms, separated by commas. The first word of a group is suggested for the others. The gateway's names of
 * parameters are not listed: `suggest` finds them in the fields.
 */
const synonyms =
  'to phone number recipients recipient,phone to number recipients recipient,text message body,sender from,login user username,password psw pass,apiKey key token,sendAt date';

/**
 * Returns true if the distance between two names is at most `edits`. An edit inserts, drops or replaces a letter, or
 * swaps two neighbouring letters (Damerau–Levenshtein distance).
 */
const isWithin = (edits: number, name: string, other: string): boolean =>
  name === other ||
  (name[0] === other[0]
    ? isWithin(edits, name.slice(1), other.slice(1))
    : edits > 0 &&
      (isWithin(edits - 1, name.slice(1), other) ||
        isWithin(edits - 1, name, other.slice(1)) ||
        isWithin(edits - 1, name.slice(1), other.slice(1)) ||
        isWithin(edits - 1, name[1]! + name[0]! + name.slice(2), other)));

/**
 * Returns the known name that was probably meant: a synonym, or else the name with the fewest edits. Allows one edit
 * for a name of up to 5 characters, two edits from 6 characters, and three edits from 9 characters. If `known` contains
 * fields, the names of their parameters match too.
 */
export function suggest(name: string, known: UnknownRecord): string | undefined {
  const meant = synonyms
    .split(',')
    .map((words) => words.split(' '))
    .filter((words) => words.includes(name))
    .map(([first]) => first);
  for (let edits = 0; edits < 2 || (edits < 4 && edits * 3 <= name.length); edits++)
    for (const each of Object.keys(known))
      if (
        meant.includes(each) ||
        (known[each] as { params?: readonly string[] }).params?.includes(name) ||
        isWithin(edits, name.toLowerCase(), each.toLowerCase())
      )
        return each;
  return undefined;
}
