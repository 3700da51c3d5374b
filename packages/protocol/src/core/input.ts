import { checkName, checkPlain } from './checks.ts';
import type { Field, RequestParts } from './field.ts';
import type { IssueContext } from './issues.ts';
import { copyOwn, isObject, type UnknownRecord } from './own-members.ts';
import type { Operation } from './operation.ts';

/** An operation as `ownOperation` returns it, without inherited members. */
type AnyOperation = Operation<never, unknown>;

const fieldOf = (operation: AnyOperation, name: string): Field<unknown> | undefined =>
  (operation.fields as Readonly<Record<string, Field<unknown>>>)[name];

/** Checks an input and adds its issues to `at`. Returns a copy of the input, so that exactly the checked values are sent. */
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
      // Reuses this context for all members, to avoid creating one for each.
      at.path = name;
      field.check(value, at);
      at.path = '';
    }
  }
  operation.rules?.(members, at);
  return members;
}

/** Encodes a checked input, and adds its parameters, files and recipients to `parts`. */
export function encodeInput(operation: AnyOperation, input: UnknownRecord, parts: RequestParts): void {
  const { params } = parts;
  function encodeMember(name: string, value: unknown): void {
    const field = fieldOf(operation, name);
    if (value === undefined || !field) return;
    const written = field.encode(value, input, parts);
    if (typeof written === 'object') Object.assign(params, written);
    else if (written !== undefined) params[field.params[0]!] = written;
  }
  for (const name in input) encodeMember(name, input[name]);
  const { defaults } = operation;
  for (const name in defaults) if (input[name] === undefined) encodeMember(name, defaults[name]);
  // Writes constants last, so that no input can turn a cost request into a message.
  Object.assign(params, operation.constants);
}
