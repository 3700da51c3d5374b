import type { Recipient } from '../params/recipients.ts';
import { formatAmount } from '../core/money.ts';
import type { AssumptionName } from './assumptions.ts';
import {
  type PricingContext,
  findGroups,
  listsOf,
  routeOf,
  SeenRecipients,
  spanAsWritten,
} from './recipient-counter.ts';
import type { MessageInput } from './parse-input.ts';
import { type RecipientAddress, readAddress } from './recipient-address.ts';
import type { UnpricedReason } from './unpriced.ts';

/** What one text costs to one recipient. */
export interface RecipientCost {
  /** Of a list, which of its messages this is, from 0. */
  readonly message: number | undefined;
  /** The recipient's place in `to`, from 0; of a member of a group, the group's. */
  readonly index: number;
  /** The group that the recipient is a member of, where it came with one. */
  readonly group: number | undefined;
  /** As the caller wrote it. */
  readonly recipient: Recipient;
  /** As the gateway is thought to send to it: a number in international form, digits only. Empty where it is none. */
  readonly phone: string;
  /** The prefix whose price it has, and the name in that row of the table. */
  readonly prefix: string | undefined;
  readonly name: string | undefined;
  /** Parts of the text, or seconds of a call; and at least, and at most. */
  readonly parts: number;
  readonly leastParts: number;
  readonly mostParts: number;
  /** Exact decimals: for one part, for the whole, and the bounds of that. Nought where there is no price: see `unpriced`. */
  readonly price: string;
  readonly cost: string;
  readonly lower: string;
  readonly upper: string;
  /** What these figures rest on. */
  readonly assumptions: readonly AssumptionName[];
  /** Why there is no price; `undefined` where there is one. */
  readonly unpriced: UnpricedReason | undefined;
}

type Figures = Omit<RecipientCost, 'message' | 'index' | 'group' | 'recipient' | 'phone'>;

const groupOf = (recipient: Recipient | undefined): number | undefined =>
  typeof recipient === 'object' ? recipient.group : undefined;

const none = '0.00';

/** Every recipient of every text, each once, with what it costs. Recipients whose numbers were mended come last of their text. */
export function* costsOf(
  letters: readonly MessageInput[],
  counting: PricingContext,
): Generator<RecipientCost, void> {
  const { kind, groups, tariff } = counting;
  for (const { to, message, size } of letters) {
    const { parts = 0, least = 0, most = 0, assumptions = [] } = size ?? {};
    const without = (
      index: number,
      group: number | undefined,
      recipient: Recipient,
      phone: string,
      unpriced: UnpricedReason,
    ): RecipientCost => ({
      ...{
        message,
        index,
        group,
        recipient,
        phone,
        prefix: undefined,
        name: undefined,
        parts,
        leastParts: least,
        mostParts: most,
      },
      ...{ price: none, cost: none, lower: none, upper: none, assumptions: [], unpriced },
    });
    if (!size) {
      for (const [index, recipient] of to.entries())
        yield without(
          index,
          undefined,
          recipient,
          typeof recipient === 'string' ? (readAddress(recipient.trim(), kind)?.phone ?? '') : '',
          'unknown-length',
        );
      continue;
    }
    const lists = listsOf(to, groups, findGroups(to));
    const seen = new SeenRecipients(lists.reduce((sum, { recipients }) => sum + recipients.length, 0));
    const wrong = new Set<string>();
    const mended: (readonly [
      index: number,
      group: number | undefined,
      recipient: string,
      address: RecipientAddress,
    ])[] = [];

    /** What is the same for all of a destination whose numbers were not mended. */
    const figures = new Map<number, Figures>();
    const figuresOf = (
      destination: number,
      less: bigint,
      more: bigint,
      names: readonly AssumptionName[],
    ): Figures => {
      const found = tariff.destinations[destination]!;
      return {
        ...{ prefix: found.prefix, name: found.name, parts, leastParts: least, mostParts: most },
        price: formatAmount(found.price),
        cost: formatAmount(found.price * BigInt(parts)),
        lower: formatAmount((found.least - less) * BigInt(least)),
        upper: formatAmount((found.most + more) * BigInt(most)),
        assumptions: [...assumptions, ...(found.networks ? (['operator'] as const) : []), ...names],
        unpriced: undefined,
      };
    };

    const costOf = (
      index: number,
      group: number | undefined,
      recipient: string,
      address: RecipientAddress,
    ): RecipientCost => {
      const { phone, asWritten } = address;
      const { destination, reason } = routeOf(address, counting);
      if (destination === 0) return without(index, group, recipient, phone, reason);
      if (asWritten !== undefined) {
        const { less, more } = spanAsWritten(
          tariff.destinations[destination]!,
          asWritten,
          seen.has(asWritten),
          counting,
        );
        return {
          message,
          index,
          group,
          recipient,
          phone,
          ...figuresOf(destination, less, more, ['number-correction']),
        };
      }
      let shared = figures.get(destination);
      if (!shared) figures.set(destination, (shared = figuresOf(destination, 0n, 0n, [])));
      return { message, index, group, recipient, phone, ...shared };
    };

    for (const { recipients, groupAt } of lists) {
      for (const [at, recipient] of recipients.entries()) {
        const index = groupAt ?? at;
        const group = groupOf(groupAt === undefined ? undefined : to[groupAt]);
        if (typeof recipient !== 'string') {
          if (groupAt === undefined && !Object.hasOwn(groups, recipient.group))
            yield without(index, group, recipient, '', 'unknown-group');
          continue;
        }
        const address = readAddress(recipient.trim(), kind);
        if (!address) {
          if (!wrong.has(recipient)) yield without(index, group, recipient, '', 'wrong-number');
          wrong.add(recipient);
        } else if (address.asWritten !== undefined) mended.push([index, group, recipient, address]);
        else if (seen.add(address)) yield costOf(index, group, recipient, address);
      }
    }
    for (const [index, group, recipient, address] of mended)
      if (seen.add(address)) yield costOf(index, group, recipient, address);
  }
}
