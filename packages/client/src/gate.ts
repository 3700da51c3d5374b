interface Waiting {
  readonly most: number;
  /** Absent when it has given up. */
  go?: () => void;
}

/** Lets so many in at once, first come first served. */
export interface Gate {
  /** Waits for a place. Says whether there is one: `false` when the signal came first. */
  enter(most: number, signal?: AbortSignal): Promise<boolean>;
  /** Gives the place to whoever is next. */
  leave(): void;
}

/** Makes a gate. */
export function createGate(): Gate {
  let inside = 0;
  /** Those who wait, from `first` on: taking one from the front of a list moves all others. */
  let waiting: Waiting[] = [];
  let first = 0;

  function admit(): void {
    for (; first < waiting.length; first++) {
      const { most, go } = waiting[first]!;
      if (!go) continue;
      if (inside >= most) return;
      inside++;
      go();
    }
    waiting = [];
    first = 0;
  }

  return {
    enter: (most, signal) =>
      new Promise((resolve) => {
        if (signal?.aborted) return resolve(false);
        const place: Waiting = {
          most,
          go: () => {
            signal?.removeEventListener('abort', onAbort);
            resolve(true);
          },
        };
        const onAbort = (): void => {
          signal!.removeEventListener('abort', onAbort);
          delete place.go;
          resolve(false);
          // Whoever stands behind may have waited for this one alone.
          admit();
        };
        signal?.addEventListener('abort', onAbort);
        waiting.push(place);
        admit();
      }),
    leave: () => {
      inside--;
      admit();
    },
  };
}
