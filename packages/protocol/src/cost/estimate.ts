import { formatAmount } from '../core/money.ts';
import type { Kind } from '../operations/kinds.ts';
import type { SendInput } from '../operations/send.ts';
import type { SendListInput } from '../operations/send-list.ts';
import { type Assumption, assumptionsOf } from './assumptions.ts';
import { IssueContext, throwIfIssues } from '../core/issues.ts';
import { createCounter } from './recipient-counter.ts';
import type { PricingContext } from './routing.ts';
import { checkTable, type EstimateOptions, readEstimateOptions } from './estimate-options.ts';
import { CostTotals } from './cost-totals.ts';
import { type MessageInput, parseInput } from './parse-input.ts';
import type { PriceTable } from './price-table.ts';
import { costsOf, type RecipientCost } from './recipient-costs.ts';
import { type Tariff, tariffOf } from './tariff.ts';
import { maxListed, type UnpricedRecipient } from './unpriced.ts';

/** Cost of all recipients whose price comes from the same row of the price table. */
export interface DestinationCost {
  /** Prefix of the numbers; empty if the row applies to every number. */
  readonly prefix: string;
  /** Name of the country or operator, if the row has a name. */
  readonly name: string | undefined;
  /** Mobile country code, if the row is for one country or network. */
  readonly mcc: string | undefined;
  /** Mobile network code, if the row is for one network. */
  readonly mnc: string | undefined;
  /**
   * Price of one part. If the price depends on the network and the network is not known: the price of the row for all
   * networks, or the highest price if there is no such row.
   */
  readonly price: string;
  /** Number of recipients of this destination. */
  readonly recipients: number;
  /** Parts, or seconds of calls, of all recipients of this destination. */
  readonly parts: number;
  /** Cost of all recipients of this destination, as an exact decimal. */
  readonly cost: string;
}

/** Estimated cost of a message or of a list of messages. All amounts are exact decimals, as text. */
export interface Estimate {
  /** Kind of the message. */
  readonly kind: Kind;
  /** Currency of the price table, if it has one. */
  readonly currency: string | undefined;
  /** Cost under the assumptions, without the recipients that have no price. */
  readonly total: string;
  /** Lowest possible cost under the assumptions. Equals `total` if there are no assumptions. */
  readonly lower: string;
  /** Highest possible cost under the assumptions. Equals `total` if there are no assumptions. */
  readonly upper: string;
  /** Assumptions that the amounts are based on. */
  readonly assumptions: readonly Assumption[];
  /** Number of parts times number of recipients, or seconds of calls. The gateway calls this number `cnt`. */
  readonly parts: number;
  /** Number of recipients with a price; in a list, the sum over its messages. */
  readonly recipients: number;
  /** Costs by destination, the most expensive first. */
  readonly destinations: readonly DestinationCost[];
  /** The first hundred recipients without a price. They are not part of any total or bound. */
  readonly unpriced: readonly UnpricedRecipient[];
  /** Number of all recipients without a price. If it is above 0, `total` is incomplete. */
  readonly unpricedCount: number;
  /** Yields the cost of each recipient, computed on demand. Do not change the input until you have read all costs. */
  readonly perRecipient: () => Iterable<RecipientCost>;
}

/** Recipients without a price. */
interface UnpricedRecipients {
  readonly list: UnpricedRecipient[];
  count: number;
}

/** Adds the recipients of all messages to the totals. Adds an issue for each value that is not a recipient. */
function countRecipients(
  messages: readonly MessageInput[],
  pricing: PricingContext,
  totals: CostTotals,
  context: IssueContext,
): UnpricedRecipients {
  const unpriced: UnpricedRecipients = { list: [], count: 0 };
  const count = createCounter(pricing, totals);
  for (const input of messages) {
    const { message } = input;
    count(input, (index, recipient, reason) => {
      if (reason === undefined)
        return context
          .inside(`${message === undefined ? '' : `messages[${message}].`}to[${index}]`)
          .addIssue('expected a recipient as text, or { group: number }');
      unpriced.count++;
      if (unpriced.list.length < maxListed) unpriced.list.push({ message, index, recipient, reason });
    });
  }
  return unpriced;
}

/** Returns the costs by destination. */
const linesOf = (totals: CostTotals, { destinations }: Tariff): readonly DestinationCost[] =>
  totals.entries().map(({ destination, recipients, parts, cost }) => {
    const { prefix, name, mcc, mnc, price } = destinations[destination]!;
    return {
      ...{ prefix, name, mcc, mnc, price: formatAmount(price) },
      ...{ recipients, parts, cost: formatAmount(cost) },
    };
  });

/**
 * Estimates the cost of a `send` or `sendList` input without asking the gateway: parts of the text times the price of
 * the longest matching prefix, once for each distinct recipient.
 *
 * If the cost depends on facts that the gateway does not document, the result lists assumptions and gives a lower and
 * an upper bound. Recipients without a price are listed and never counted as free.
 *
 * @throws {InputError} if the input has no text or no recipients. Only the members that affect the cost are checked;
 * use `check` to check the whole input
 * @example
 * ```ts
 * const { total, lower, upper } = estimate({ to: phones, text }, pricesFromJson(table));
 * ```
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
  const pricing: PricingContext = { kind, tariff, groups: read.groups, networkOf: read.networkOf };
  const totals = new CostTotals(tariff);
  const unpriced = countRecipients(messages, pricing, totals, context);
  throwIfIssues('estimate', context);

  const { total, lower, upper } = totals.sums();
  return {
    kind,
    currency: prices.currency,
    total: formatAmount(total),
    lower: formatAmount(lower),
    upper: formatAmount(upper),
    assumptions: assumptionsOf(totals.assumptions),
    parts: totals.parts,
    recipients: totals.recipients,
    destinations: linesOf(totals, tariff),
    unpriced: unpriced.list,
    unpricedCount: unpriced.count,
    perRecipient: () => costsOf(messages, pricing),
  };
}
