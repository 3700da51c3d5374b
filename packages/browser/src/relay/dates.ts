/** Steps to a value inside a result: member names and list indexes. */
export type ResultPath = readonly (string | number)[];

/** Maximum depth of the search. Also stops the search in a result that contains itself. */
const maxDepth = 16;

/** Returns the paths of all valid dates in a result. JSON writes a date as ISO 8601 text, so the page needs the paths. */
export function findDates(value: unknown, path: ResultPath = []): readonly ResultPath[] {
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? [] : [path];
  if (typeof value !== 'object' || value === null || path.length === maxDepth) return [];
  if (Array.isArray(value)) return value.flatMap((each, index) => findDates(each, [...path, index]));
  return Object.entries(value).flatMap(([name, each]) => findDates(each, [...path, name]));
}
