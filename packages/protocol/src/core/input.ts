import { checkName, checkPlain } from './checks.ts';
import type { Field } from './field.ts';
import type { IssueContext } from './issues.ts';
import { copyOwn, isObject, type UnknownRecord } from './own-members.ts';
import type { Operation } from './operation.ts';
import type { Attachment, ParamValue } from '../exchange/wire.ts';

/** An operation as `ownOperation` returns it, without inherited members. */
type AnyOperation = Operation<never, unknown>;

const fieldOf = (operation: AnyOperation, name: string): Field<unknown> | undefined =>
  (operation.fields as Readonly<Record<string, Field<unknown>>>)[name];

/** Checks an input and adds its issues to `at`. Returns a copy of the input: exactly what was checked is then sent. */
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
      // All checks share this context. Only a nested value or an issue creates another one.
      at.path = name;
      field.check(value, at);
      at.path = '';
    }
  }
  operation.rules?.(members, at);
  return members;
}

/** Adds the parameters of one member. */
function encodeMember(
  field: Field<unknown>,
  value: unknown,
  input: UnknownRecord,
  params: Record<string, ParamValue>,
): void {
  const written = field.encode(value, input);
  if (typeof written === 'object') Object.assign(params, written);
  else if (written !== undefined) params[field.params[0]!] = written;
}

/** Adds the parameters of a checked input to `params`. Returns the files of the input. */
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
    encodeMember(field, value, input, params);
    // Most fields have no `files`, and must not inherit any.
    if (Object.hasOwn(field, 'files')) for (const file of field.files!(value)) files.push(file);
  }
  const { defaults } = operation;
  for (const name in defaults)
    if (input[name] === undefined) encodeMember(fieldOf(operation, name)!, defaults[name], input, params);
  // Constants are written last: nothing in the input may turn a request for a cost into a message.
  Object.assign(params, operation.constants);
  return files;
}
