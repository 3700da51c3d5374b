/** Where something stands in a text. */
export interface Positions {
  /** How often. */
  readonly count: number;
  /** Where, as indexes of UTF-16 code units from 0: the first hundred. */
  readonly indexes: readonly number[];
  /** How many places more there are than `indexes` has. */
  readonly more: number;
}

const listed = 100;

/** Places that are being found. */
export class PositionCollector {
  #count = 0;
  readonly #indexes: number[] = [];

  add(index: number): void {
    this.#count++;
    if (this.#indexes.length < listed) this.#indexes.push(index);
  }

  get count(): number {
    return this.#count;
  }

  places(): Positions {
    return { count: this.#count, indexes: this.#indexes, more: this.#count - this.#indexes.length };
  }
}

/** Places in words: `at 0, 5 and 7 more`. */
export const describePositions = ({ indexes, more }: Positions): string =>
  `at ${indexes.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
