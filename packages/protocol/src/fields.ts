import type { Charset } from './charsets/charset.ts';
import { InputError, type Issue } from './errors.ts';
import type { Operation } from './operation.ts';
import type { Attachment, Params, ParamValue } from './wire.ts';

/** An input whose members nobody has looked at yet. */
export type Loose = Readonly<Record<string, unknown>>;

/** One member of an input: what it may be, and what it becomes on the wire. */
export interface Field<Value> {
  /** Every parameter that it can become. */
  readonly params: readonly string[];
  /** Everything that is wrong with the value. It may be of any type; `undefined` never comes here. */
  readonly check: (value: unknown, path: string, charset: Charset) => readonly Issue[];
  /** A value that `check` has passed, as parameters. `input` is the whole of it, for values that travel together. */
  readonly encode: (value: Value, input: Loose) => Params;
  /** The files that the value stands for. */
  readonly files?: (value: Value) => readonly Attachment[];
}

/** No complaint. */
export const fine: readonly Issue[] = [];

/** One complaint. */
export const complain = (path: string, message: string): readonly Issue[] => [{ path, message }];

/** Names the type of a value that should have been another, without showing the value. */
export const typeName = (value: unknown): string => (value === null ? 'null' : Array.isArray(value) ? 'an array' : `a ${typeof value}`);

/** An object with members of its own: not null, not an array. */
export const isObject = (value: unknown): value is Loose => typeof value === 'object' && value !== null && !Array.isArray(value);

/** Complains of members that `allowed` does not name, so that a misspelt option never silently does nothing. */
export const unknownMembers = (value: Loose, allowed: readonly string[], path: string): readonly Issue[] =>
  Object.keys(value)
    .filter((key) => !allowed.includes(key))
    .map((key) => ({ path: path ? `${path}.${shown(key)}` : shown(key), message: `is not known here; expected ${allowed.join(', ')}` }));

// A key may be a text or a number by mistake; a short one that looks like a name is safe to show.
const shown = (key: string): string => (/^[A-Za-z_$][\w$]{0,39}$/.test(key) ? key : '(a key that is no name)');

type AnyOperation = Operation<never, unknown>;
const tableOf = (operation: AnyOperation): Readonly<Record<string, Field<unknown>>> => operation.fields;

/**
 * Everything that is wrong with an input, at once. Empty when it can be sent.
 *
 * @param charset the charset that the request will be written in: a character that it lacks is a complaint
 */
export function checkInput(operation: AnyOperation, input: unknown, charset: Charset): readonly Issue[] {
  if (!isObject(input)) return complain('', `expected an object, got ${typeName(input)}`);
  const fields = tableOf(operation);
  const issues = [...unknownMembers(input, Object.keys(fields), '')];
  for (const [name, field] of Object.entries(fields)) {
    const value = Object.hasOwn(input, name) ? input[name] : undefined;
    if (value !== undefined) issues.push(...field.check(value, name, charset));
  }
  issues.push(...(operation.rules?.(input) ?? fine));
  return issues;
}

/** A checked input as parameters and files. */
export function encodeInput(operation: AnyOperation, input: Loose): { params: Record<string, ParamValue>; files: readonly Attachment[] } {
  const params: Record<string, ParamValue> = { ...operation.constants };
  const files: Attachment[] = [];
  for (const [name, field] of Object.entries(tableOf(operation))) {
    const value = Object.hasOwn(input, name) ? input[name] : undefined;
    if (value === undefined) continue;
    Object.assign(params, field.encode(value, input));
    if (field.files) files.push(...field.files(value));
  }
  return { params, files };
}

/** Throws every complaint as one error. */
export function refuse(operation: string, issues: readonly Issue[]): void {
  if (issues.length > 0) throw new InputError(operation, issues);
}
