import type { AssumptionName } from './assumptions.ts';
import type { MessageSize } from './message-size.ts';
import type { Tariff } from './tariff.ts';

/** Totals of all recipients of a destination. */
export interface DestinationTotals {
  readonly destination: number;
  readonly recipients: number;
  readonly parts: number;
  readonly cost: bigint;
}

/** Sums in units of 10⁻¹². */
export interface Sums {
  readonly total: bigint;
  readonly lower: bigint;
  readonly upper: bigint;
}

/**
 * Adds up recipients and parts by destination. Multiplies by the price at the end: once for each destination instead of
 * once for each recipient.
 */
export class CostTotals {
  /** Number of distinct recipients of the current text, by destination. */
  readonly newRecipients: Int32Array;
  /** Number of repeated recipients of the current text, by destination. */
  readonly duplicates: Int32Array;
  /** Destinations of the current text, each once. */
  readonly touched: number[] = [];
  readonly assumptions: Set<AssumptionName> = new Set();
  recipients = 0;
  parts = 0;

  readonly #tariff: Tariff;
  readonly #recipients: Float64Array;
  /** Three values for each destination: estimated, fewest and most parts. */
  readonly #parts: Float64Array;
  readonly #changed = new Set<number>();
  readonly #costs: bigint[] = [];
  #total = 0n;
  #lower = 0n;
  #upper = 0n;

  constructor(tariff: Tariff) {
    const { length } = tariff.destinations;
    this.#tariff = tariff;
    this.newRecipients = new Int32Array(length);
    this.duplicates = new Int32Array(length);
    this.#recipients = new Float64Array(length);
    this.#parts = new Float64Array(length * 3);
  }

  /** Adds one occurrence of a recipient. `isNew` is `false` if the recipient already occurred for the current text. */
  add(destination: number, isNew: boolean): void {
    if (this.newRecipients[destination] === 0 && this.duplicates[destination] === 0)
      this.touched.push(destination);
    if (isNew) this.newRecipients[destination]!++;
    else this.duplicates[destination]!++;
  }

  /** Widens the bounds of the cost: lowers the lower bound by `less` and raises the upper bound by `more`. */
  widen(less: bigint, more: bigint): void {
    this.#lower -= less;
    this.#upper += more;
  }

  /** Adds the recipients of the current text to the totals. Each recipient gets a message of the given size. */
  finishText({ parts, least, most, assumptions }: MessageSize): void {
    if (this.touched.length === 0) return;
    for (const name of assumptions) this.assumptions.add(name);
    for (const destination of this.touched) {
      const count = this.newRecipients[destination]!;
      const repeated = this.duplicates[destination]!;
      if (repeated > 0) this.assumptions.add('duplicates');
      if (this.#tariff.destinations[destination]!.networks) this.assumptions.add('operator');
      this.newRecipients[destination] = 0;
      this.duplicates[destination] = 0;
      this.recipients += count;
      this.parts += count * parts;
      this.#recipients[destination]! += count;
      this.#parts[destination * 3]! += count * parts;
      this.#parts[destination * 3 + 1]! += count * least;
      this.#parts[destination * 3 + 2]! += (count + repeated) * most;
      this.#changed.add(destination);
    }
    this.touched.length = 0;
  }

  /** Returns the sums of all finished texts. */
  sums(): Sums {
    for (const destination of this.#changed) {
      const { price, least, most } = this.#tariff.destinations[destination]!;
      const times = (amount: bigint, bound: number): bigint =>
        amount * BigInt(this.#parts[destination * 3 + bound]!);
      const now = [times(price, 0), times(least, 1), times(most, 2)] as const;
      this.#total += now[0] - (this.#costs[destination * 3] ?? 0n);
      this.#lower += now[1] - (this.#costs[destination * 3 + 1] ?? 0n);
      this.#upper += now[2] - (this.#costs[destination * 3 + 2] ?? 0n);
      for (const [bound, amount] of now.entries()) this.#costs[destination * 3 + bound] = amount;
    }
    this.#changed.clear();
    return { total: this.#total, lower: this.#lower, upper: this.#upper };
  }

  /** Returns the totals of each destination, the most expensive first. */
  entries(): readonly DestinationTotals[] {
    this.sums();
    const found: DestinationTotals[] = [];
    for (const [destination, recipients] of this.#recipients.entries()) {
      if (recipients > 0)
        found.push({
          destination,
          recipients,
          parts: this.#parts[destination * 3]!,
          cost: this.#costs[destination * 3]!,
        });
    }
    return found.sort((one, other) => Number(other.cost - one.cost) || one.destination - other.destination);
  }
}
