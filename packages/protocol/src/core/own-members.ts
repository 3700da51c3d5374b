/** An object whose members have not been checked yet. */
export type UnknownRecord = Readonly<Record<string, unknown>>;

/** Returns true for an object that is not null and not an array. */
export const isObject = (value: unknown): value is UnknownRecord =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Returns true for an object that is not an instance of a class. Plain objects of other realms count too. */
export function isPlain(value: unknown): value is UnknownRecord {
  if (!isObject(value)) return false;
  const prototype = Object.getPrototypeOf(value) as object | null;
  return !prototype || !Object.getPrototypeOf(prototype);
}

/** Prototype of copies: empty and frozen. Objects without a prototype are slow, since engines keep them as hash tables. */
const emptyPrototype = /* @__PURE__ */ Object.freeze(/* @__PURE__ */ Object.create(null) as object);

/** Copies an object's own members, reading each once. Members added to `Object.prototype` are left out. */
export const copyOwn = <Value extends object>(value: Value): Value =>
  Object.assign<object, Value>(Object.create(emptyPrototype) as object, value);

/** Returns an own member of an object, or `undefined` if the member is missing or inherited. */
export const getOwn = <Value extends object, Name extends keyof Value>(
  object: Value,
  name: Name,
): Value[Name] | undefined => (Object.hasOwn(object, name) ? object[name] : undefined);
