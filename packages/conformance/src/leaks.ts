/** A text in the forms in which it travels. */
const formsOf = (secret: string): readonly string[] => [secret, encodeURIComponent(secret), encodeURIComponent(secret).replaceAll('%20', '+'), JSON.stringify(secret).slice(1, -1)];

/**
 * Where in a value one of some texts stands, however deep: in own members, shown or hidden, in causes, stacks and keys.
 * `undefined` when it is nowhere. Needs nothing of the platform, so that it runs in a page as well.
 */
export function leakOf(value: unknown, secrets: readonly string[]): string | undefined {
  const forms = secrets.flatMap(formsOf);
  const seen = new Set<object>();
  const waiting: { readonly value: unknown; readonly path: string }[] = [{ value, path: 'error' }];
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const { value: found, path } = next;
    if (typeof found === 'string' && forms.some((form) => found.includes(form))) return path;
    if (found instanceof Uint8Array) waiting.push({ value: new TextDecoder().decode(found), path });
    if ((typeof found !== 'object' && typeof found !== 'function') || found === null || seen.has(found)) continue;
    seen.add(found);
    for (const key of Reflect.ownKeys(found)) {
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
