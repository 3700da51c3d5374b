import { type Finder, finder, marks } from './marks.ts';
import { type Representation, representationsOf } from './representations.ts';

/** Finds the marks of this application in a text. */
const findMarks: Finder = finder(marks);

/** Returns one line for each place in a value that reveals a mark. The lines themselves reveal no mark. */
export function leaksOf(value: unknown, path: string): readonly string[] {
  const leaksIn = ([where, text]: Representation): readonly string[] =>
    findMarks(text).map(({ name }) => `${name} is in ${findMarks(where).length > 0 ? 'a member' : where}`);
  return representationsOf(value, path).flatMap(leaksIn);
}
