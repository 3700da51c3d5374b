import { formatAmount } from '../core/money.ts';
import type { AssumptionName } from './assumptions.ts';

/** Why an amount is another one than was estimated. */
export const meanings = {
  price: 'a part costs something else than the table says',
  parts: 'the text has another number of parts, or the call of seconds',
  operator: 'the price of another network of the prefix was taken',
  refused: 'the gateway refused the recipient',
  missing: 'the recipient is not in the answer',
  uncharged: 'the answer has no cost for the recipient',
  'not-priced': 'the recipient had no price here',
  'number-correction': 'the number was not mended as assumed',
  'group-member': 'the recipient is a member of a group that was not known here',
  repeated: 'the recipient was charged more than once',
  unexpected: 'the recipient is not in the estimate',
  recipients: 'another number of recipients was charged',
  'test-mode': 'the account is in test mode, which sends nothing and charges nothing',
  rounding: 'the gateway has rounded',
  total: "the gateway's total is not the sum of its rows",
  count: "the gateway's count of parts is another one, at the same cost",
  assumption: 'the assumptions of the estimate allow for it',
} as const;

/** Reason for a difference between an estimate and the gateway's charge. */
export type CostExplanationKind = keyof typeof meanings;

/** A part of the difference, and what it comes of. What does not apply is `undefined`. */
export interface CostExplanation {
  readonly kind: CostExplanationKind;
  /** What the kind means. */
  readonly meaning: string;
  /** What it adds to the cost, signed, as an exact decimal. */
  readonly amount: string;
  /** How many recipients it is about. */
  readonly recipients: number;
  /** The line of the estimate, by its prefix. */
  readonly prefix: string | undefined;
  /** The message of a list, from 0. */
  readonly message: number | undefined;
  /** Prices or parts: what was estimated, and what the gateway took. */
  readonly estimated: string | undefined;
  readonly charged: string | undefined;
  /** State and delivery error, as the gateway gave them. */
  readonly status: number | undefined;
  readonly error: number | undefined;
  /** The assumptions that have allowed for it. */
  readonly assumptions: readonly AssumptionName[];
}

/** What tells explanations apart. */
export type ExplanationDetails = Partial<
  Pick<CostExplanation, 'prefix' | 'message' | 'estimated' | 'charged' | 'status' | 'error' | 'assumptions'>
>;

/** Explanations, those of one cause about one thing added up. */
export class CostExplanations {
  readonly #found = new Map<
    string,
    {
      readonly kind: CostExplanationKind;
      readonly about: ExplanationDetails;
      recipients: number;
      amount: bigint;
    }
  >();

  add(kind: CostExplanationKind, amount: bigint, about: ExplanationDetails = {}, recipients = 1): void {
    const { prefix, message, estimated, charged, status, error, assumptions = [] } = about;
    const key = [kind, prefix, message, estimated, charged, status, error, assumptions.join()].join('|');
    const found = this.#found.get(key);
    if (!found) this.#found.set(key, { kind, about, recipients, amount });
    else {
      found.recipients += recipients;
      found.amount += amount;
    }
  }

  sum(): bigint {
    let sum = 0n;
    for (const { amount } of this.#found.values()) sum += amount;
    return sum;
  }

  /** The largest first. */
  list(): readonly CostExplanation[] {
    const size = (amount: bigint): bigint => (amount < 0n ? -amount : amount);
    return [...this.#found.values()]
      .sort((one, other) =>
        size(one.amount) < size(other.amount) ? 1 : size(one.amount) > size(other.amount) ? -1 : 0,
      )
      .map(({ kind, about, recipients, amount }) => ({
        kind,
        meaning: meanings[kind],
        amount: formatAmount(amount),
        recipients,
        prefix: about.prefix,
        message: about.message,
        estimated: about.estimated,
        charged: about.charged,
        status: about.status,
        error: about.error,
        assumptions: about.assumptions ?? [],
      }));
  }
}

const cent = 10_000_000_000n;

/** Whether one amount is another one that was rounded to two decimals, up or down. */
export function isRounded(rounded: bigint, exact: bigint): boolean {
  const apart = rounded - exact;
  return apart !== 0n && rounded % cent === 0n && apart < cent && -apart < cent;
}
