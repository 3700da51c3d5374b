import { type Finder, finder, marks } from './marks.ts';
import { type Telling, tellingsOf } from './tell.ts';

/** Finds every mark of this run. */
export const findMarks: Finder = finder(marks);

/** Where a value gives one of the marks away: one line for each place. Shows none of them. */
export function leaksOf(value: unknown, path: string): readonly string[] {
  const leaksIn = ([where, words]: Telling): readonly string[] =>
    findMarks(words).map(({ name }) => `${name} is in ${findMarks(where).length > 0 ? 'a member' : where}`);
  return tellingsOf(value, path).flatMap(leaksIn);
}
