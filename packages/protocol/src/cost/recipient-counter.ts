import { isObject } from '../core/own-members.ts';
import type { Recipient } from '../params/recipients.ts';
import type { CostTotals } from './cost-totals.ts';
import type { MessageSize } from './message-size.ts';
import type { MessageInput } from './parse-input.ts';
import { addNumber, createNumberSet, hashOf, hasNumber, maxProbes, powersOfTen } from './number-set.ts';
import { mayBeCorrected, readAddress, type RecipientAddress } from './recipient-address.ts';
import { correctionBounds, type GroupMembers, type PricingContext, routeOf } from './routing.ts';
import type { Tariff } from './tariff.ts';
import type { UnpricedReason } from './unpriced.ts';

/** Reports a recipient without a price. The reason is `undefined` if the value is not a recipient. */
export type ReportUnpriced = (
  index: number,
  recipient: Recipient,
  reason: UnpricedReason | undefined,
) => void;

const isGroup = (recipient: unknown): recipient is { readonly group: number } =>
  isObject(recipient) && Number.isInteger(recipient['group']);

/** Returns the members of a group, or `undefined` if they were not given. */
const membersOf = (recipient: Recipient, groups: GroupMembers): readonly string[] | undefined =>
  isGroup(recipient) && Object.hasOwn(groups, recipient.group) ? groups[recipient.group] : undefined;

/** A list of recipients of a text: the list in `to`, or the members of a group in that list. */
export interface RecipientList {
  readonly recipients: readonly Recipient[];
  /** Index of the group in `to`; `undefined` for the list in `to` itself. */
  readonly groupAt: number | undefined;
}

/** Returns the list in `to`, and the members of each group in it as further lists. */
export function listsOf(to: readonly Recipient[], groups: GroupMembers): readonly RecipientList[] {
  const lists: RecipientList[] = [{ recipients: to, groupAt: undefined }];
  for (let index = 0; index < to.length; index++) {
    const recipient = to[index]!;
    if (isGroup(recipient)) lists.push({ recipients: membersOf(recipient, groups) ?? [], groupAt: index });
  }
  return lists;
}

/** Recipients of a text that were seen so far: numbers in the table, other addresses in a set. */
export class SeenRecipients {
  readonly table: Float64Array;
  readonly #others = new Set<string>();

  constructor(lists: readonly RecipientList[]) {
    this.table = createNumberSet(lists.reduce((sum, { recipients }) => sum + recipients.length, 0));
  }

  /** Adds an address. Returns `true` if it is new. */
  add({ phone, isNumber }: RecipientAddress): boolean {
    const isNew = isNumber ? addNumber(this.table, phone) : undefined;
    if (isNew !== undefined) return isNew;
    const { size } = this.#others;
    return this.#others.add(phone).size > size;
  }

  has(phone: string): boolean {
    return hasNumber(this.table, phone) ?? this.#others.has(phone);
  }
}

/** Input of `countPlainNumbers`. */
interface PlainCount {
  readonly tariff: Tariff;
  /** One flag for each destination: 1 if it has a price that does not depend on the network, otherwise 0. */
  readonly countable: Uint8Array;
  /** Numbers of the text that were seen so far. */
  readonly table: Float64Array;
  readonly totals: CostTotals;
}

/**
 * Counts plain numbers: digits, with or without `+`, that need no correction and whose price does not depend on the
 * network. Returns the indexes of all other recipients.
 */
// eslint-disable-next-line complexity, max-lines-per-function -- hot loop: runs once for each of a million recipients, and creates no object or text for any of them
function countPlainNumbers(
  recipients: readonly unknown[],
  { tariff: { steps, ends }, countable, table, totals }: PlainCount,
): readonly number[] {
  const { newRecipients, duplicates, touched } = totals;
  const rest: number[] = [];
  const mask = table.length - 1;
  for (let index = 0; index < recipients.length; index++) {
    const written = recipients[index];
    if (typeof written !== 'string') {
      rest.push(index);
      continue;
    }
    const { length } = written;
    const start = written.charCodeAt(0) === 0x2b ? 1 : 0;
    const digits = length - start;
    const first = written.charCodeAt(start) - 0x30;
    if (digits < 8 || digits > 15 || first === 0 || (start === 0 && mayBeCorrected(first, digits))) {
      rest.push(index);
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
    if (at < length || countable[destination] === 0) {
      rest.push(index);
      continue;
    }
    const number = digits > 9 ? head * powersOfTen[digits - 9]! + tail : head;
    let slot = hashOf(head, tail) & mask;
    for (let probes = 0; ; probes++) {
      const present = table[slot];
      if (present === 0) {
        table[slot] = number;
        if (newRecipients[destination]!++ === 0) touched.push(destination);
        break;
      }
      if (present === number) {
        duplicates[destination]!++;
        break;
      }
      if (probes === maxProbes - 1) {
        rest.push(index);
        break;
      }
      slot = (slot + 1) & mask;
    }
  }
  return rest;
}

/** A recipient whose number was corrected. */
interface CorrectedRecipient {
  readonly index: number;
  readonly written: string;
  readonly address: RecipientAddress;
  readonly asWritten: string;
}

/** Counts the recipients of one text. */
class TextCounter {
  readonly #context: PricingContext;
  readonly #totals: CostTotals;
  readonly #seen: SeenRecipients;
  readonly #report: ReportUnpriced;
  readonly #corrected: CorrectedRecipient[] = [];
  /** Invalid numbers that were reported. */
  readonly #invalid = new Set<string>();

  constructor(context: PricingContext, totals: CostTotals, seen: SeenRecipients, report: ReportUnpriced) {
    this.#context = context;
    this.#totals = totals;
    this.#seen = seen;
    this.#report = report;
  }

  #countAddress(index: number, written: string, address: RecipientAddress): void {
    const { destination, reason } = routeOf(address, this.#context);
    const isNew = this.#seen.add(address);
    if (destination > 0) this.#totals.add(destination, isNew);
    else if (isNew) this.#report(index, written, reason);
  }

  /**
   * Counts a recipient, or reports it if it has no price. Skips a known group, since its members are counted as a
   * separate list.
   */
  count(recipient: unknown, index: number, inGroup: boolean): void {
    const { groups, kind } = this.#context;
    if (typeof recipient !== 'string') {
      if (!isGroup(recipient) || inGroup) this.#report(index, recipient as Recipient, undefined);
      else if (!membersOf(recipient, groups)) this.#report(index, recipient, 'unknown-group');
      return;
    }
    const address = readAddress(recipient.trim(), kind);
    if (!address) {
      if (!this.#invalid.has(recipient)) this.#report(index, recipient, 'invalid-number');
      this.#invalid.add(recipient);
    } else if (address.asWritten !== undefined)
      this.#corrected.push({ index, written: recipient, address, asWritten: address.asWritten });
    else this.#countAddress(index, recipient, address);
  }

  /**
   * Counts the corrected numbers. Call this method last: a corrected number may be a duplicate of a number that was
   * written in international form.
   */
  countCorrected(size: MessageSize): void {
    const { destinations } = this.#context.tariff;
    for (const { index, written, address, asWritten } of this.#corrected) {
      const { destination } = routeOf(address, this.#context);
      if (destination > 0) {
        this.#totals.assumptions.add('number-correction');
        const { less, more } = correctionBounds(
          destinations[destination]!,
          asWritten,
          this.#seen.has(asWritten),
          this.#context,
        );
        this.#totals.widen(
          this.#seen.has(address.phone) ? 0n : less * BigInt(size.least),
          more * BigInt(size.most),
        );
      }
      this.#countAddress(index, written, address);
    }
  }
}

/** Creates a function that adds the recipients of a text to the totals. */
export function createCounter(
  context: PricingContext,
  totals: CostTotals,
): (message: MessageInput, report: ReportUnpriced) => void {
  const { kind, tariff, groups, networkOf } = context;
  const countable = Uint8Array.from(tariff.destinations, ({ networks }, at) =>
    Number(at > 0 && !(networks && networkOf)),
  );

  return ({ to, size }, report) => {
    if (!size) {
      for (const [index, recipient] of to.entries()) {
        const isRecipient = isGroup(recipient) || typeof recipient === 'string';
        report(index, recipient, isRecipient ? 'unknown-length' : undefined);
      }
      return;
    }
    const lists = listsOf(to, groups);
    const seen = new SeenRecipients(lists);
    const counter = new TextCounter(context, totals, seen, report);
    for (const { recipients, groupAt } of lists) {
      const rest =
        kind === 'email'
          ? recipients.keys()
          : countPlainNumbers(recipients, { tariff, countable, table: seen.table, totals });
      for (const at of rest) counter.count(recipients[at], groupAt ?? at, groupAt !== undefined);
    }
    counter.countCorrected(size);
    totals.finishText(size);
  };
}
