import { isObject } from '../core/own-members.ts';
import type { Recipient } from '../params/recipients.ts';
import type { Kind } from '../operations/kinds.ts';
import type { CostTotals } from './cost-totals.ts';
import type { MessageInput } from './parse-input.ts';
import { hasNumber, maxProbes, hashOf, powersOfTen, addNumber, createNumberSet } from './number-set.ts';
import { type RecipientAddress, mayBeCorrected, readAddress } from './recipient-address.ts';
import { type Destination, destinationOf, everywhere, inNetwork, type Tariff } from './tariff.ts';
import type { UnpricedReason } from './unpriced.ts';

/** Contact groups: their members by the group's number. */
export type GroupMembers = Readonly<Record<number, readonly string[]>>;

/** What recipients are counted by. */
export interface PricingContext {
  readonly kind: Kind;
  readonly tariff: Tariff;
  readonly groups: GroupMembers;
  readonly networkOf: ((phone: string) => string | undefined) | undefined;
}

/** Takes a recipient that is not priced; `undefined` as a reason says that it is none at all. */
export type ReportUnpriced = (
  index: number,
  recipient: Recipient,
  reason: UnpricedReason | undefined,
) => void;

/** Where a recipient goes; a destination of 0 is none. */
interface Route {
  readonly destination: number;
  readonly reason: UnpricedReason;
}

/** The destination of an address, in its network where that decides and is known. */
export function routeOf({ phone, isNumber }: RecipientAddress, { tariff, networkOf }: PricingContext): Route {
  const found = isNumber ? destinationOf(tariff, phone) : everywhere(tariff);
  const within =
    isNumber && networkOf && tariff.destinations[found]!.networks
      ? inNetwork(tariff, found, networkOf(phone))
      : found;
  return { destination: within, reason: found > 0 && within === 0 ? 'no-network-price' : 'no-price' };
}

/** The destination that a number would have if it were not mended; 0 where it would be none. */
const routeAsWritten = (written: string, counting: PricingContext): number =>
  /^[1-9]\d{7,14}$/.test(written)
    ? routeOf({ phone: written, isNumber: true, asWritten: undefined }, counting).destination
    : 0;

/**
 * How far the bounds of a mended number go beyond its price, for one part: it may be sent to as it is written. What has no
 * price as it is written may be refused, and cost nothing.
 *
 * @param isTaken whether the number as it is written is a recipient besides, so that it would add nothing
 */
export function spanAsWritten(
  mended: Destination,
  asWritten: string,
  isTaken: boolean,
  counting: PricingContext,
): { readonly less: bigint; readonly more: bigint } {
  const other = counting.tariff.destinations[routeAsWritten(asWritten, counting)]!;
  const least = isTaken ? 0n : other.least;
  return {
    less: mended.least > least ? mended.least - least : 0n,
    more: other.most > mended.most ? other.most - mended.most : 0n,
  };
}

const isGroup = (recipient: unknown): recipient is { readonly group: number } =>
  isObject(recipient) && Number.isInteger(recipient['group']);

/** The members of a group; `undefined` where they are not known. */
const membersOf = (recipient: Recipient, groups: GroupMembers): readonly string[] | undefined =>
  isGroup(recipient) && Object.hasOwn(groups, recipient.group) ? groups[recipient.group] : undefined;

/** One of the lists of recipients of a text: what it was given, or the members of a group in it. */
interface List {
  readonly recipients: readonly Recipient[];
  /** The group's place in `to`. */
  readonly groupAt: number | undefined;
}

/** The recipients of a text, group by group. */
export function listsOf(
  to: readonly Recipient[],
  groups: GroupMembers,
  groupsAt: readonly number[],
): readonly List[] {
  const lists: List[] = [{ recipients: to, groupAt: undefined }];
  for (const index of groupsAt)
    lists.push({ recipients: membersOf(to[index]!, groups) ?? [], groupAt: index });
  return lists;
}

/** The places of all groups. */
export function findGroups(to: readonly Recipient[]): readonly number[] {
  const found: number[] = [];
  for (let index = 0; index < to.length; index++) if (isGroup(to[index])) found.push(index);
  return found;
}

/**
 * Counts the numbers of a list that are plain, digits alone or behind a `+`, and whose price needs no asking. Puts aside
 * the places of all others. No object and no text is made for any of them: there may be a million.
 *
 * @param counted 1 for each destination that may be counted at once
 */
function countPlain(
  recipients: readonly unknown[],
  { steps, ends }: Tariff,
  counted: Uint8Array,
  table: Float64Array,
  { newRecipients, duplicates, touched }: CostTotals,
  aside: number[],
): void {
  const mask = table.length - 1;
  for (let index = 0; index < recipients.length; index++) {
    const written = recipients[index];
    if (typeof written !== 'string') {
      aside.push(index);
      continue;
    }
    const { length } = written;
    const start = written.charCodeAt(0) === 0x2b ? 1 : 0;
    const digits = length - start;
    const first = written.charCodeAt(start) - 0x30;
    if (digits < 8 || digits > 15 || first === 0 || (start === 0 && mayBeCorrected(first, digits))) {
      aside.push(index);
      continue;
    }
    let head = 0;
    let tail = 0;
    let node = 0;
    let at = start;
    const middle = digits > 9 ? start + 9 : length;
    for (; at < middle; at++) {
      const digit = written.charCodeAt(at) - 0x30;
      if (digit >>> 0 > 9) break;
      head = head * 10 + digit;
      if (node >= 0) node = steps[node * 10 + digit]!;
    }
    if (at === middle) {
      for (; at < length; at++) {
        const digit = written.charCodeAt(at) - 0x30;
        if (digit >>> 0 > 9) break;
        tail = tail * 10 + digit;
        if (node >= 0) node = steps[node * 10 + digit]!;
      }
    }
    const destination = node < 0 ? ~node : ends[node]!;
    if (at < length || counted[destination] === 0) {
      aside.push(index);
      continue;
    }
    const number = digits > 9 ? head * powersOfTen[digits - 9]! + tail : head;
    let place = hashOf(head, tail) & mask;
    for (let way = 0; ; way++) {
      const there = table[place];
      if (there === 0) {
        table[place] = number;
        if (newRecipients[destination]!++ === 0) touched.push(destination);
        break;
      }
      if (there === number) {
        duplicates[destination]!++;
        break;
      }
      if (way === maxProbes - 1) {
        aside.push(index);
        break;
      }
      place = (place + 1) & mask;
    }
  }
}

/** What was seen of a text's recipients: numbers in the table, and what finds no place there. */
export class SeenRecipients {
  readonly table: Float64Array;
  readonly #others = new Set<string>();

  constructor(count: number) {
    this.table = createNumberSet(count);
  }

  /** Takes note of an address. Says whether it is new. */
  add({ phone, isNumber }: RecipientAddress): boolean {
    const found = isNumber ? addNumber(this.table, phone) : undefined;
    if (found !== undefined) return found;
    const { size } = this.#others;
    return this.#others.add(phone).size > size;
  }

  has(phone: string): boolean {
    return hasNumber(this.table, phone) ?? this.#others.has(phone);
  }
}

/** Counts the recipients of texts into a ledger. */
export function createCounter(
  counting: PricingContext,
  ledger: CostTotals,
): (letter: MessageInput, refuse: ReportUnpriced) => void {
  const { kind, tariff, groups, networkOf } = counting;
  const { destinations } = tariff;
  const counted = Uint8Array.from(destinations, ({ networks }, at) =>
    Number(at > 0 && !(networks && networkOf)),
  );
  const isPlain = kind !== 'email';

  return ({ to, size }, refuse) => {
    const groupsAt = findGroups(to);
    if (!size) {
      for (const [index, recipient] of to.entries())
        refuse(
          index,
          recipient,
          isGroup(recipient) || typeof recipient === 'string' ? 'unknown-length' : undefined,
        );
      return;
    }
    const lists = listsOf(to, groups, groupsAt);
    const seen = new SeenRecipients(lists.reduce((sum, { recipients }) => sum + recipients.length, 0));
    const mended: {
      readonly index: number;
      readonly written: string;
      readonly address: RecipientAddress;
      readonly asWritten: string;
    }[] = [];
    const wrong = new Set<string>();

    const count = (index: number, written: string, address: RecipientAddress): void => {
      const { destination, reason } = routeOf(address, counting);
      const isNew = seen.add(address);
      if (destination > 0) ledger.add(destination, isNew);
      else if (isNew) refuse(index, written, reason);
    };

    for (const { recipients, groupAt } of lists) {
      const aside: number[] = [];
      if (isPlain) countPlain(recipients, tariff, counted, seen.table, ledger, aside);
      for (let next = 0; next < (isPlain ? aside.length : recipients.length); next++) {
        const at = isPlain ? aside[next]! : next;
        const recipient: unknown = recipients[at];
        const index = groupAt ?? at;
        if (typeof recipient !== 'string') {
          if (isGroup(recipient) && groupAt === undefined) {
            if (membersOf(recipient, groups) === undefined) refuse(index, recipient, 'unknown-group');
          } else refuse(index, recipient as Recipient, undefined);
          continue;
        }
        const address = readAddress(recipient.trim(), kind);
        if (!address) {
          if (!wrong.has(recipient)) refuse(index, recipient, 'wrong-number');
          wrong.add(recipient);
        } else if (address.asWritten !== undefined)
          mended.push({ index, written: recipient, address, asWritten: address.asWritten });
        else count(index, recipient, address);
      }
    }
    // Those that are written in full first: whether a mended number is one more depends on them.
    for (const { index, written, address, asWritten } of mended) {
      const { destination } = routeOf(address, counting);
      if (destination > 0) {
        ledger.assumptions.add('number-correction');
        const { less, more } = spanAsWritten(
          destinations[destination]!,
          asWritten,
          seen.has(asWritten),
          counting,
        );
        ledger.widen(seen.has(address.phone) ? 0n : less * BigInt(size.least), more * BigInt(size.most));
      }
      count(index, written, address);
    }
    ledger.finishText(size);
  };
}
