import { checkName, checkPlain } from './checks.ts';
import type { Field } from './field.ts';
import type { IssueContext } from './issues.ts';
import { copyOwn, isObject, type UnknownRecord } from './own-members.ts';
import type { Operation } from './operation.ts';
import type { Attachment, ParamValue } from '../exchange/wire.ts';

/** An operation as `ownOperation` gives it: what is no field of its own is none. */
type AnyOperation = Operation<never, unknown>;

const fieldOf = (operation: AnyOperation, name: string): Field<unknown> | undefined =>
  (operation.fields as Readonly<Record<string, Field<unknown>>>)[name];

/** Leaves everything that is wrong with an input, of which `at` is the place. Gives back what was looked at, which is what is to be sent. */
export function checkInput(operation: AnyOperation, input: unknown, at: IssueContext): UnknownRecord {
  if (!isObject(input)) {
    at.expect(false, input, 'an object');
    return {};
  }
  checkPlain(input, at);
  const members = copyOwn(input);
  for (const name in members) {
    const field = fieldOf(operation, name);
    const value = members[name];
    if (!field) checkName(name, operation.fields, at);
    else if (value !== undefined) {
      // The place itself is lent to the check: another is made for what is wrong only.
      at.path = name;
      field.check(value, at);
      at.path = '';
    }
  }
  operation.rules?.(members, at);
  return members;
}

/** Adds what a checked input becomes to parameters, and gives back its files. */
export function encodeInput(
  operation: AnyOperation,
  input: UnknownRecord,
  params: Record<string, ParamValue>,
): readonly Attachment[] {
  const files: Attachment[] = [];
  for (const name in input) {
    const value = input[name];
    const field = value === undefined ? undefined : fieldOf(operation, name);
    if (!field) continue;
    const written = field.encode(value, input);
    if (typeof written === 'object') Object.assign(params, written);
    else if (written !== undefined) params[field.params[0]!] = written;
    // Most have no such member, and shall inherit none.
    if (Object.hasOwn(field, 'files')) for (const file of field.files!(value)) files.push(file);
  }
  // An operation's constants have the last word: what asks for a cost must not become what sends.
  Object.assign(params, operation.constants);
  return files;
}
