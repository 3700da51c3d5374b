/** A text in the forms in which it travels. */
const formsOf = (secret: string): readonly string[] => [
  secret,
  encodeURIComponent(secret),
  encodeURIComponent(secret).replaceAll('%20', '+'),
  JSON.stringify(secret).slice(1, -1),
];

/** What every object of the language has says nothing of this one. */
const common: ReadonlySet<unknown> = new Set([Object.prototype, Function.prototype, Array.prototype]);

/** Its own members, hidden ones too, and those that its prototypes give it: `url` of a `Request` is one. */
function keysOf(found: object): readonly PropertyKey[] {
  const keys = new Set<PropertyKey>(Reflect.ownKeys(found));
  for (
    let above = Reflect.getPrototypeOf(found);
    above && !common.has(above);
    above = Reflect.getPrototypeOf(above)
  )
    for (const key of Reflect.ownKeys(above)) keys.add(key);
  // What made it is a program and not a value.
  if (!Object.hasOwn(found, 'constructor')) keys.delete('constructor');
  return [...keys];
}

/** What of a value is no member of it: entries of a map, a set, an address's query, headers. */
function entriesOf(found: object): readonly unknown[] {
  const isList =
    found instanceof Map ||
    found instanceof Set ||
    (typeof URLSearchParams === 'function' && found instanceof URLSearchParams) ||
    (typeof Headers === 'function' && found instanceof Headers);
  return isList ? [...(found as Iterable<unknown>)] : [];
}

/** Bytes, as text. Not what stands beside them in the same buffer: that can be anybody's. */
function textOf(found: object): string | undefined {
  if (ArrayBuffer.isView(found))
    return new TextDecoder().decode(new Uint8Array(found.buffer, found.byteOffset, found.byteLength));
  return found instanceof ArrayBuffer ? new TextDecoder().decode(found) : undefined;
}

/**
 * Where in a value one of some texts stands, however deep: in members of its own and of its prototypes, shown or hidden, in
 * causes, stacks, keys, maps, headers and bytes. `undefined` when it is nowhere. Needs nothing of the platform, so that it
 * runs in a page as well.
 */
export function leakOf(value: unknown, secrets: readonly string[]): string | undefined {
  const forms = secrets.flatMap(formsOf);
  const seen = new Set<object>([globalThis]);
  const waiting: { readonly value: unknown; readonly path: string }[] = [{ value, path: 'error' }];
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const { value: found, path } = next;
    if (typeof found === 'string' && forms.some((form) => found.includes(form))) return path;
    if ((typeof found !== 'object' && typeof found !== 'function') || found === null || seen.has(found))
      continue;
    seen.add(found);
    const text = textOf(found);
    if (text !== undefined) {
      waiting.push({ value: text, path });
      continue;
    }
    for (const [at, each] of entriesOf(found).entries())
      waiting.push({ value: each, path: `${path}<${at}>` });
    for (const key of keysOf(found)) {
      waiting.push({ value: String(key), path: `a key of ${path}` });
      try {
        waiting.push({ value: (found as Record<PropertyKey, unknown>)[key], path: `${path}.${String(key)}` });
      } catch {
        // What cannot be read shows nothing.
      }
    }
  }
  return undefined;
}
