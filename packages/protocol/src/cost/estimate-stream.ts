import type { Checks } from '../core/checks.ts';
import { copyOwn, isObject } from '../core/own-members.ts';
import { checkChoice } from '../params/choice.ts';
import { checkWhole } from '../params/number.ts';
import { formatAmount } from '../core/money.ts';
import { type Assumption, assumptionsOf } from './assumptions.ts';
import { IssueContext, throwIfIssues } from '../core/issues.ts';
import { type PricingContext, routeOf, spanAsWritten } from './recipient-counter.ts';
import { checkTable, type EstimateOptions, readEstimateOptions } from './estimate-options.ts';
import { CostTotals } from './cost-totals.ts';
import { readTextOptions } from './parse-input.ts';
import type { PriceTable } from './price-table.ts';
import { readAddress } from './recipient-address.ts';
import { type MessageSize, sizeOf } from './message-size.ts';
import { tariffOf } from './tariff.ts';
import { maxListed, type UnpricedRecipient } from './unpriced.ts';

/** One message of a big mailing. */
export interface EstimateStreamRow {
  readonly phone: string;
  readonly text: string;
}

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

/** What all messages of a stream have in common. */
export interface EstimateStreamOptions extends Omit<EstimateOptions, 'groups' | 'fileSeconds'> {
  /** Default: `sms`. Only kinds that have a text. */
  readonly kind?: (typeof kinds)[number] | undefined;
  readonly translit?: 1 | 2 | undefined;
  readonly shortenLinks?: boolean | undefined;
  readonly maxParts?: number | undefined;
  /** A total after so many rows, and one at the end. Default: 1000. */
  readonly every?: number | undefined;
}

const streamChecks = (): Checks => ({
  kind: checkChoice(kinds),
  every: checkWhole(1, Number.MAX_SAFE_INTEGER, ' rows'),
  translit: checkChoice([1, 2]),
  shortenLinks: checkChoice([true, false]),
  maxParts: checkWhole(1, 255),
});

/** What the rows so far cost. */
export interface RunningEstimate {
  /** Rows read. */
  readonly rows: number;
  /** True for the last one. */
  readonly done: boolean;
  readonly currency: string | undefined;
  readonly total: string;
  readonly lower: string;
  readonly upper: string;
  readonly assumptions: readonly Assumption[];
  readonly parts: number;
  /** Rows with a price. */
  readonly recipients: number;
  /** Rows without one: the first hundred; `index` is the row's number, from 0. */
  readonly unpriced: readonly UnpricedRecipient[];
  readonly unpricedCount: number;
}

/**
 * Running totals of a mailing that is too big to be held: rows in, totals out, in constant memory.
 *
 * Every row counts, and a recipient who is named twice counts twice: to know that, all would have to be held. Rows are
 * read as they are asked for; the totals are exact.
 *
 * @throws {InputError} for options that are none, and for the first row that has no phone or no text, which ends it
 */
export async function* estimateStream(
  source: AsyncIterable<EstimateStreamRow> | Iterable<EstimateStreamRow>,
  prices: PriceTable,
  options: EstimateStreamOptions = {},
): AsyncGenerator<RunningEstimate, void> {
  const context = new IssueContext();
  checkTable(prices, context);
  const given: unknown = source;
  if (
    typeof given !== 'object' ||
    given === null ||
    !(Symbol.iterator in given || Symbol.asyncIterator in given)
  )
    context.inside('source').addIssue('expected rows to go through');
  const read = readEstimateOptions(options, context, streamChecks());
  throwIfIssues('estimateStream', context);
  const { kind = 'sms', every = 1000, ...textOptions } = copyOwn(options);
  const wording = readTextOptions(textOptions, kind);

  let rows = 0;
  let last: { readonly text: string; readonly size: MessageSize } | undefined;
  /** Most mailings have one text many times in a row. */
  const sizeOfRow = (text: string): MessageSize => {
    if (last?.text !== text) last = { text, size: sizeOf(text, wording, read) };
    return last.size;
  };

  const tariff = tariffOf(prices, kind);
  const counting: PricingContext = { kind, tariff, groups: {}, networkOf: read.networkOf };
  const ledger = new CostTotals(tariff);
  const unpriced: UnpricedRecipient[] = [];
  let unpricedCount = 0;

  function addRow(row: EstimateStreamRow): void {
    if (!isObject(row) || typeof row.phone !== 'string' || typeof row.text !== 'string' || row.text === '')
      context.inside(`[${rows}]`).addIssue('expected { phone, text }');
    throwIfIssues('estimateStream', context);
    const size = sizeOfRow(row.text);
    const address = readAddress(row.phone.trim(), kind);
    const { destination, reason } = address
      ? routeOf(address, counting)
      : { destination: 0, reason: 'wrong-number' as const };
    if (destination > 0) ledger.add(destination, true);
    else {
      unpricedCount++;
      if (unpriced.length < maxListed)
        unpriced.push({ message: undefined, index: rows, recipient: row.phone, reason });
    }
    if (address?.asWritten !== undefined && destination > 0) {
      ledger.assumptions.add('number-correction');
      const { less, more } = spanAsWritten(
        tariff.destinations[destination]!,
        address.asWritten,
        false,
        counting,
      );
      ledger.widen(less * BigInt(size.least), more * BigInt(size.most));
    }
    ledger.finishText(size);
    rows++;
  }

  const running = (done: boolean): RunningEstimate => {
    const { total, lower, upper } = ledger.sums();
    return {
      rows,
      done,
      currency: prices.currency,
      total: formatAmount(total),
      lower: formatAmount(lower),
      upper: formatAmount(upper),
      assumptions: assumptionsOf(ledger.assumptions),
      parts: ledger.parts,
      recipients: ledger.recipients,
      unpriced: [...unpriced],
      unpricedCount,
    };
  };

  // What comes at once is not waited for.
  if (Symbol.iterator in source) {
    for (const row of source) {
      addRow(row);
      if (rows % every === 0) yield running(false);
    }
  } else {
    for await (const row of source) {
      addRow(row);
      if (rows % every === 0) yield running(false);
    }
  }
  yield running(true);
}
