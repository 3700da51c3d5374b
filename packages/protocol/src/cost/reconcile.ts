import { isObject } from '../core/own-members.ts';
import { formatAmount, parseAmount } from '../core/money.ts';
import type { Quote, Sent } from '../operations/send.ts';
import { IssueContext, throwIfIssues } from '../core/issues.ts';
import type { Estimate } from './estimate.ts';
import { type CostExplanation, CostExplanations } from './explanation.ts';
import { explainByRows, hasAllRows, sumOfRows } from './reconcile-rows.ts';
import { explainByTotals } from './reconcile-totals.ts';

/** An estimate beside what the gateway has said. All amounts are exact decimals, as text. */
export interface Reconciliation {
  /** Whether nothing differs: no cost, no count, no recipient. */
  readonly agrees: boolean;
  /** What the gateway says that it costs. */
  readonly charged: string;
  /** That less what was estimated. */
  readonly difference: string;
  /** Whether it is within the estimate's bounds. */
  readonly withinBounds: boolean;
  /** What the difference is made of, the largest first. Their amounts and `unexplained` add up to `difference`. */
  readonly explanations: readonly CostExplanation[];
  /** What is left of it. */
  readonly unexplained: string;
  /** What would explain more, to be given to `cost` or `send`. */
  readonly needs: readonly 'perRecipient'[];
}

/**
 * Compares an estimate with the gateway's own answer: of `cost`, or of `send` with `report`. With `perRecipient` in that
 * request each recipient is compared; without, what the totals can say for certain.
 *
 * @throws {InputError} for an answer without any cost
 */
export function reconcile(estimate: Estimate, answer: Quote | Sent): Reconciliation {
  const context = new IssueContext();
  if (!isObject(estimate) || typeof estimate.perRecipient !== 'function')
    context.inside('estimate').addIssue('expected what estimate gives back');
  const hasRows = isObject(answer) && Array.isArray(answer.recipients) && hasAllRows(answer);
  const written = isObject(answer) ? answer.cost : undefined;
  const cost = typeof written === 'string' ? parseAmount(written) : undefined;
  if (!isObject(answer) || !Array.isArray(answer.recipients) || !Number.isSafeInteger(answer.parts))
    context.inside('answer').addIssue('expected what cost or send gives back');
  else if (written !== undefined && cost === undefined)
    context.inside('answer.cost').addIssue('expected a decimal');
  else if (cost === undefined && !hasRows)
    context.inside('answer.cost').addIssue('is needed: send with report, or with perRecipient');
  throwIfIssues('reconcile', context);

  const charged = cost ?? sumOfRows(answer);
  const total = parseAmount(estimate.total) ?? 0n;
  const explanations = new CostExplanations();
  const lacksRows = hasRows ? false : explainByTotals(estimate, answer, charged, explanations);
  if (hasRows) explainByRows(estimate, answer, charged, explanations);
  const difference = charged - total;
  const unexplained = difference - explanations.sum();
  const list = explanations.list();
  return {
    agrees: list.length === 0 && difference === 0n,
    charged: formatAmount(charged),
    difference: formatAmount(difference),
    withinBounds:
      charged >= (parseAmount(estimate.lower) ?? total) && charged <= (parseAmount(estimate.upper) ?? total),
    explanations: list,
    unexplained: formatAmount(unexplained),
    needs: lacksRows ? ['perRecipient'] : [],
  };
}
