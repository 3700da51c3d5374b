import type { Account } from '../state/account.ts';
import { groupsFor } from '../state/address-book.ts';
import type { RequestContext } from '../state/request-context.ts';
import type { DeliveryOutcome } from '../options/delivery-outcomes.ts';
import { dayOf } from '../state/turnover.ts';
import type { OutgoingText } from '../state/outgoing-text.ts';
import { readRecipients } from '../params/recipients.ts';

/** A letter to one recipient: with its price, or with the reason why it will not be sent. */
export interface RoutedMessage {
  readonly outgoing: OutgoingText;
  readonly phone: string;
  /** In millionths; 0 where nothing will be sent. */
  readonly cost: bigint;
  /** Set where nothing will be sent. */
  readonly refused: DeliveryOutcome | undefined;
  /** Its place among the recipients that are sent to. */
  readonly place: number;
}

/** Wrong number; «invalid number format». */
const wrongNumber: DeliveryOutcome = { status: 22, err: 249 };
/** Unavailable number; «no route». */
const noRoute: DeliveryOutcome = { status: 25, err: 248 };
/** Forbidden; «more than 50 messages, flood». That only these recipients are refused, and not the request, is assumed. */
const flood: DeliveryOutcome = { status: 23, err: 251 };
/** Forbidden; «number forbidden by account settings». That the black list ends so is inferred from its name. */
const kept: DeliveryOutcome = { status: 23, err: 250 };
/** Forbidden; «account daily limit exceeded». */
const daily: DeliveryOutcome = { status: 23, err: 247 };

/**
 * Beginnings of numbers that a sub-account may send to, with `-` in front of those that it may not: `7,-77`. That the
 * longest wins, and that addresses and nicks are none of them, is assumed.
 */
function mayReach(fmts: string, phone: string): boolean {
  const rules = fmts
    .split(',')
    .map((rule) => rule.trim())
    .filter((rule) => rule !== '');
  const fitting = rules
    .filter((rule) => phone.startsWith(rule.replace(/^-/, '')))
    .sort((a, b) => b.replace('-', '').length - a.replace('-', '').length);
  return fitting.length > 0 ? !fitting[0]!.startsWith('-') : rules.every((rule) => rule.startsWith('-'));
}

/** Whether the account's own settings forbid a number. */
function isKept({ addressBook, settings }: Account, phone: string, of: RoutingPurpose): boolean {
  const scope = addressBook.black.get(phone)?.scope;
  // Which messages are «mass» ones is not said: those of mailings, assumed.
  if (scope !== undefined && (scope === 0 || (scope === 1) === (of === 'mailing' || of === 'new mailing')))
    return true;
  const fmts = settings.get('fmts') ?? '';
  return fmts !== '' && /^\d+$/.test(phone) && !mayReach(fmts, phone);
}

/** How many messages more an account may send today. */
function leftToday({ settings, turnover, utcOffset }: Account, instant: number): number {
  const limit = settings.get('dlim') ?? '';
  return limit === '' || limit === '0'
    ? Infinity
    : Number(limit) - (turnover.get(dayOf(instant, utcOffset))?.count ?? 0);
}

/** What recipients are looked up for: a cost, a message, a mailing that is made, or a mailing that is sent. */
export type RoutingPurpose = 'cost' | 'message' | 'new mailing' | 'mailing';

/** Virtual sending does not cover e-mail, which is billed as ever. Source: the official pages. */
export const isVirtual = ({ account }: RequestContext, { kind }: OutgoingText): boolean =>
  account.testMode && kind !== 'mail';

/**
 * Every recipient of every letter.
 *
 * @param of a request of the cost floods nobody, and no more does a mailing that is only made
 */
export function routeMessages(
  letters: readonly OutgoingText[],
  call: RequestContext,
  of: RoutingPurpose,
): readonly RoutedMessage[] {
  const { account, instant } = call;
  // What is left of today says nothing of the day on which a mailing will be sent.
  const most = of === 'new mailing' ? Infinity : leftToday(account, instant);
  const all: RoutedMessage[] = [];
  const before = new Map<string, number>();
  let place = 0;
  for (const letter of letters) {
    const { valid, wrong } = readRecipients(
      letter.phones,
      letter.kind,
      groupsFor(account.addressBook, letter.kind),
    );
    for (const phone of valid) {
      const price = account.priceOf(letter.kind, phone);
      const earlier = before.get(phone) ?? 0;
      // An HLR request reaches no subscriber.
      const reaches = letter.kind !== 'hlr';
      const floods =
        (of === 'message' || of === 'mailing') && reaches && !account.flood.allows(phone, instant, earlier);
      const refused = isKept(account, phone, of)
        ? kept
        : floods
          ? flood
          : price === undefined
            ? noRoute
            : place >= most
              ? daily
              : undefined;
      const cost =
        refused || price === undefined || isVirtual(call, letter) ? 0n : price * BigInt(letter.parts);
      all.push({ outgoing: letter, phone, cost, refused, place });
      if (refused) continue;
      place++;
      if (reaches) before.set(phone, earlier + 1);
    }
    for (const phone of wrong) all.push({ outgoing: letter, phone, cost: 0n, refused: wrongNumber, place });
  }
  return all;
}

/** Whether the reason is that the number is none. */
export const isWrongNumber = ({ refused }: RoutedMessage): boolean => refused === wrongNumber;
