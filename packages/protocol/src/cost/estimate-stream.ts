import { checkFlag, type Checks } from '../core/checks.ts';
import { copyOwn, isObject } from '../core/own-members.ts';
import { checkChoice } from '../params/choice.ts';
import { checkWhole } from '../params/number.ts';
import { formatAmount } from '../core/money.ts';
import { type Assumption, assumptionsOf } from './assumptions.ts';
import { IssueContext, throwIfIssues } from '../core/issues.ts';
import { correctionBounds, type PricingContext, routeOf } from './routing.ts';
import { checkTable, type EstimateOptions, readEstimateOptions } from './estimate-options.ts';
import { CostTotals } from './cost-totals.ts';
import { readTextOptions } from './parse-input.ts';
import type { PriceTable } from './price-table.ts';
import { readAddress } from './recipient-address.ts';
import { type MessageSize, sizeOf } from './message-size.ts';
import { tariffOf } from './tariff.ts';
import { maxListed, type UnpricedReason, type UnpricedRecipient } from './unpriced.ts';

/** One message of a large mailing. */
export interface EstimateStreamRow {
  /** Phone number or e-mail address of the recipient. */
  readonly phone: string;
  /** Text of the message. */
  readonly text: string;
}

/** Kinds of messages that have a text. */
const kinds = [
  'sms',
  'flash',
  'voice',
  'viber',
  'whatsapp',
  'telegram-code',
  'telegram-bot',
  'social',
  'email',
  'mms',
] as const;

/** Options of `estimateStream`. They apply to all rows. */
export interface EstimateStreamOptions extends Omit<EstimateOptions, 'groups' | 'fileSeconds'> {
  /** Kind of the messages; only kinds with a text. Default: `sms`. */
  readonly kind?: (typeof kinds)[number] | undefined;
  /** Transliteration, as in `send`. Default: none. */
  readonly translit?: 1 | 2 | undefined;
  /** Shortens links, as in `send`. Default: false. */
  readonly shortenLinks?: boolean | undefined;
  /** Maximum number of parts, 1 to 255, as in `send`. Default: no limit. */
  readonly maxParts?: number | undefined;
  /** Number of rows between two results. The last result comes after the last row. Default: 1000. */
  readonly every?: number | undefined;
}

const streamChecks = (): Checks => ({
  kind: checkChoice(kinds),
  every: checkWhole(1, Number.MAX_SAFE_INTEGER, ' rows'),
  translit: checkChoice([1, 2]),
  shortenLinks: checkFlag,
  maxParts: checkWhole(1, 255),
});

/** Cost of the rows read so far. All amounts are exact decimals, as text. */
export interface RunningEstimate {
  /** Number of rows read. */
  readonly rows: number;
  /** `true` for the last result. */
  readonly done: boolean;
  /** Currency of the price table, if it has one. */
  readonly currency: string | undefined;
  /** Cost under the assumptions, without the rows that have no price. */
  readonly total: string;
  /** Lowest possible cost under the assumptions. */
  readonly lower: string;
  /** Highest possible cost under the assumptions. */
  readonly upper: string;
  /** Assumptions that the amounts are based on. */
  readonly assumptions: readonly Assumption[];
  /** Parts, or seconds of calls, of all rows with a price. */
  readonly parts: number;
  /** Number of rows with a price. */
  readonly recipients: number;
  /** The first hundred rows without a price; `index` is the number of the row, from 0. */
  readonly unpriced: readonly UnpricedRecipient[];
  /** Number of all rows without a price. */
  readonly unpricedCount: number;
}

/** Adds up the costs of rows. */
class RunningTotals {
  rows = 0;
  readonly #context = new IssueContext();
  readonly #pricing: PricingContext;
  readonly #totals: CostTotals;
  readonly #sizeOf: (text: string) => MessageSize;
  readonly #unpriced: UnpricedRecipient[] = [];
  #unpricedCount = 0;

  constructor(pricing: PricingContext, sizeOfText: (text: string) => MessageSize) {
    this.#pricing = pricing;
    this.#totals = new CostTotals(pricing.tariff);
    let last: { readonly text: string; readonly size: MessageSize } | undefined;
    // Keeps the last size, since most mailings have many successive rows with the same text.
    this.#sizeOf = (text) => {
      if (last?.text !== text) last = { text, size: sizeOfText(text) };
      return last.size;
    };
  }

  add(row: EstimateStreamRow): void {
    if (!isObject(row) || typeof row.phone !== 'string' || typeof row.text !== 'string' || row.text === '')
      this.#context.inside(`[${this.rows}]`).addIssue('expected { phone, text } with text that is not empty');
    throwIfIssues('estimateStream', this.#context);
    const size = this.#sizeOf(row.text);
    const address = readAddress(row.phone.trim(), this.#pricing.kind);
    const { destination, reason } = address
      ? routeOf(address, this.#pricing)
      : { destination: 0, reason: 'invalid-number' as const };
    if (destination > 0) this.#totals.add(destination, true);
    else this.#addUnpriced(row.phone, reason);
    if (address?.asWritten !== undefined && destination > 0)
      this.#addCorrection(destination, address.asWritten, size);
    this.#totals.finishText(size);
    this.rows++;
  }

  #addUnpriced(recipient: string, reason: UnpricedReason): void {
    this.#unpricedCount++;
    if (this.#unpriced.length < maxListed)
      this.#unpriced.push({ message: undefined, index: this.rows, recipient, reason });
  }

  #addCorrection(destination: number, asWritten: string, size: MessageSize): void {
    this.#totals.assumptions.add('number-correction');
    const found = this.#pricing.tariff.destinations[destination]!;
    const { less, more } = correctionBounds(found, asWritten, false, this.#pricing);
    this.#totals.widen(less * BigInt(size.least), more * BigInt(size.most));
  }

  result(done: boolean, currency: string | undefined): RunningEstimate {
    const { total, lower, upper } = this.#totals.sums();
    return {
      rows: this.rows,
      done,
      currency,
      total: formatAmount(total),
      lower: formatAmount(lower),
      upper: formatAmount(upper),
      assumptions: assumptionsOf(this.#totals.assumptions),
      parts: this.#totals.parts,
      recipients: this.#totals.recipients,
      unpriced: [...this.#unpriced],
      unpricedCount: this.#unpricedCount,
    };
  }
}

const isIterable = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && (Symbol.iterator in value || Symbol.asyncIterator in value);

/**
 * Estimates the cost of a mailing that does not fit into memory: reads rows on demand and yields running totals. Memory
 * use is constant, and the totals are exact.
 *
 * A recipient that occurs twice is counted twice, since finding duplicates would require keeping all recipients.
 *
 * @throws {InputError} for invalid options, and for the first row without phone or text, which ends the stream
 * @example
 * ```ts
 * for await (const { rows, total, done } of estimateStream(readRows(), prices)) show(rows, total, done);
 * ```
 */
export async function* estimateStream(
  source: AsyncIterable<EstimateStreamRow> | Iterable<EstimateStreamRow>,
  prices: PriceTable,
  options: EstimateStreamOptions = {},
): AsyncGenerator<RunningEstimate, void> {
  const context = new IssueContext();
  checkTable(prices, context);
  context.inside('source').expect(isIterable(source), source, 'an iterable of rows');
  const read = readEstimateOptions(options, context, streamChecks());
  throwIfIssues('estimateStream', context);
  const { kind = 'sms', every = 1000, ...rest } = copyOwn(options);
  const textOptions = readTextOptions(rest, kind);
  const tariff = tariffOf(prices, kind);
  const totals = new RunningTotals({ kind, tariff, groups: {}, networkOf: read.networkOf }, (text) =>
    sizeOf(text, textOptions, read),
  );

  // Reads a synchronous source without an `await` for each row, which would be slower.
  if (Symbol.iterator in source) {
    for (const row of source) {
      totals.add(row);
      if (totals.rows % every === 0) yield totals.result(false, prices.currency);
    }
  } else {
    for await (const row of source) {
      totals.add(row);
      if (totals.rows % every === 0) yield totals.result(false, prices.currency);
    }
  }
  yield totals.result(true, prices.currency);
}
