import { formatAmount, parseAmount } from '../core/money.ts';
import type { Kind } from '../operations/kinds.ts';
import type { Quote, RecipientReport, Sent } from '../operations/send.ts';
import type { AssumptionName } from './assumptions.ts';
import type { Estimate } from './estimate.ts';
import { type CostExplanations, isRounded } from './explanation.ts';
import { readAddress } from './recipient-address.ts';
import type { RecipientCost } from './recipient-costs.ts';

/** States in which nothing was sent. Source: the gateway's table of states. */
const rejectedStates: ReadonlySet<number> = /* @__PURE__ */ new Set([20, 22, 23, 24, 25]);

/** Returns true if the gateway rejected a recipient. */
export const isRejected = ({ status, error }: RecipientReport): boolean =>
  (error !== undefined && error !== 0) || (status !== undefined && rejectedStates.has(status));

/** Returns true if a response lists all recipients, not only the rejected recipients. */
export const hasAllRows = ({ recipients }: Quote | Sent): boolean =>
  recipients.some((row) => !isRejected(row));

/** Parses an amount of a response. Its format was already checked when the response was read. */
const amountOf = (written: string | undefined): bigint =>
  written === undefined ? 0n : (parseAmount(written) ?? 0n);

/** Returns the sum of all rows. */
export const sumOfRows = ({ recipients }: Quote | Sent): bigint =>
  recipients.reduce((sum, { cost }) => sum + amountOf(cost), 0n);

/** Returns the key of a recipient: the digits of a number, or the text as it is. */
const keyOf = (written: string): string => (/^\+\d+$/.test(written) ? written.slice(1) : written);

/** Returns a function that returns the next row of a recipient. Each row is returned only once. */
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

/** Returns a recipient as the gateway may write it: a number without separators, or a group. */
const writtenOf = ({ recipient }: RecipientCost): string =>
  typeof recipient === 'string'
    ? recipient.replace(/[ \u00a0()\-.\u2010\u2011+]/g, '')
    : `G${recipient.group}`;

/** A recipient with both an estimated and a charged cost. */
interface Pair {
  readonly expected: RecipientCost;
  readonly charged: bigint;
}

const price = ({ expected }: Pair): bigint => amountOf(expected.price);
const lineOf = ({ expected }: Pair): string => expected.prefix ?? '';

/** Returns the quotient of two amounts if it is a whole number above 0. */
const times = (amount: bigint, unit: bigint): number | undefined =>
  unit > 0n && amount % unit === 0n && amount > 0n ? Number(amount / unit) : undefined;

/** Number of parts by message. */
type PartsByMessage = ReadonlyMap<number | undefined, number>;

/**
 * An interpretation of the rows with the same prefix: the parts of each message, assuming one price for all these rows.
 */
interface LineReading {
  readonly parts: PartsByMessage;
  /** Number of messages whose parts differ from the estimate. */
  readonly changed: number;
  /** Number of parts of all rows. */
  readonly count: number;
}

/** An interpretation of the rows of several prefixes, as a linked list that starts with the last prefix. */
interface Reading {
  readonly last: LineReading | undefined;
  readonly before: Reading | undefined;
  readonly changed: number;
  readonly count: number;
}

/** Maximum number of interpretations to compare. */
const maxReadings = 500;

/** Combines each interpretation of the prefixes so far with each interpretation of the next prefix. */
function extendReadings(readings: readonly Reading[], lines: readonly LineReading[]): readonly Reading[] {
  const found: Reading[] = [];
  for (const before of readings) {
    for (const last of lines) {
      if (found.length === maxReadings) return found;
      found.push({ last, before, changed: before.changed + last.changed, count: before.count + last.count });
    }
  }
  return found;
}

/**
 * Returns an interpretation for each price that fits all rows of a prefix, the estimated price first. If no price fits,
 * returns a single interpretation with the estimated parts.
 */
function readingsOf(line: readonly Pair[], estimated: PartsByMessage): readonly LineReading[] {
  // The first 20 rows are enough to find candidate prices. Each candidate is then tested with all rows.
  const candidates = [
    price(line[0]!),
    ...line
      .slice(0, 20)
      .map(({ expected, charged }) => (expected.parts > 0 ? charged / BigInt(expected.parts) : 0n)),
  ];
  const readings = [...new Set(candidates)].flatMap((candidate): readonly LineReading[] => {
    const parts = new Map<number | undefined, number>();
    let count = 0;
    for (const { expected, charged } of line) {
      const exact = times(charged, candidate);
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
  return readings.length > 0
    ? readings
    : [{ parts: new Map(), changed: 0, count: line.reduce((sum, { expected }) => sum + expected.parts, 0) }];
}

/**
 * Infers how many parts of each message the gateway charged. Returns the estimated parts if they add up to the
 * gateway's count. For a single message, divides the count by the number of recipients. For several messages, searches
 * for one price per prefix: the price has to fit the costs of all rows with this prefix, and the parts have to add up
 * to the count.
 *
 * @param count parts that the gateway counted; NaN if the count includes recipients that are not in `pairs`
 */
function inferParts(pairs: readonly Pair[], count: number): PartsByMessage {
  const estimated = new Map(pairs.map(({ expected }) => [expected.message, expected.parts]));
  const countOf = (parts: PartsByMessage): number =>
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
  let readings: readonly Reading[] = [{ last: undefined, before: undefined, changed: 0, count: 0 }];
  for (const line of lines.values()) readings = extendReadings(readings, readingsOf(line, estimated));
  const counted = readings.filter((reading) => reading.count === count);
  let chosen: Reading | undefined = counted.reduce(
    (one, other) => (other.changed < one.changed ? other : one),
    counted[0] ?? readings[0]!,
  );
  const parts = new Map(estimated);
  for (; chosen?.last; chosen = chosen.before)
    for (const [message, each] of chosen.last.parts) parts.set(message, each);
  return parts;
}

/** Assumptions about phone numbers. All other assumptions are about texts. */
const numberAssumptions: readonly AssumptionName[] = ['operator', 'number-correction', 'duplicates'];

/** Explains the charge of a recipient by the number of parts and by the price of its prefix. */
function explainPair(pair: Pair, parts: number, explanations: CostExplanations): void {
  const { expected, charged } = pair;
  const { prefix, message } = expected;
  const cost = amountOf(expected.cost);
  const estimatedPrice = price(pair);
  if (charged === cost) return;
  const byParts = (BigInt(parts) - BigInt(expected.parts)) * estimatedPrice;
  if (byParts !== 0n) {
    const allowed = parts >= expected.leastParts && parts <= expected.mostParts;
    const assumptions = allowed
      ? expected.assumptions.filter((name) => !numberAssumptions.includes(name))
      : [];
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

/** Compares the recipients of an estimate with the rows of a response. */
class RowComparison {
  readonly #explanations: CostExplanations;
  readonly #take: (recipient: string) => RecipientReport | undefined;
  /** `true` if the gateway charged nothing at all, as in test mode. */
  readonly #isFree: boolean;
  readonly #taken = new Set<RecipientReport>();
  readonly #phones = new Set<string>();
  #hasUnknownGroups = false;
  /** Recipients that occur both in the estimate and in the response. */
  readonly pairs: Pair[] = [];
  /** `false` if the gateway's count of parts includes recipients that are not in `pairs`. */
  isCountKnown = true;

  constructor(rows: readonly RecipientReport[], isFree: boolean, explanations: CostExplanations) {
    this.#take = queuesOf(rows);
    this.#isFree = isFree;
    this.#explanations = explanations;
  }

  /** Compares an estimated recipient with its row in the response. */
  compare(expected: RecipientCost): void {
    const { phone, recipient, unpriced, message, prefix } = expected;
    if (unpriced === 'unknown-group') this.#hasUnknownGroups = true;
    this.#phones.add(phone);
    const asExpected = phone === '' ? undefined : this.#take(phone);
    const row =
      asExpected ??
      this.#take(writtenOf(expected)) ??
      (typeof recipient === 'string' ? this.#take(recipient) : undefined);
    const cost = amountOf(expected.cost);
    if (!row) {
      if (cost !== 0n) this.#explanations.add('missing', -cost, { prefix, message });
      return;
    }
    this.#taken.add(row);
    if (isRejected(row)) {
      const { status, error } = row;
      if (cost !== 0n) this.#explanations.add('rejected', -cost, { status, error });
    } else if (unpriced !== undefined) this.#compareUnpriced(expected, row);
    else this.#compareCosts(expected, row, asExpected !== undefined);
  }

  #compareUnpriced(expected: RecipientCost, { cost }: RecipientReport): void {
    const charged = amountOf(cost);
    if (cost !== undefined) this.#explanations.add('not-priced', charged, { message: expected.message });
    if (expected.unpriced === 'unknown-length') this.isCountKnown = false;
    else this.pairs.push({ expected: { ...expected, price: '0.00', cost: cost ?? '0.00' }, charged });
  }

  #compareCosts(expected: RecipientCost, row: RecipientReport, isAsExpected: boolean): void {
    const { prefix } = expected;
    const cost = amountOf(expected.cost);
    const charged = amountOf(row.cost);
    if (row.cost === undefined || (this.#isFree && charged === 0n)) {
      if (cost !== 0n) this.#explanations.add(this.#isFree ? 'test-mode' : 'uncharged', -cost);
      this.isCountKnown = false;
    } else if (!isAsExpected && charged !== cost) {
      const assumptions = ['number-correction'] as const;
      this.#explanations.add('number-correction', charged - cost, { prefix, assumptions });
      this.isCountKnown = false;
    } else this.pairs.push({ expected, charged });
  }

  /** Explains a row that belongs to no estimated recipient. Call this method after all calls of `compare`. */
  explainRest(row: RecipientReport, kind: Kind): void {
    if (this.#taken.has(row)) return;
    if (!isRejected(row)) this.isCountKnown = false;
    const cost = amountOf(row.cost);
    if (cost === 0n) return;
    const key = keyOf(row.phone);
    const corrected = readAddress(key, kind)?.phone;
    if (this.#phones.has(key))
      this.#explanations.add('duplicate-charge', cost, { assumptions: ['duplicates'] });
    else if (corrected !== undefined && this.#phones.has(corrected))
      this.#explanations.add('number-correction', cost, { assumptions: ['number-correction'] });
    else this.#explanations.add(this.#hasUnknownGroups ? 'group-member' : 'unexpected', cost);
  }
}

/** Explains a difference from the rows of a response, recipient by recipient. */
export function explainByRows(
  estimate: Estimate,
  response: Quote | Sent,
  charged: bigint,
  explanations: CostExplanations,
): void {
  const isFree = charged === 0n && estimate.kind !== 'email';
  const comparison = new RowComparison(response.recipients, isFree, explanations);
  for (const expected of estimate.perRecipient()) comparison.compare(expected);
  for (const row of response.recipients) comparison.explainRest(row, estimate.kind);

  const { pairs, isCountKnown } = comparison;
  const actualParts = inferParts(pairs, isCountKnown ? response.parts : NaN);
  let count = 0;
  for (const pair of pairs) {
    const parts = actualParts.get(pair.expected.message) ?? pair.expected.parts;
    count += parts;
    explainPair(pair, parts, explanations);
  }
  if (isCountKnown && count !== response.parts)
    explanations.add('count', 0n, { estimated: String(count), charged: String(response.parts) }, 0);

  const sum = sumOfRows(response);
  if (charged !== sum)
    explanations.add(
      isRounded(charged, sum) ? 'rounding' : 'total',
      charged - sum,
      { estimated: formatAmount(sum), charged: formatAmount(charged) },
      0,
    );
}
