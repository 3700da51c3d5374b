import type { Recipient } from '../params/recipients.ts';
import { formatAmount } from '../core/money.ts';
import type { AssumptionName } from './assumptions.ts';
import type { MessageSize } from './message-size.ts';
import type { MessageInput } from './parse-input.ts';
import { readAddress, type RecipientAddress } from './recipient-address.ts';
import { listsOf, SeenRecipients } from './recipient-counter.ts';
import { correctionBounds, type CorrectionBounds, type PricingContext, routeOf } from './routing.ts';
import type { UnpricedReason } from './unpriced.ts';

/** Cost of one text for one recipient. */
export interface RecipientCost {
  /** Index of the message in a list, from 0; `undefined` for a single message. */
  readonly message: number | undefined;
  /** Index in `to`, from 0. For a member of a group, the index of the group. */
  readonly index: number;
  /** Number of the group that contains the recipient; `undefined` if the recipient itself is in `to`. */
  readonly group: number | undefined;
  /** The recipient as the caller wrote it. */
  readonly recipient: Recipient;
  /**
   * Address that the gateway is assumed to use: a number in international form, digits only. Empty if the recipient is
   * not valid.
   */
  readonly phone: string;
  /** Prefix whose price applies. */
  readonly prefix: string | undefined;
  /** Name of the country or operator, if the row of `prefix` has a name. */
  readonly name: string | undefined;
  /** Parts of the text, or seconds of a call. */
  readonly parts: number;
  /** Fewest possible parts or seconds. */
  readonly leastParts: number;
  /** Most possible parts or seconds. */
  readonly mostParts: number;
  /** Price of one part as an exact decimal; `0.00` without a price. */
  readonly price: string;
  /** Cost as an exact decimal; `0.00` without a price, see `unpriced`. */
  readonly cost: string;
  /** Lowest possible cost under the assumptions. */
  readonly lower: string;
  /** Highest possible cost under the assumptions. */
  readonly upper: string;
  /** Assumptions that the parts and amounts are based on. */
  readonly assumptions: readonly AssumptionName[];
  /** Reason why the recipient has no price; `undefined` if it has a price. */
  readonly unpriced: UnpricedReason | undefined;
}

/** Members that are equal for all recipients of a destination, except for recipients with corrected numbers. */
type Figures = Omit<RecipientCost, keyof RecipientPosition | 'phone'>;

/** A recipient of a text, and its position in the input. */
type RecipientPosition = Pick<RecipientCost, 'message' | 'index' | 'group' | 'recipient'>;

const zero = '0.00';
const noBounds: CorrectionBounds = { less: 0n, more: 0n };
const unknownSize: MessageSize = { parts: 0, least: 0, most: 0, assumptions: [] };

/** Computes the costs of one text. */
class MessageCosts {
  readonly #size: MessageSize;
  readonly #context: PricingContext;
  readonly #figures = new Map<number, Figures>();
  readonly seen: SeenRecipients;

  constructor(size: MessageSize, context: PricingContext, seen: SeenRecipients) {
    this.#size = size;
    this.#context = context;
    this.seen = seen;
  }

  /** Returns the cost of a recipient without a price. */
  unpriced(position: RecipientPosition, phone: string, reason: UnpricedReason): RecipientCost {
    const { parts, least, most } = this.#size;
    return {
      ...position,
      phone,
      ...{ prefix: undefined, name: undefined, parts, leastParts: least, mostParts: most },
      ...{ price: zero, cost: zero, lower: zero, upper: zero, assumptions: [], unpriced: reason },
    };
  }

  #figuresOf(
    destination: number,
    { less, more }: CorrectionBounds,
    assumptions: readonly AssumptionName[],
  ): Figures {
    const { parts, least, most } = this.#size;
    const found = this.#context.tariff.destinations[destination]!;
    return {
      ...{ prefix: found.prefix, name: found.name, parts, leastParts: least, mostParts: most },
      price: formatAmount(found.price),
      cost: formatAmount(found.price * BigInt(parts)),
      lower: formatAmount((found.least - less) * BigInt(least)),
      upper: formatAmount((found.most + more) * BigInt(most)),
      assumptions: [
        ...this.#size.assumptions,
        ...(found.networks ? (['operator'] as const) : []),
        ...assumptions,
      ],
      unpriced: undefined,
    };
  }

  #sharedFigures(destination: number): Figures {
    let figures = this.#figures.get(destination);
    if (!figures) {
      figures = this.#figuresOf(destination, noBounds, []);
      this.#figures.set(destination, figures);
    }
    return figures;
  }

  costOf(position: RecipientPosition, address: RecipientAddress): RecipientCost {
    const context = this.#context;
    const { phone, asWritten } = address;
    const { destination, reason } = routeOf(address, context);
    if (destination === 0) return this.unpriced(position, phone, reason);
    if (asWritten === undefined) return { ...position, phone, ...this.#sharedFigures(destination) };
    const { destinations } = context.tariff;
    const isTaken = this.seen.has(asWritten);
    const bounds = correctionBounds(destinations[destination]!, asWritten, isTaken, context);
    return { ...position, phone, ...this.#figuresOf(destination, bounds, ['number-correction']) };
  }
}

/** Yields a result without a price for each recipient of a message whose size is unknown. */
function* unknownCosts(
  { to, message }: MessageInput,
  context: PricingContext,
): Generator<RecipientCost, void> {
  const costs = new MessageCosts(unknownSize, context, new SeenRecipients([]));
  for (const [index, recipient] of to.entries()) {
    const address = typeof recipient === 'string' ? readAddress(recipient.trim(), context.kind) : undefined;
    yield costs.unpriced(
      { message, index, group: undefined, recipient },
      address?.phone ?? '',
      'unknown-length',
    );
  }
}

/** Yields the position of each recipient of a message, including the members of groups. */
function* positionsOf(
  { to, message }: MessageInput,
  lists: ReturnType<typeof listsOf>,
): Generator<RecipientPosition, void> {
  for (const { recipients, groupAt } of lists) {
    const owner = groupAt === undefined ? undefined : to[groupAt];
    const group = typeof owner === 'object' ? owner.group : undefined;
    for (const [at, recipient] of recipients.entries())
      yield { message, index: groupAt ?? at, group, recipient };
  }
}

/** Yields the cost of each recipient of a message of known size. */
function* knownCosts(
  input: MessageInput,
  size: MessageSize,
  context: PricingContext,
): Generator<RecipientCost, void> {
  const { groups, kind } = context;
  const lists = listsOf(input.to, groups);
  const costs = new MessageCosts(size, context, new SeenRecipients(lists));
  const invalid = new Set<string>();
  const corrected: (readonly [RecipientPosition, RecipientAddress])[] = [];
  for (const position of positionsOf(input, lists)) {
    const { recipient, group } = position;
    if (typeof recipient !== 'string') {
      if (group === undefined && !Object.hasOwn(groups, recipient.group))
        yield costs.unpriced(position, '', 'unknown-group');
      continue;
    }
    const address = readAddress(recipient.trim(), kind);
    if (!address) {
      if (!invalid.has(recipient)) yield costs.unpriced(position, '', 'invalid-number');
      invalid.add(recipient);
    } else if (address.asWritten !== undefined) corrected.push([position, address]);
    else if (costs.seen.add(address)) yield costs.costOf(position, address);
  }
  for (const [position, address] of corrected)
    if (costs.seen.add(address)) yield costs.costOf(position, address);
}

/**
 * Yields the cost of each distinct recipient of each text. Within each text, recipients with corrected numbers come
 * last.
 */
export function* costsOf(
  messages: readonly MessageInput[],
  context: PricingContext,
): Generator<RecipientCost, void> {
  for (const message of messages) {
    const { size } = message;
    if (size) yield* knownCosts(message, size, context);
    else yield* unknownCosts(message, context);
  }
}
