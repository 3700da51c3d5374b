import type { Recipient } from '../params/recipients.ts';
import { formatAmount } from '../core/money.ts';
import type { Kind } from '../operations/kinds.ts';
import type { SendInput } from '../operations/send.ts';
import type { SendListInput } from '../operations/send-list.ts';
import { type Assumption, assumptionsOf } from './assumptions.ts';
import { IssueContext, throwIfIssues } from '../core/issues.ts';
import { type PricingContext, createCounter } from './recipient-counter.ts';
import { checkTable, type EstimateOptions, readEstimateOptions } from './estimate-options.ts';
import { CostTotals } from './cost-totals.ts';
import { parseInput } from './parse-input.ts';
import type { PriceTable } from './price-table.ts';
import { costsOf, type RecipientCost } from './recipient-costs.ts';
import { tariffOf } from './tariff.ts';
import { maxListed, type UnpricedRecipient, type UnpricedReason } from './unpriced.ts';

/** What all recipients of one row of the price table cost. */
export interface DestinationCost {
  /** The beginning of their numbers; empty for everywhere. */
  readonly prefix: string;
  /** The country's or operator's name, where the table has one. */
  readonly name: string | undefined;
  /** The network, where the row is for one. */
  readonly mcc: string | undefined;
  readonly mnc: string | undefined;
  /** For one part; where the network decides and is not known, that of every network if there is one, else the dearest. */
  readonly price: string;
  readonly recipients: number;
  /** Parts, or seconds, of all of them. */
  readonly parts: number;
  readonly cost: string;
}

/** What a message or a list of them would cost. All amounts are exact decimals, as text. */
export interface Estimate {
  readonly kind: Kind;
  /** The price table's, where it has one. */
  readonly currency: string | undefined;
  /** What it costs under the assumptions. Without those in `unpriced`. */
  readonly total: string;
  /** The least and the most that it can cost as far as the assumptions go; the same as `total` where there are none. */
  readonly lower: string;
  readonly upper: string;
  /** Everything assumed, by name. */
  readonly assumptions: readonly Assumption[];
  /** What the gateway would call `cnt`: parts times recipients, or seconds of calls. */
  readonly parts: number;
  /** Recipients with a price; for a list, those of each message. */
  readonly recipients: number;
  /** By destination, dearest first. */
  readonly lines: readonly DestinationCost[];
  /** Recipients that have no price: the first hundred. They are in no total and no bound. */
  readonly unpriced: readonly UnpricedRecipient[];
  /** How many there are of them in all. Above 0, `total` is not all of it. */
  readonly unpricedCount: number;
  /** Every recipient with its cost, one by one, computed as they are asked for. The input must not have changed. */
  readonly perRecipient: () => Iterable<RecipientCost>;
}

/**
 * Says what `send` or `sendList` would charge for an input, without asking the gateway: the parts of its text times the
 * price of the longest prefix, for each recipient once.
 *
 * What the gateway's pages do not say is assumed by name, with a lower and an upper bound. What has no price is named and
 * never counted as nothing.
 *
 * @throws {InputError} when the input has no text or no recipients, or is none of what can be sent. Whether the gateway
 * would take it otherwise is for `check` to say.
 */
export function estimate(
  input: SendInput | SendListInput,
  prices: PriceTable,
  options: EstimateOptions = {},
): Estimate {
  const context = new IssueContext();
  checkTable(prices, context);
  const read = readEstimateOptions(options, context);
  const { kind, messages } = parseInput(input, read, context);
  throwIfIssues('estimate', context);

  const tariff = tariffOf(prices, kind);
  const counting: PricingContext = { kind, tariff, groups: read.groups, networkOf: read.networkOf };
  const ledger = new CostTotals(tariff);
  const count = createCounter(counting, ledger);
  const unpriced: UnpricedRecipient[] = [];
  let unpricedCount = 0;
  for (const letter of messages) {
    const { message } = letter;
    count(letter, (index: number, recipient: Recipient, reason: UnpricedReason | undefined) => {
      if (reason === undefined)
        return context
          .inside(`${message === undefined ? '' : `messages[${message}].`}to[${index}]`)
          .addIssue('expected a recipient as text, or { group: number }');
      unpricedCount++;
      if (unpriced.length < maxListed) unpriced.push({ message, index, recipient, reason });
    });
  }
  throwIfIssues('estimate', context);

  const { total, lower, upper } = ledger.sums();
  return {
    kind,
    currency: prices.currency,
    total: formatAmount(total),
    lower: formatAmount(lower),
    upper: formatAmount(upper),
    assumptions: assumptionsOf(ledger.assumptions),
    parts: ledger.parts,
    recipients: ledger.recipients,
    lines: ledger.entries().map(({ destination, recipients, parts, cost }) => {
      const { prefix, name, mcc, mnc, price } = tariff.destinations[destination]!;
      return {
        prefix,
        name,
        mcc,
        mnc,
        price: formatAmount(price),
        recipients,
        parts,
        cost: formatAmount(cost),
      };
    }),
    unpriced,
    unpricedCount,
    perRecipient: () => costsOf(messages, counting),
  };
}
