import { formatAmount } from '../core/money.ts';
import type { AssumptionName } from './assumptions.ts';

/** Meaning of each kind of explanation for a difference between the estimate and the charged amount. */
export const meanings = {
  price: 'the price of a part differs from the price table',
  parts: 'the text takes a different number of parts, or the call a different number of seconds',
  operator: 'the gateway charged the price of another network of the prefix',
  rejected: 'the gateway rejected the recipient',
  missing: 'the recipient is missing from the response',
  uncharged: 'the response has no cost for the recipient',
  'not-priced': 'the recipient had no price in the estimate',
  'number-correction': 'the number was not corrected as assumed',
  'group-member': 'the recipient is a member of a group whose members were not given',
  'duplicate-charge': 'the recipient was charged more than once',
  unexpected: 'the recipient is not in the estimate',
  recipients: 'a different number of recipients was charged',
  'test-mode': 'the account is in test mode: nothing is sent or charged',
  rounding: 'the gateway rounded the amount',
  total: "the gateway's total differs from the sum of its rows",
  count: "the gateway's count of parts differs, at the same cost",
  assumption: 'the assumptions of the estimate allow for the difference',
} as const;

/** Reason for a difference between an estimate and the gateway's charge. */
export type CostExplanationKind = keyof typeof meanings;

/**
 * Part of the difference between the estimate and the gateway's charge, with its cause. Members that do not apply are
 * `undefined`.
 */
export interface CostExplanation {
  /** Kind of the cause. */
  readonly kind: CostExplanationKind;
  /** Meaning of the kind, in English. */
  readonly meaning: string;
  /** Contribution to the difference, signed, as an exact decimal. */
  readonly amount: string;
  /** Number of recipients concerned. */
  readonly recipients: number;
  /** Prefix of the destination. */
  readonly prefix: string | undefined;
  /** Index of the message in a list, from 0. */
  readonly message: number | undefined;
  /** Estimated price, parts or recipients. */
  readonly estimated: string | undefined;
  /** Price, parts or recipients that the gateway charged. */
  readonly charged: string | undefined;
  /** State that the gateway reported. */
  readonly status: number | undefined;
  /** Delivery error that the gateway reported. */
  readonly error: number | undefined;
  /** Assumptions of the estimate that can account for this part of the difference. */
  readonly assumptions: readonly AssumptionName[];
}

/** Members that distinguish explanations of the same kind. */
export type ExplanationDetails = Partial<
  Pick<CostExplanation, 'prefix' | 'message' | 'estimated' | 'charged' | 'status' | 'error' | 'assumptions'>
>;

const absolute = (amount: bigint): bigint => (amount < 0n ? -amount : amount);

/** Collects explanations. Adds up explanations of the same kind with the same details. */
export class CostExplanations {
  readonly #found = new Map<
    string,
    {
      readonly kind: CostExplanationKind;
      readonly details: ExplanationDetails;
      recipients: number;
      amount: bigint;
    }
  >();

  add(kind: CostExplanationKind, amount: bigint, details: ExplanationDetails = {}, recipients = 1): void {
    const { prefix, message, estimated, charged, status, error, assumptions = [] } = details;
    const key = [kind, prefix, message, estimated, charged, status, error, assumptions.join()].join('|');
    const found = this.#found.get(key);
    if (!found) this.#found.set(key, { kind, details, recipients, amount });
    else {
      found.recipients += recipients;
      found.amount += amount;
    }
  }

  /** Returns the sum of all amounts. */
  sum(): bigint {
    let sum = 0n;
    for (const { amount } of this.#found.values()) sum += amount;
    return sum;
  }

  /** Lists the explanations, the largest amount first. */
  list(): readonly CostExplanation[] {
    return [...this.#found.values()]
      .sort((one, other) => Number(absolute(other.amount) - absolute(one.amount)))
      .map(({ kind, details, recipients, amount }) => ({
        kind,
        meaning: meanings[kind],
        amount: formatAmount(amount),
        recipients,
        prefix: details.prefix,
        message: details.message,
        estimated: details.estimated,
        charged: details.charged,
        status: details.status,
        error: details.error,
        assumptions: details.assumptions ?? [],
      }));
  }
}

/** A hundredth in units of 10⁻¹². */
const cent = 10_000_000_000n;

/** Returns true if `rounded` equals `exact` rounded up or down to two decimals. */
export function isRounded(rounded: bigint, exact: bigint): boolean {
  const apart = rounded - exact;
  return apart !== 0n && rounded % cent === 0n && apart < cent && -apart < cent;
}
