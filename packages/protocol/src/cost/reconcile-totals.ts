import { formatAmount, parseAmount } from '../core/money.ts';
import type { Quote, Sent } from '../operations/send.ts';
import type { AssumptionName } from './assumptions.ts';
import type { Estimate } from './estimate.ts';
import { type CostExplanations, isRounded } from './explanation.ts';
import { isRejected } from './reconcile-rows.ts';
import type { RecipientCost } from './recipient-costs.ts';

const amountOf = (written: string): bigint => parseAmount(written) ?? 0n;

/** Size of the text, if all recipients get the same text. */
interface OnlyText {
  readonly parts: number;
  readonly least: number;
  readonly most: number;
}

/** Estimated cost, and its range. */
interface CostRange {
  readonly total: bigint;
  readonly lower: bigint;
  readonly upper: bigint;
}

/** Values that all recipients have in common. */
interface CommonValues {
  /** `undefined` if there are several texts. */
  readonly text: OnlyText | undefined;
  /** `undefined` if there are several prices. */
  readonly price: bigint | undefined;
  /** `undefined` if there are several prefixes, or none. */
  readonly prefix: string | undefined;
}

/** Sums of an estimate without the recipients that the response lists as rejected. */
interface Remainder {
  readonly cost: CostRange;
  readonly recipients: number;
  readonly parts: number;
  readonly common: CommonValues;
  readonly assumptions: ReadonlySet<AssumptionName>;
  /**
   * `true` if the recipients are certain: no groups, no recipients without a price, no corrected numbers, no
   * duplicates.
   */
  readonly hasCertainRecipients: boolean;
}

/** Returns the only value of a set, or `undefined` if it has none or several. */
const onlyOf = <Value>(values: ReadonlySet<Value>): Value | undefined =>
  values.size === 1 ? [...values][0] : undefined;

/** Adds up the recipients that were not rejected. */
class RemainderSums {
  total = 0n;
  recipients = 0;
  parts = 0;
  readonly #messages = new Set<number | undefined>();
  readonly #prices = new Set<string>();
  readonly #prefixes = new Set<string | undefined>();
  #lastText: OnlyText | undefined;

  add({ cost, parts, message, price, prefix, leastParts, mostParts }: RecipientCost): void {
    this.total += amountOf(cost);
    this.recipients++;
    this.parts += parts;
    this.#messages.add(message);
    this.#prices.add(price);
    this.#prefixes.add(prefix);
    this.#lastText = { parts, least: leastParts, most: mostParts };
  }

  common(): CommonValues {
    const price = onlyOf(this.#prices);
    return {
      text: this.#messages.size === 1 ? this.#lastText : undefined,
      price: price === undefined ? undefined : amountOf(price),
      prefix: onlyOf(this.#prefixes),
    };
  }
}

/**
 * Returns the sums of an estimate without the recipients that the response lists as rejected. Adds an explanation for
 * each of these recipients.
 */
function withoutRejected(
  estimate: Estimate,
  response: Quote | Sent,
  explanations: CostExplanations,
): Remainder {
  const rejected = new Map(
    response.recipients.filter(isRejected).map((row) => [row.phone.replace(/^\+/, ''), row]),
  );
  const sums = new RemainderSums();
  let [lower, upper] = [amountOf(estimate.lower), amountOf(estimate.upper)];
  let hasGroups = false;
  for (const each of estimate.perRecipient()) {
    hasGroups ||= each.group !== undefined;
    if (each.unpriced) continue;
    const row = rejected.get(each.phone);
    if (!row) {
      sums.add(each);
      continue;
    }
    explanations.add('rejected', -amountOf(each.cost), { status: row.status, error: row.error });
    lower -= amountOf(each.lower);
    upper -= amountOf(each.upper);
  }
  const assumptions = new Set<AssumptionName>(estimate.assumptions.map(({ name }) => name));
  const { total, recipients, parts } = sums;
  return {
    cost: { total, lower, upper },
    recipients,
    parts,
    common: sums.common(),
    assumptions,
    hasCertainRecipients:
      !hasGroups &&
      estimate.unpricedCount === 0 &&
      !assumptions.has('number-correction') &&
      !assumptions.has('duplicates'),
  };
}

/** Assumptions about phone numbers. All other assumptions are about texts. */
const numberAssumptions: readonly AssumptionName[] = ['operator', 'number-correction', 'duplicates'];

/** The gateway's count of parts, and the resulting number of parts for each recipient. */
interface PartCount {
  readonly count: number;
  /** Parts for each recipient; not a whole number if the recipients differ. */
  readonly parts: number;
  /** `true` if the assumptions allow this number of parts. */
  readonly isAllowed: boolean;
}

/** Explains a difference by the number of recipients. Returns `false` if no number of recipients fits. */
function explainRecipients(
  charged: bigint,
  { count }: PartCount,
  rest: Remainder,
  explanations: CostExplanations,
): boolean {
  const { text, price, prefix } = rest.common;
  const recipients = count / text!.parts;
  if (price === undefined || charged !== price * BigInt(count)) return false;
  if (!Number.isInteger(recipients)) return false;
  explanations.add(
    'recipients',
    charged - rest.cost.total,
    { prefix, estimated: String(rest.recipients), charged: String(recipients) },
    Math.abs(recipients - rest.recipients),
  );
  return true;
}

/**
 * Explains a difference by the number of parts and, if needed, by the price. Returns `false` if parts and price do not
 * fit.
 */
function explainPartsAndPrice(
  charged: bigint,
  { count, parts, isAllowed }: PartCount,
  rest: Remainder,
  explanations: CostExplanations,
): boolean {
  const { recipients, assumptions } = rest;
  const { total } = rest.cost;
  const { text, price, prefix } = rest.common;
  const details = {
    estimated: String(text!.parts),
    charged: String(parts),
    assumptions: isAllowed ? [...assumptions].filter((name) => !numberAssumptions.includes(name)) : [],
  };
  if (!Number.isInteger(parts)) return false;
  if (charged * BigInt(text!.parts) === total * BigInt(parts)) {
    explanations.add('parts', charged - total, details, recipients);
    return true;
  }
  // Both parts and price may differ. The count then gives the number of parts. The cost divided by the count gives the
  // price of one part.
  const hasOnePrice = price !== undefined && prefix !== undefined && rest.hasCertainRecipients;
  if (!hasOnePrice || !isAllowed || charged % BigInt(count) !== 0n) return false;
  const byParts = price * BigInt(count) - total;
  explanations.add('parts', byParts, details, recipients);
  explanations.add(
    'price',
    charged - total - byParts,
    { prefix, estimated: formatAmount(price), charged: formatAmount(charged / BigInt(count)) },
    recipients,
  );
  return true;
}

/** Explains a count of parts that differs from the estimate. Returns `false` if there is no single explanation. */
function explainCount(
  charged: bigint,
  count: number,
  rest: Remainder,
  explanations: CostExplanations,
): boolean {
  const { recipients } = rest;
  const { text } = rest.common;
  if (!text || recipients === 0 || count <= 0) return false;
  const parts = count / recipients;
  const isAllowed = parts >= text.least && parts <= text.most;
  const partCount = { count, parts, isAllowed };
  const fitsParts =
    Number.isInteger(parts) && charged * BigInt(text.parts) === rest.cost.total * BigInt(parts);
  // A number of parts that the assumptions allow is more likely than a different number of recipients.
  if (!(fitsParts && isAllowed) && explainRecipients(charged, partCount, rest, explanations)) return true;
  return explainPartsAndPrice(charged, partCount, rest, explanations);
}

/**
 * Explains a difference by rounding or by another price, if the count of parts is as estimated. Returns `false` if
 * neither explanation fits.
 */
function explainSameCount(
  charged: bigint,
  count: number,
  rest: Remainder,
  explanations: CostExplanations,
): boolean {
  const { recipients } = rest;
  const { total } = rest.cost;
  const { price, prefix } = rest.common;
  if (isRounded(charged, total)) {
    explanations.add('rounding', charged - total, {}, recipients);
    return true;
  }
  if (prefix === undefined || price === undefined) return false;
  if (!rest.hasCertainRecipients || rest.assumptions.has('operator')) return false;
  if (count <= 0 || charged % BigInt(count) !== 0n) return false;
  explanations.add(
    'price',
    charged - total,
    { prefix, estimated: formatAmount(price), charged: formatAmount(charged / BigInt(count)) },
    recipients,
  );
  return true;
}

/**
 * Explains a difference if the response has no rows, or only rows of rejected recipients. Adds an explanation only if
 * no other explanation is possible. Returns `true` if rows of all recipients would explain more.
 */
export function explainByTotals(
  estimate: Estimate,
  response: Quote | Sent,
  charged: bigint,
  explanations: CostExplanations,
): boolean {
  const rest = withoutRejected(estimate, response, explanations);
  const { recipients, parts, assumptions } = rest;
  const { total, lower, upper } = rest.cost;
  const count = response.parts;
  const isSameCount = count === parts;
  if (charged === total) {
    if (!isSameCount) explanations.add('count', 0n, { estimated: String(parts), charged: String(count) }, 0);
    return !isSameCount;
  }
  if (charged === 0n && estimate.kind !== 'email') {
    explanations.add('test-mode', -total, {}, recipients);
    return false;
  }
  const explain = isSameCount ? explainSameCount : explainCount;
  if (explain(charged, count, rest, explanations)) return false;
  if (charged >= lower && charged <= upper && lower !== upper) {
    const able = [...assumptions].filter((name) => !isSameCount || numberAssumptions.includes(name));
    if (able.length > 0) explanations.add('assumption', charged - total, { assumptions: able }, recipients);
  }
  return true;
}
