import type { IssueContext } from '../core/issues.ts';
import type { UnknownRecord } from '../core/own-members.ts';

type Rule = (input: UnknownRecord, at: IssueContext) => void;

/** Adds an issue for each missing member. */
export function checkNeeded(
  input: UnknownRecord,
  at: IssueContext,
  names: readonly string[],
  kind?: string,
): void {
  for (const name of names)
    if (input[name] === undefined)
      at.inside(name).addIssue(kind ? `is required for kind ${kind}` : 'is required');
}

/** Creates a rule that requires all of these members. */
export const needed =
  (...names: readonly string[]): Rule =>
  (input, at) =>
    checkNeeded(input, at, names);

/** Creates a rule that requires exactly one of these members. */
export const oneOf =
  (...names: readonly string[]): Rule =>
  (input, at) => {
    if (names.filter((name) => input[name] !== undefined).length !== 1)
      at.addIssue(`expected exactly one of ${names.join(', ')}`);
  };

/** Creates a rule that requires at least one of these members. */
export const anyOf =
  (...names: readonly string[]): Rule =>
  (input, at) => {
    if (names.every((name) => input[name] === undefined))
      at.addIssue(`expected at least one of ${names.join(', ')}`);
  };

/** Combines rules into one. */
export const all =
  (...rules: readonly Rule[]): Rule =>
  (input, at) => {
    for (const rule of rules) rule(input, at);
  };
