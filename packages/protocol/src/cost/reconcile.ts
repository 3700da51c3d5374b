import { isObject } from '../core/own-members.ts';
import { formatAmount, parseAmount } from '../core/money.ts';
import type { Quote, Sent } from '../operations/send.ts';
import { IssueContext, throwIfIssues } from '../core/issues.ts';
import type { Estimate } from './estimate.ts';
import { type CostExplanation, CostExplanations } from './explanation.ts';
import { explainByRows, hasAllRows, sumOfRows } from './reconcile-rows.ts';
import { explainByTotals } from './reconcile-totals.ts';

/** Comparison of an estimate with the gateway's response. All amounts are exact decimals, as text. */
export interface Reconciliation {
  /** `true` if nothing differs: cost, count and recipients are as estimated. */
  readonly agrees: boolean;
  /** Cost according to the gateway. */
  readonly charged: string;
  /** Charged cost minus estimated cost. */
  readonly difference: string;
  /** `true` if the charged cost lies within the bounds of the estimate. */
  readonly withinBounds: boolean;
  /** Parts of the difference, the largest first. Their amounts and `unexplained` add up to `difference`. */
  readonly explanations: readonly CostExplanation[];
  /** Rest of the difference that has no explanation. */
  readonly unexplained: string;
  /** Options of `cost` or `send` that would allow further explanations. */
  readonly needs: readonly 'perRecipient'[];
}

/** Reads the cost of a response. Adds an issue for each error in the arguments of `reconcile`. */
function readCost(estimate: Estimate, response: Quote | Sent, context: IssueContext): bigint | undefined {
  if (!isObject(estimate) || typeof estimate.perRecipient !== 'function')
    context.inside('estimate').expect(false, estimate, 'the result of `estimate`');
  const isResponse =
    isObject(response) && Array.isArray(response.recipients) && Number.isSafeInteger(response.parts);
  if (!isResponse) {
    context.inside('response').expect(false, response, 'the result of `cost` or `send`');
    return undefined;
  }
  const cost = typeof response.cost === 'string' ? parseAmount(response.cost) : undefined;
  const at = context.inside('response.cost');
  if (response.cost !== undefined && cost === undefined) at.expect(false, response.cost, 'a decimal as text');
  else if (cost === undefined && !hasAllRows(response))
    at.addIssue("is missing; send without report: 'none', or with perRecipient: true");
  return cost;
}

/** Returns true if an amount lies within the bounds of an estimate. */
function isWithinBounds(amount: bigint, { total, lower, upper }: Estimate): boolean {
  const fallback = parseAmount(total) ?? 0n;
  return amount >= (parseAmount(lower) ?? fallback) && amount <= (parseAmount(upper) ?? fallback);
}

/**
 * Compares an estimate with the gateway's response to `cost` or `send`. If the request had `perRecipient`, compares
 * each recipient. Otherwise compares the totals, and explains a difference only if there is a single explanation.
 *
 * @throws {InputError} for a response without a cost, such as that of `send` with `report: 'none'`
 * @example
 * ```ts
 * const { agrees, explanations } = reconcile(estimate(input, prices), await smsc.cost(input));
 * ```
 */
export function reconcile(estimate: Estimate, response: Quote | Sent): Reconciliation {
  const context = new IssueContext();
  const cost = readCost(estimate, response, context);
  throwIfIssues('reconcile', context);

  const hasRows = hasAllRows(response);
  const charged = cost ?? sumOfRows(response);
  const total = parseAmount(estimate.total) ?? 0n;
  const explanations = new CostExplanations();
  const lacksRows = hasRows ? false : explainByTotals(estimate, response, charged, explanations);
  if (hasRows) explainByRows(estimate, response, charged, explanations);
  const difference = charged - total;
  const list = explanations.list();
  return {
    agrees: list.length === 0 && difference === 0n,
    charged: formatAmount(charged),
    difference: formatAmount(difference),
    withinBounds: isWithinBounds(charged, estimate),
    explanations: list,
    unexplained: formatAmount(difference - explanations.sum()),
    needs: lacksRows ? ['perRecipient'] : [],
  };
}
