/** Positions of characters in a text, or of octets in a byte array. */
export interface Positions {
  /** Number of occurrences. */
  readonly count: number;
  /** Indexes of the first hundred occurrences, in UTF-16 code units of a text or in bytes, from 0. */
  readonly indexes: readonly number[];
  /** Number of occurrences that `indexes` leaves out. */
  readonly more: number;
}

const maxIndexes = 100;

/** Collects positions. Keeps the first hundred positions and counts all. */
export class PositionCollector {
  #count = 0;
  readonly #indexes: number[] = [];

  add(index: number): void {
    this.#count++;
    if (this.#indexes.length < maxIndexes) this.#indexes.push(index);
  }

  get count(): number {
    return this.#count;
  }

  positions(): Positions {
    return { count: this.#count, indexes: this.#indexes, more: this.#count - this.#indexes.length };
  }
}

/** Describes positions in words, such as `at 0, 5 and 7 more`. */
export const describePositions = ({ indexes, more }: Positions): string =>
  `at ${indexes.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
