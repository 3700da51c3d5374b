/** Runs a task as soon as those before it with the same key have ended, however they have. */
export type KeyedQueue = <Value>(key: string, task: () => Promise<Value>) => Promise<Value>;

/** Lets what concerns one message happen one after the other, and everything else at the same time. */
export function keyedQueue(): KeyedQueue {
  const last = new Map<string, Promise<unknown>>();
  return async (key, task) => {
    const turn = (last.get(key) ?? Promise.resolve()).then(task);
    const ended = turn.catch(() => undefined);
    last.set(key, ended);
    try {
      return await turn;
    } finally {
      // Nobody waits behind this one.
      if (last.get(key) === ended) last.delete(key);
    }
  };
}
