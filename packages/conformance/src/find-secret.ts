/** Returns the encodings in which a secret may appear: plain, percent-encoded, form-encoded and JSON-escaped. */
const encodingsOf = (secret: string): readonly string[] => [
  secret,
  encodeURIComponent(secret),
  encodeURIComponent(secret).replaceAll('%20', '+'),
  JSON.stringify(secret).slice(1, -1),
];

/** Built-in prototypes. They contain no data of the inspected value. */
const sharedPrototypes: ReadonlySet<unknown> = new Set([
  Object.prototype,
  Function.prototype,
  Array.prototype,
]);

/** Returns own keys, including non-enumerable ones, and keys of the prototypes, such as `url` of a `Request`. */
function keysOf(object: object): readonly PropertyKey[] {
  const keys = new Set<PropertyKey>(Reflect.ownKeys(object));
  for (
    let prototype = Reflect.getPrototypeOf(object);
    prototype && !sharedPrototypes.has(prototype);
    prototype = Reflect.getPrototypeOf(prototype)
  )
    for (const key of Reflect.ownKeys(prototype)) keys.add(key);
  // An inherited constructor is code, not data.
  if (!Object.hasOwn(object, 'constructor')) keys.delete('constructor');
  return [...keys];
}

/** Returns the entries of a map, set, `URLSearchParams` or `Headers`, which are not properties. */
function entriesOf(object: object): readonly unknown[] {
  const isCollection =
    object instanceof Map ||
    object instanceof Set ||
    (typeof URLSearchParams === 'function' && object instanceof URLSearchParams) ||
    (typeof Headers === 'function' && object instanceof Headers);
  return isCollection ? [...(object as Iterable<unknown>)] : [];
}

/** Decodes bytes as text. Reads only the view's own range: the rest of a shared buffer may hold unrelated data. */
function textOf(object: object): string | undefined {
  if (ArrayBuffer.isView(object))
    return new TextDecoder().decode(new Uint8Array(object.buffer, object.byteOffset, object.byteLength));
  return object instanceof ArrayBuffer ? new TextDecoder().decode(object) : undefined;
}

/** A value that still has to be searched, and its path. */
interface Candidate {
  readonly value: unknown;
  readonly path: string;
}

/** Lists the values inside an object: its bytes as text, or its entries, keys and properties. */
function childrenOf(object: object, path: string): readonly Candidate[] {
  const text = textOf(object);
  if (text !== undefined) return [{ value: text, path }];
  const children: Candidate[] = [];
  for (const [index, entry] of entriesOf(object).entries())
    children.push({ value: entry, path: `${path}<${index}>` });
  for (const key of keysOf(object)) {
    children.push({ value: String(key), path: `a key of ${path}` });
    try {
      children.push({ value: (object as Record<PropertyKey, unknown>)[key], path: `${path}.${String(key)}` });
    } catch {
      // A property that throws when it is read reveals nothing.
    }
  }
  return children;
}

/**
 * Searches a value for secrets at any depth: own and inherited properties, enumerable or not, causes, stacks, keys, maps,
 * headers and bytes. Returns the path of one occurrence, or `undefined`. Needs no API of Node, so it also runs in a page.
 */
export function findSecret(value: unknown, secrets: readonly string[]): string | undefined {
  const encodings = secrets.flatMap(encodingsOf);
  const visited = new Set<object>([globalThis]);
  const pending: Candidate[] = [{ value, path: 'error' }];
  for (let next = pending.pop(); next; next = pending.pop()) {
    const { value: found, path } = next;
    if (typeof found === 'string' && encodings.some((encoding) => found.includes(encoding))) return path;
    const isObject = (typeof found === 'object' && found !== null) || typeof found === 'function';
    if (!isObject || visited.has(found)) continue;
    visited.add(found);
    pending.push(...childrenOf(found, path));
  }
  return undefined;
}
