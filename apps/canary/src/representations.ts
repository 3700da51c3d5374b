import { inspect, types } from 'node:util';

/** Built-in objects. They are part of the language or of the process, so they are not searched. */
const builtIns: ReadonlySet<unknown> = new Set(
  Object.getOwnPropertyNames(globalThis)
    .map((name) => (Object.getOwnPropertyDescriptor(globalThis, name) as { readonly value?: unknown }).value)
    .flatMap((value) =>
      typeof value === 'function' ? [value, (value as { readonly prototype?: unknown }).prototype] : [value],
    )
    .concat([
      globalThis,
      process,
      Object.getPrototypeOf(Uint8Array),
      (Object.getPrototypeOf(Uint8Array) as { readonly prototype: unknown }).prototype,
    ]),
);

const nameOf = (key: string | symbol): string =>
  typeof key === 'symbol' ? `[${key.description ?? ''}]` : key;

/** Removes the frames of a stack. They contain only paths and names of functions. */
const withoutFrames = (stack: string): string => stack.replace(/^ {4}at .*$/gm, '');

/** A text that a value reveals, and its path in the value. */
export type Representation = readonly [path: string, text: string];

type Add = (representation: Representation) => void;

/** Returns the text of a primitive. `undefined` for objects, functions and values that have no text to show. */
function primitiveText(value: unknown): string | undefined {
  switch (typeof value) {
    case 'string':
      return withoutFrames(value);
    case 'number':
    case 'bigint':
      return String(value);
    case 'symbol':
      return value.description ?? '';
    default:
      return undefined;
  }
}

function addBytes(value: ArrayBufferView | ArrayBuffer, path: string, add: Add): void {
  const bytes = ArrayBuffer.isView(value)
    ? Buffer.from(value.buffer, value.byteOffset, value.byteLength)
    : Buffer.from(value);
  for (const encoding of ['utf8', 'latin1', 'utf16le'] as const)
    add([`${path} as ${encoding}`, bytes.toString(encoding)]);
}

/** Reads a member. If a getter throws, returns its error. */
function readMember(value: object, key: string | symbol): unknown {
  try {
    return (value as Record<string | symbol, unknown>)[key];
  } catch (error) {
    return error;
  }
}

/** Calls `add` with each text, member name and byte array inside a value, including hidden members and getters. */
function walk(value: unknown, path: string, add: Add, seen: Set<unknown>): void {
  const text = primitiveText(value);
  if (text !== undefined) return add([path, text]);
  if ((typeof value !== 'object' && typeof value !== 'function') || value === null) return;
  if (seen.has(value) || builtIns.has(value)) return;
  seen.add(value);
  if (ArrayBuffer.isView(value) || value instanceof ArrayBuffer) return addBytes(value, path, add);
  if (types.isMap(value) || types.isSet(value))
    for (const [index, each] of [...(value as Iterable<unknown>)].entries())
      walk(each, `${path}<${index}>`, add, seen);
  for (const key of Reflect.ownKeys(value)) {
    add([`a name in ${path}`, nameOf(key)]);
    walk(readMember(value, key), `${path}.${nameOf(key)}`, add, seen);
  }
  walk(Object.getPrototypeOf(value), `${path}.__proto__`, add, seen);
}

/** Returns everything that can be reached from a value through its members. */
export function membersOf(value: unknown, path: string): readonly Representation[] {
  const found: Representation[] = [];
  walk(value, path, (representation) => found.push(representation), new Set());
  return found;
}

function attempt(write: () => string | undefined): string {
  try {
    return write() ?? '';
  } catch (error) {
    // The conversion may throw. A user may see this error, so it counts as a representation.
    return String(error);
  }
}

const everything = {
  depth: Infinity,
  showHidden: true,
  getters: true,
  showProxy: true,
  maxArrayLength: null,
  maxStringLength: null,
  breakLength: Infinity,
} as const;

/**
 * Returns every text in which a program could show a value: the texts of its members, and the whole value as a string, as
 * JSON, and as shown by `inspect`. Does the same for a structured clone of the value.
 */
export function representationsOf(value: unknown, path: string): readonly Representation[] {
  return [
    ...membersOf(value, path),
    [`${path}, inspected`, withoutFrames(attempt(() => inspect(value, everything)))],
    [
      `${path}, inspected without its own inspect method`,
      withoutFrames(attempt(() => inspect(value, { ...everything, customInspect: false }))),
    ],
    [`${path}, as JSON`, attempt(() => JSON.stringify(value))],
    [`${path}, cloned`, withoutFrames(attempt(() => inspect(structuredClone(value), everything)))],
    [`${path}, as text`, attempt(() => String(value))],
  ];
}
