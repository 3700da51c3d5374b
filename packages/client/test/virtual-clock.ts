import type { Clock } from '../src/index.ts';

/** A clock on which time goes by by itself: when nothing else is to be done, the next thing that is due happens. */
export class VirtualClock implements Clock {
  #now: number;
  #due: { at: number; run: () => void }[] = [];
  #going = false;
  /** How many things are waited for. */
  get pending(): number {
    return this.#due.length;
  }

  constructor(now: number = Date.UTC(2026, 2, 16, 9)) {
    this.#now = now;
  }

  readonly now = (): number => this.#now;

  readonly after = (ms: number, run: () => void): (() => void) => {
    const entry = { at: this.#now + ms, run };
    this.#due.push(entry);
    this.#go();
    return () => {
      this.#due = this.#due.filter((each) => each !== entry);
    };
  };

  #go(): void {
    if (this.#going) return;
    this.#going = true;
    // Twice: what a promise does after the first is done before the second.
    setImmediate(() =>
      setImmediate(() => {
        this.#going = false;
        const next = this.#due.reduce<{ at: number; run: () => void } | undefined>(
          (first, each) => (first && first.at <= each.at ? first : each),
          undefined,
        );
        if (!next) return;
        this.#due = this.#due.filter((each) => each !== next);
        this.#now = Math.max(this.#now, next.at);
        next.run();
        if (this.#due.length > 0) this.#go();
      }),
    );
  }
}
