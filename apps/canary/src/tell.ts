import { inspect, types } from 'node:util';

/** What the language itself has is not looked through, nor is what a program is made of. */
const intrinsics: ReadonlySet<unknown> = new Set(
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

/** Frames of a stack are paths and names of functions. */
const withoutFrames = (stack: string): string => stack.replace(/^ {4}at .*$/gm, '');

/** Something that a value says, and where. */
export type Telling = readonly [path: string, words: string];

/** Calls `tell` with each text, name and run of bytes that can be reached from a value, hidden members and getters included. */
function walk(value: unknown, path: string, tell: (telling: Telling) => void, seen: Set<unknown>): void {
  if (typeof value === 'string') return tell([path, withoutFrames(value)]);
  if (typeof value === 'number' || typeof value === 'bigint') return tell([path, String(value)]);
  if (typeof value === 'symbol') return tell([path, value.description ?? '']);
  if (
    (typeof value !== 'object' && typeof value !== 'function') ||
    value === null ||
    seen.has(value) ||
    intrinsics.has(value)
  )
    return;
  seen.add(value);
  if (ArrayBuffer.isView(value) || value instanceof ArrayBuffer) {
    const bytes = ArrayBuffer.isView(value)
      ? Buffer.from(value.buffer, value.byteOffset, value.byteLength)
      : Buffer.from(value);
    for (const encoding of ['utf8', 'latin1', 'utf16le'] as const)
      tell([`${path} as ${encoding}`, bytes.toString(encoding)]);
    return;
  }
  if (types.isMap(value) || types.isSet(value))
    for (const [at, each] of [...(value as Iterable<unknown>)].entries())
      walk(each, `${path}<${at}>`, tell, seen);
  for (const key of Reflect.ownKeys(value)) {
    tell([`a name in ${path}`, nameOf(key)]);
    let member: unknown;
    try {
      member = (value as Record<string | symbol, unknown>)[key];
    } catch (error) {
      member = error;
    }
    walk(member, `${path}.${nameOf(key)}`, tell, seen);
  }
  walk(Object.getPrototypeOf(value), `${path}.__proto__`, tell, seen);
}

/** Everything that can be reached from a value by its members. */
export function membersOf(value: unknown, path: string): readonly Telling[] {
  const found: Telling[] = [];
  walk(value, path, (telling) => found.push(telling), new Set());
  return found;
}

function attempt(make: () => string | undefined): string {
  try {
    return make() ?? '';
  } catch (error) {
    // That it cannot be written is all right. What is said of that may be shown as well.
    return String(error);
  }
}

const whole = {
  depth: Infinity,
  showHidden: true,
  getters: true,
  showProxy: true,
  maxArrayLength: null,
  maxStringLength: null,
  breakLength: Infinity,
} as const;

/** Everything that a value says of itself, whoever asks and however: its members, printed, as JSON, cloned. */
export function tellingsOf(value: unknown, path: string): readonly Telling[] {
  return [
    ...membersOf(value, path),
    [`${path}, inspected`, withoutFrames(attempt(() => inspect(value, whole)))],
    [
      `${path}, inspected as it is`,
      withoutFrames(attempt(() => inspect(value, { ...whole, customInspect: false }))),
    ],
    [`${path}, as JSON`, attempt(() => JSON.stringify(value))],
    [`${path}, cloned`, withoutFrames(attempt(() => inspect(structuredClone(value), whole)))],
    [`${path}, as text`, attempt(() => String(value))],
  ];
}
