import { formatAmount, parseAmount } from '../core/money.ts';
import type { Quote, RecipientReport, Sent } from '../operations/send.ts';
import type { AssumptionName } from './assumptions.ts';
import type { Estimate } from './estimate.ts';
import { type CostExplanations, isRounded } from './explanation.ts';
import { readAddress } from './recipient-address.ts';
import type { RecipientCost } from './recipient-costs.ts';

/** States in which nothing was sent. Source: the gateway's page of statuses. */
const refusals: ReadonlySet<number> = /* @__PURE__ */ new Set([20, 22, 23, 24, 25]);

/** Whether the gateway has refused a recipient. */
export const isRefused = ({ status, error }: RecipientReport): boolean =>
  (error !== undefined && error !== 0) || (status !== undefined && refusals.has(status));

/** Whether the rows are those of all recipients, and not only of the wrong ones. */
export const hasAllRows = ({ recipients }: Quote | Sent): boolean =>
  recipients.some((row) => !isRefused(row));

/** What an amount of an answer is. The reader of answers has checked that it is one. */
const amountOf = (written: string | undefined): bigint =>
  written === undefined ? 0n : (parseAmount(written) ?? 0n);

/** The sum of the rows. */
export const sumOfRows = ({ recipients }: Quote | Sent): bigint =>
  recipients.reduce((sum, { cost }) => sum + amountOf(cost), 0n);

/** What names a recipient in a row: digits of a number, or the text as it was written. */
const keyOf = (written: string): string => (/^\+\d+$/.test(written) ? written.slice(1) : written);

/** Rows by recipient, each to be taken once, in their order. */
function queuesOf(rows: readonly RecipientReport[]): (recipient: string) => RecipientReport | undefined {
  const queues = new Map<string, { readonly rows: RecipientReport[]; next: number }>();
  for (const row of rows) {
    const queue = queues.get(keyOf(row.phone));
    if (queue) queue.rows.push(row);
    else queues.set(keyOf(row.phone), { rows: [row], next: 0 });
  }
  return (recipient) => {
    const queue = queues.get(recipient);
    return queue?.rows[queue.next++];
  };
}

/** A number as it was written, without the signs in it, or another recipient as the gateway writes it. */
const writtenOf = ({ recipient }: RecipientCost): string =>
  typeof recipient === 'string'
    ? recipient.replace(/[ \u00a0()\-.\u2010\u2011+]/g, '')
    : `G${recipient.group}`;

/** A recipient whose cost is in both, and is not the same. */
interface Pair {
  readonly expected: RecipientCost;
  readonly charged: bigint;
}

const price = ({ expected }: Pair): bigint => amountOf(expected.price);
const lineOf = ({ expected }: Pair): string => expected.prefix ?? '';

/** How many times one amount is in another, if it is so exactly. */
const times = (amount: bigint, unit: bigint): number | undefined =>
  unit > 0n && amount % unit === 0n && amount > 0n ? Number(amount / unit) : undefined;

/** Parts by message. */
type PartsOf = ReadonlyMap<number | undefined, number>;

/** One reading of a line: the parts that one price for all of its rows makes. */
interface Fit {
  readonly parts: PartsOf;
  /** How many messages have other parts than were estimated. */
  readonly changed: number;
  /** The parts of all rows. */
  readonly count: number;
}

/** One reading of several lines, the last of them first. */
interface Reading {
  readonly fit: Fit | undefined;
  readonly before: Reading | undefined;
  readonly changed: number;
  readonly count: number;
}

/** Most readings that are compared. */
const mostReadings = 500;

/** Readings with one more line. */
function extended(readings: readonly Reading[], fits: readonly Fit[]): readonly Reading[] {
  const found: Reading[] = [];
  for (const before of readings) {
    for (const fit of fits) {
      if (found.length === mostReadings) return found;
      found.push({ fit, before, changed: before.changed + fit.changed, count: before.count + fit.count });
    }
  }
  return found;
}

/** Every price that fits all rows of a line, that of the table first; where none does, the parts as they were estimated. */
function fitsOf(line: readonly Pair[], estimated: PartsOf): readonly Fit[] {
  // A handful of rows is enough to guess a price from; whether it fits is seen from all of them.
  const guesses = [
    price(line[0]!),
    ...line
      .slice(0, 20)
      .map(({ expected, charged }) => (expected.parts > 0 ? charged / BigInt(expected.parts) : 0n)),
  ];
  const fits = [...new Set(guesses)].flatMap((guess): readonly Fit[] => {
    const parts = new Map<number | undefined, number>();
    let count = 0;
    for (const { expected, charged } of line) {
      const exact = times(charged, guess);
      const known = parts.get(expected.message);
      if (exact === undefined || (known !== undefined && known !== exact)) return [];
      parts.set(expected.message, exact);
      count += exact;
    }
    return [
      {
        parts,
        changed: [...parts].filter(([message, each]) => estimated.get(message) !== each).length,
        count,
      },
    ];
  });
  return fits.length > 0
    ? fits
    : [{ parts: new Map(), changed: 0, count: line.reduce((sum, { expected }) => sum + expected.parts, 0) }];
}

/**
 * How many parts each message had in truth, as far as costs and the gateway's count say so: either the parts have stayed
 * and prices differ, or prices have stayed and parts differ, or, of each line, one price fits all of its rows.
 *
 * @param count the gateway's; NaN where it counts what is not in the pairs
 */
function partsInTruth(pairs: readonly Pair[], count: number): PartsOf {
  const estimated = new Map(pairs.map(({ expected }) => [expected.message, expected.parts]));
  const countOf = (parts: PartsOf): number =>
    pairs.reduce((sum, { expected }) => sum + parts.get(expected.message)!, 0);
  if (pairs.length === 0 || countOf(estimated) === count) return estimated;
  if (estimated.size === 1 && count > 0 && count % pairs.length === 0)
    return new Map([[pairs[0]!.expected.message, count / pairs.length]]);

  const lines = new Map<string, Pair[]>();
  for (const pair of pairs) {
    const line = lines.get(lineOf(pair));
    if (line) line.push(pair);
    else lines.set(lineOf(pair), [pair]);
  }
  let readings: readonly Reading[] = [{ fit: undefined, before: undefined, changed: 0, count: 0 }];
  for (const line of lines.values()) readings = extended(readings, fitsOf(line, estimated));
  const counted = readings.filter((reading) => reading.count === count);
  let chosen: Reading | undefined = counted.reduce(
    (one, other) => (other.changed < one.changed ? other : one),
    counted[0] ?? readings[0]!,
  );
  const parts = new Map(estimated);
  for (; chosen?.fit; chosen = chosen.before)
    for (const [message, each] of chosen.fit.parts) parts.set(message, each);
  return parts;
}

/** The assumptions about the text, and those about the number. */
const aboutNumbers: readonly AssumptionName[] = ['operator', 'number-correction', 'duplicates'];

/** Explains what a recipient was charged by its parts, and by the price of its line. */
function explainPair(pair: Pair, parts: number, explanations: CostExplanations): void {
  const { expected, charged } = pair;
  const { prefix, message } = expected;
  const cost = amountOf(expected.cost);
  const own = price(pair);
  if (charged === cost) return;
  const byParts = (BigInt(parts) - BigInt(expected.parts)) * own;
  if (byParts !== 0n) {
    const allowed = parts >= expected.leastParts && parts <= expected.mostParts;
    const assumptions = allowed ? expected.assumptions.filter((name) => !aboutNumbers.includes(name)) : [];
    explanations.add('parts', byParts, {
      message,
      estimated: String(expected.parts),
      charged: String(parts),
      assumptions,
    });
  }
  const rest = charged - cost - byParts;
  if (rest === 0n) return;
  if (isRounded(charged, cost + byParts)) return explanations.add('rounding', rest, { prefix });
  const allowed = charged >= amountOf(expected.lower) && charged <= amountOf(expected.upper);
  const assumptions = allowed ? expected.assumptions.filter((name) => name === 'operator') : [];
  const each =
    parts > 0 && charged % BigInt(parts) === 0n ? formatAmount(charged / BigInt(parts)) : undefined;
  explanations.add(assumptions.length > 0 ? 'operator' : 'price', rest, {
    prefix,
    estimated: expected.price,
    charged: each,
    assumptions,
  });
}

/** Explains a difference from rows, recipient by recipient. */
export function explainByRows(
  estimate: Estimate,
  answer: Quote | Sent,
  charged: bigint,
  explanations: CostExplanations,
): void {
  const take = queuesOf(answer.recipients);
  const taken = new Set<RecipientReport>();
  const phones = new Set<string>();
  const pairs: Pair[] = [];
  let hasUnknownGroups = false;
  let countKnown = true;
  const isFree = charged === 0n && estimate.kind !== 'email';

  for (const expected of estimate.perRecipient()) {
    const { phone, recipient, unpriced, message, prefix } = expected;
    const cost = amountOf(expected.cost);
    if (unpriced === 'unknown-group') hasUnknownGroups = true;
    phones.add(phone);
    const asExpected = phone === '' ? undefined : take(phone);
    const row =
      asExpected ??
      take(writtenOf(expected)) ??
      (typeof recipient === 'string' ? take(recipient) : undefined);
    if (!row) {
      if (cost !== 0n) explanations.add('missing', -cost, { prefix, message });
      continue;
    }
    taken.add(row);
    const { status, error } = row;
    if (isRefused(row)) {
      if (cost !== 0n) explanations.add('refused', -cost, { status, error });
    } else if (unpriced !== undefined) {
      if (row.cost !== undefined) explanations.add('not-priced', amountOf(row.cost), { message });
      countKnown &&= unpriced !== 'unknown-length';
      if (unpriced !== 'unknown-length')
        pairs.push({
          expected: { ...expected, price: '0.00', cost: row.cost ?? '0.00' },
          charged: amountOf(row.cost),
        });
    } else if (row.cost === undefined || (isFree && amountOf(row.cost) === 0n)) {
      if (cost !== 0n) explanations.add(isFree ? 'test-mode' : 'uncharged', -cost);
      countKnown = false;
    } else if (!asExpected && amountOf(row.cost) !== cost) {
      explanations.add('number-correction', amountOf(row.cost) - cost, {
        prefix,
        assumptions: ['number-correction'],
      });
      countKnown = false;
    } else pairs.push({ expected, charged: amountOf(row.cost) });
  }

  for (const row of answer.recipients) {
    if (taken.has(row)) continue;
    countKnown &&= isRefused(row);
    const cost = amountOf(row.cost);
    if (cost === 0n) continue;
    const key = keyOf(row.phone);
    const mended = readAddress(key, estimate.kind)?.phone;
    if (phones.has(key)) explanations.add('repeated', cost, { assumptions: ['duplicates'] });
    else if (mended !== undefined && phones.has(mended))
      explanations.add('number-correction', cost, { assumptions: ['number-correction'] });
    else explanations.add(hasUnknownGroups ? 'group-member' : 'unexpected', cost);
  }

  const truth = countKnown ? partsInTruth(pairs, answer.parts) : partsInTruth(pairs, NaN);
  let count = 0;
  for (const pair of pairs) {
    const parts = truth.get(pair.expected.message) ?? pair.expected.parts;
    count += parts;
    explainPair(pair, parts, explanations);
  }
  if (countKnown && count !== answer.parts)
    explanations.add('count', 0n, { estimated: String(count), charged: String(answer.parts) }, 0);

  const rows = sumOfRows(answer);
  if (charged !== rows)
    explanations.add(
      isRounded(charged, rows) ? 'rounding' : 'total',
      charged - rows,
      { estimated: formatAmount(rows), charged: formatAmount(charged) },
      0,
    );
}
