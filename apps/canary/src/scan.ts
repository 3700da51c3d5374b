import { type Mark, marksIn } from './marks.ts';
import { type Telling, tellingsOf } from './tell.ts';

/** Which marks are in what was told: one line for each place. Shows none of them. */
export const leaksIn = (tellings: readonly Telling[], among: readonly Mark[]): readonly string[] =>
  tellings.flatMap(([path, words]) => marksIn(words, among).map(({ name }) => `${name} is in ${marksIn(path, among).length > 0 ? 'a member' : path}`));

/** Where a value gives a mark away. */
export const leaksOf = (value: unknown, path: string, among: readonly Mark[]): readonly string[] => leaksIn(tellingsOf(value, path), among);
