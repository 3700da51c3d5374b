import { setImmediate } from 'node:timers';

/** A clock on which time goes by by itself: when nothing else is to be done, the next thing that is due happens. */
export function createClock(start) {
  let now = start;
  let going = false;
  /** A heap, the first thing due on top. */
  const heap = [];
  const swap = (one, other) => ([heap[one], heap[other]] = [heap[other], heap[one]]);
  function push(entry) {
    let at = heap.push(entry) - 1;
    for (let above = (at - 1) >> 1; at > 0 && heap[above].at > heap[at].at; at = above, above = (at - 1) >> 1)
      swap(at, above);
  }
  function pop() {
    const top = heap[0];
    const last = heap.pop();
    if (heap.length > 0) {
      heap[0] = last;
      for (let at = 0; ;) {
        const [left, right] = [2 * at + 1, 2 * at + 2];
        let least = at;
        if (left < heap.length && heap[left].at < heap[least].at) least = left;
        if (right < heap.length && heap[right].at < heap[least].at) least = right;
        if (least === at) break;
        swap(at, least);
        at = least;
      }
    }
    return top;
  }
  function go() {
    if (going) return;
    going = true;
    // Twice: what a promise does after the first is done before the second.
    setImmediate(() =>
      setImmediate(() => {
        going = false;
        while (heap.length > 0 && heap[0].off) pop();
        if (heap.length === 0) return;
        const next = pop();
        now = Math.max(now, next.at);
        next.run();
        if (heap.length > 0) go();
      }),
    );
  }
  return {
    now: () => now,
    after: (ms, run) => {
      const entry = { at: now + ms, run, off: false };
      push(entry);
      go();
      return () => void (entry.off = true);
    },
  };
}
