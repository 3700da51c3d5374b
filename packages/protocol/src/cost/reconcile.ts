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
function readCost(estimate: Estimate, answer: Quote | Sent, context: IssueContext): bigint | undefined {
  if (!isObject(estimate) || typeof estimate.perRecipient !== 'function')
    context.inside('estimate').addIssue('expected the result of estimate');
  const isAnswer = isObject(answer) && Array.isArray(answer.recipients) && Number.isSafeInteger(answer.parts);
  if (!isAnswer) {
    context.inside('answer').addIssue('expected the result of cost or send');
    return undefined;
  }
  const cost = typeof answer.cost === 'string' ? parseAmount(answer.cost) : undefined;
  const at = context.inside('answer.cost');
  if (answer.cost !== undefined && cost === undefined) at.addIssue('expected a decimal');
  else if (cost === undefined && !hasAllRows(answer))
    at.addIssue("is required; use report: 'cost' or perRecipient: true");
  return cost;
}

/** Tells whether an amount lies within the bounds of an estimate. */
function isWithinBounds(amount: bigint, { total, lower, upper }: Estimate): boolean {
  const fallback = parseAmount(total) ?? 0n;
  return amount >= (parseAmount(lower) ?? fallback) && amount <= (parseAmount(upper) ?? fallback);
}

/**
 * Compares an estimate with the gateway's response to `cost`, or to `send` with a cost. If that request had
 * `perRecipient`, each recipient is compared; otherwise only the totals, as far as they allow one explanation.
 *
 * @throws {InputError} for a response without any cost
 * @example
 * ```ts
 * const { agrees, explanations } = reconcile(estimate(input, prices), await smsc.cost(input));
 * ```
 */
export function reconcile(estimate: Estimate, answer: Quote | Sent): Reconciliation {
  const context = new IssueContext();
  const cost = readCost(estimate, answer, context);
  throwIfIssues('reconcile', context);

  const hasRows = hasAllRows(answer);
  const charged = cost ?? sumOfRows(answer);
  const total = parseAmount(estimate.total) ?? 0n;
  const explanations = new CostExplanations();
  const lacksRows = hasRows ? false : explainByTotals(estimate, answer, charged, explanations);
  if (hasRows) explainByRows(estimate, answer, charged, explanations);
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
