import { formatAmount, parseAmount } from '../core/money.ts';
import type { Quote, Sent } from '../operations/send.ts';
import type { AssumptionName } from './assumptions.ts';
import type { Estimate } from './estimate.ts';
import { type CostExplanations, isRounded } from './explanation.ts';
import { isRefused } from './reconcile-rows.ts';

const read = (written: string): bigint => parseAmount(written) ?? 0n;

/** What is left of an estimate when those that the gateway names as refused are out of it. */
interface Rest {
  readonly total: bigint;
  readonly lower: bigint;
  readonly upper: bigint;
  readonly recipients: number;
  readonly parts: number;
  /** Of the text, where there is only one. */
  readonly text: { readonly parts: number; readonly least: number; readonly most: number } | undefined;
  readonly names: ReadonlySet<AssumptionName>;
  /** The one price of all recipients, where there is only one, and its prefix where it has one. */
  readonly price: bigint | undefined;
  readonly prefix: string | undefined;
  /** Whether it is sure who the recipients are: none in groups, none without a price, no number that may be another. */
  readonly isSureOfRecipients: boolean;
}

/** Takes those out of the estimate that the answer names as refused. */
function withoutRefused(estimate: Estimate, answer: Quote | Sent, explanations: CostExplanations): Rest {
  const refused = new Map(
    answer.recipients.filter(isRefused).map((row) => [row.phone.replace(/^\+/, ''), row]),
  );
  let [total, recipients, parts] = [0n, 0, 0];
  let [out, outUpper] = [0n, 0n];
  const texts = new Set<number | undefined>();
  const prices = new Set<string>();
  const prefixes = new Set<string | undefined>();
  const names = new Set<AssumptionName>(estimate.assumptions.map(({ name }) => name));
  let text: Rest['text'];
  let hasGroups = false;
  for (const each of estimate.perRecipient()) {
    hasGroups ||= each.group !== undefined;
    if (each.unpriced) continue;
    const row = refused.get(each.phone);
    if (row) {
      explanations.add('refused', -read(each.cost), { status: row.status, error: row.error });
      out += read(each.lower);
      outUpper += read(each.upper);
      continue;
    }
    total += read(each.cost);
    recipients++;
    parts += each.parts;
    texts.add(each.message);
    prices.add(each.price);
    prefixes.add(each.prefix);
    text = { parts: each.parts, least: each.leastParts, most: each.mostParts };
  }
  return {
    total,
    lower: read(estimate.lower) - out,
    upper: read(estimate.upper) - outUpper,
    recipients,
    parts,
    text: texts.size === 1 ? text : undefined,
    names,
    price: prices.size === 1 ? read([...prices][0]!) : undefined,
    prefix: prefixes.size === 1 ? [...prefixes][0] : undefined,
    isSureOfRecipients:
      !hasGroups &&
      estimate.unpricedCount === 0 &&
      !names.has('number-correction') &&
      !names.has('duplicates'),
  };
}

const onNumbers: readonly AssumptionName[] = ['operator', 'number-correction', 'duplicates'];

/** Explains that the count of parts is another one. Says whether it could. */
function explainCount(charged: bigint, count: number, rest: Rest, explanations: CostExplanations): boolean {
  const { text, price, prefix, total, recipients, names, isSureOfRecipients } = rest;
  if (!text || recipients === 0 || count <= 0) return false;
  const parts = count / recipients;
  const fitsParts = Number.isInteger(parts) && charged * BigInt(text.parts) === total * BigInt(parts);
  const fitsRecipients =
    price !== undefined && charged === price * BigInt(count) && Number.isInteger(count / text.parts);
  const allowed = parts >= text.least && parts <= text.most;
  const about = {
    estimated: String(text.parts),
    charged: String(parts),
    assumptions: allowed ? [...names].filter((name) => !onNumbers.includes(name)) : [],
  };
  if (fitsRecipients && (!fitsParts || !allowed)) {
    explanations.add(
      'recipients',
      charged - total,
      { prefix, estimated: String(recipients), charged: String(count / text.parts) },
      Math.abs(count / text.parts - recipients),
    );
    return true;
  }
  if (fitsParts) {
    explanations.add('parts', charged - total, about, recipients);
    return true;
  }
  // Both may differ: then the count says how many parts, and the cost what one of them costs.
  if (
    price === undefined ||
    prefix === undefined ||
    !isSureOfRecipients ||
    !Number.isInteger(parts) ||
    !allowed ||
    charged % BigInt(count) !== 0n
  )
    return false;
  const byParts = price * BigInt(count) - total;
  explanations.add('parts', byParts, about, recipients);
  explanations.add(
    'price',
    charged - total - byParts,
    { prefix, estimated: formatAmount(price), charged: formatAmount(charged / BigInt(count)) },
    recipients,
  );
  return true;
}

/**
 * Explains a difference where the answer has no rows, or those of the wrong numbers only: as far as there is but one
 * explanation. Says whether rows of all recipients would say more.
 */
export function explainByTotals(
  estimate: Estimate,
  answer: Quote | Sent,
  charged: bigint,
  explanations: CostExplanations,
): boolean {
  const rest = withoutRefused(estimate, answer, explanations);
  const { total, lower, upper, recipients, parts, price, prefix, names, isSureOfRecipients } = rest;
  const count = answer.parts;
  const isSameCount = count === parts;
  if (charged === total) {
    if (!isSameCount) explanations.add('count', 0n, { estimated: String(parts), charged: String(count) }, 0);
    return !isSameCount;
  }
  if (charged === 0n && estimate.kind !== 'email') {
    explanations.add('test-mode', -total, {}, recipients);
    return false;
  }
  if (!isSameCount && explainCount(charged, count, rest, explanations)) return false;
  if (isSameCount && isRounded(charged, total)) {
    explanations.add('rounding', charged - total, {}, recipients);
    return false;
  }
  if (
    isSameCount &&
    isSureOfRecipients &&
    prefix !== undefined &&
    price !== undefined &&
    !names.has('operator') &&
    count > 0 &&
    charged % BigInt(count) === 0n
  ) {
    explanations.add(
      'price',
      charged - total,
      { prefix, estimated: formatAmount(price), charged: formatAmount(charged / BigInt(count)) },
      recipients,
    );
    return false;
  }
  if (charged >= lower && charged <= upper && lower !== upper) {
    const able = [...names].filter((name) => !isSameCount || onNumbers.includes(name));
    if (able.length > 0) explanations.add('assumption', charged - total, { assumptions: able }, recipients);
  }
  return true;
}
