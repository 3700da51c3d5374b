import * as protocol from '../src/index.ts';
import type { Field, RequestParts } from '../src/core/field.ts';
import type { Operation } from '../src/core/operation.ts';

const isOperation = (value: unknown): value is Operation<unknown, unknown> =>
  typeof value === 'object' && value !== null && 'effect' in value && 'fields' in value;

/** Every operation that the package exports, by its exported name. Found by inspection, not listed by hand. */
export const operations: Readonly<Record<string, Operation<unknown, unknown>>> = Object.fromEntries(
  Object.entries(protocol as Readonly<Record<string, unknown>>)
    .filter((entry): entry is [string, Operation<unknown, unknown>] => isOperation(entry[1]))
    .sort(([a], [b]) => (a < b ? -1 : 1)),
);

/** Creates an object for the parts of a request. All parts are empty. */
export const newParts = (): RequestParts => ({ params: {}, files: [], recipients: [] });

/** Returns the field table of an operation of any input type. */
export function fieldsOf(operation: Operation<unknown, unknown>): Readonly<Record<string, Field<unknown>>> {
  const fields: unknown = operation.fields;
  return fields as Readonly<Record<string, Field<unknown>>>;
}
