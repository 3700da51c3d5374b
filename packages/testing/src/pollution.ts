function add(members: object): void {
  for (const [name, value] of Object.entries(members))
    Object.defineProperty(Object.prototype, name, {
      // Has no prototype: otherwise the descriptor would inherit members that were added before, such as `get`.
      __proto__: null,
      value: value as unknown,
      enumerable: true,
      configurable: true,
      writable: true,
    } as PropertyDescriptor);
}

/**
 * Runs a function while every object inherits `members` from `Object.prototype`. Removes them when the function has
 * returned, or when its promise has settled.
 */
export function whilePolluted<Result>(members: object, run: () => Result): Result {
  const names = Object.keys(members);
  const remove = (): void => {
    for (const name of names) Reflect.deleteProperty(Object.prototype, name);
  };
  add(members);
  let pending = false;
  try {
    const result = run();
    if (!(result instanceof Promise)) return result;
    pending = true;
    return result.finally(remove) as Result;
  } finally {
    if (!pending) remove();
  }
}
