import type { AssumptionName } from './assumptions.ts';
import type { MessageSize } from './message-size.ts';
import type { Tariff } from './tariff.ts';

/** What all recipients of a destination cost together. */
export interface DestinationTotals {
  readonly destination: number;
  readonly recipients: number;
  readonly parts: number;
  readonly cost: bigint;
}

/** Sums, in units of 10⁻¹². */
export interface Sums {
  readonly total: bigint;
  readonly lower: bigint;
  readonly upper: bigint;
}

/**
 * Counts recipients and parts by destination, and multiplies at the end: money is touched once for a destination, not
 * once for a recipient.
 */
export class CostTotals {
  /** Recipients of the text that is being counted, by destination. */
  readonly newRecipients: Int32Array;
  /** Of these, how often one was named again. */
  readonly duplicates: Int32Array;
  /** The destinations of that text, each once. */
  readonly touched: number[] = [];
  readonly assumptions: Set<AssumptionName> = new Set();
  recipients = 0;
  parts = 0;

  readonly #tariff: Tariff;
  readonly #recipients: Float64Array;
  /** Parts, then the fewest, then the most, for each destination. */
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

  /** Counts one recipient, or one that was named before. */
  add(destination: number, isNew: boolean): void {
    if (this.newRecipients[destination] === 0 && this.duplicates[destination] === 0)
      this.touched.push(destination);
    if (isNew) this.newRecipients[destination]!++;
    else this.duplicates[destination]!++;
  }

  /** Bounds that are further apart than the destinations say. */
  widen(less: bigint, more: bigint): void {
    this.#lower -= less;
    this.#upper += more;
  }

  /** Ends a text: each of its recipients gets so many parts. */
  finishText({ parts, least, most, assumptions }: MessageSize): void {
    if (this.touched.length === 0) return;
    for (const name of assumptions) this.assumptions.add(name);
    for (const destination of this.touched) {
      const count = this.newRecipients[destination]!;
      const again = this.duplicates[destination]!;
      if (again > 0) this.assumptions.add('duplicates');
      if (this.#tariff.destinations[destination]!.networks) this.assumptions.add('operator');
      this.newRecipients[destination] = 0;
      this.duplicates[destination] = 0;
      this.recipients += count;
      this.parts += count * parts;
      this.#recipients[destination]! += count;
      this.#parts[destination * 3]! += count * parts;
      this.#parts[destination * 3 + 1]! += count * least;
      this.#parts[destination * 3 + 2]! += (count + again) * most;
      this.#changed.add(destination);
    }
    this.touched.length = 0;
  }

  /** What all of it costs so far. */
  sums(): Sums {
    for (const destination of this.#changed) {
      const { price, least, most } = this.#tariff.destinations[destination]!;
      const times = (amount: bigint, which: number): bigint =>
        amount * BigInt(this.#parts[destination * 3 + which]!);
      const now = [times(price, 0), times(least, 1), times(most, 2)] as const;
      this.#total += now[0] - (this.#costs[destination * 3] ?? 0n);
      this.#lower += now[1] - (this.#costs[destination * 3 + 1] ?? 0n);
      this.#upper += now[2] - (this.#costs[destination * 3 + 2] ?? 0n);
      for (const [which, amount] of now.entries()) this.#costs[destination * 3 + which] = amount;
    }
    this.#changed.clear();
    return { total: this.#total, lower: this.#lower, upper: this.#upper };
  }

  /** What each destination costs, dearest first. */
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
    return found.sort((one, other) =>
      one.cost < other.cost ? 1 : one.cost > other.cost ? -1 : one.destination - other.destination,
    );
  }
}
