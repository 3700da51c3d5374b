/** Runs a task after all earlier tasks with the same key have settled. */
export type KeyedQueue = <Value>(key: string, task: () => Promise<Value>) => Promise<Value>;

/** Creates a queue. Tasks with the same key run one after another; tasks with different keys run concurrently. */
export function keyedQueue(): KeyedQueue {
  const last = new Map<string, Promise<unknown>>();
  return async (key, task) => {
    const turn = (last.get(key) ?? Promise.resolve()).then(task);
    const ended = turn.catch(() => undefined);
    last.set(key, ended);
    try {
      return await turn;
    } finally {
      // Removes the key if no later task waits for this one.
      if (last.get(key) === ended) last.delete(key);
    }
  };
}
