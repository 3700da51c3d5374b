import type { Clock } from '@smsc/client';

/** A clock that stands still until it is told. */
export class ManualClock implements Clock {
  #now = Date.UTC(2026, 2, 16, 9);
  #due: { at: number; run: () => void }[] = [];

  readonly now = (): number => this.#now;

  readonly after = (ms: number, run: () => void): (() => void) => {
    const entry = { at: this.#now + ms, run };
    this.#due.push(entry);
    return () => {
      this.#due = this.#due.filter((each) => each !== entry);
    };
  };

  /** How many things are waited for. */
  get pending(): number {
    return this.#due.length;
  }

  advance(ms: number): void {
    this.#now += ms;
    for (const { run } of this.#due.filter(({ at }) => at <= this.#now)) run();
    this.#due = this.#due.filter(({ at }) => at > this.#now);
  }
}

/** Goes on when something is so: a digest is made on another thread, and takes the time that it takes. */
export async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await new Promise((resolve) => setImmediate(resolve));
}

/** A promise, and what ends it. */
export function later<Value>(): {
  readonly promise: Promise<Value>;
  readonly resolve: (value: Value) => void;
} {
  let resolve: (value: Value) => void = () => undefined;
  const promise = new Promise<Value>((settle) => (resolve = settle));
  return { promise, resolve };
}

/** What was begun before has most likely come as far as it can. Nothing may fail if it has not. */
export async function turns(): Promise<void> {
  for (let turn = 0; turn < 5; turn++) {
    await crypto.subtle.digest('SHA-256', new Uint8Array(1));
    await new Promise((resolve) => setImmediate(resolve));
  }
}
