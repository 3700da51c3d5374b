import type { Account } from '../state/account.ts';
import { groupsFor } from '../state/address-book.ts';
import type { AccountContext } from '../state/request-context.ts';
import type { DeliveryOutcome } from '../options/delivery-outcomes.ts';
import { dayOf } from '../state/turnover.ts';
import type { MessageKind } from '../params/kinds.ts';
import type { OutgoingText } from '../state/outgoing-text.ts';
import { readRecipients } from '../params/recipients.ts';

/** Text to one recipient, with its cost or the reason why it is refused. */
export interface RoutedMessage {
  readonly outgoing: OutgoingText;
  readonly phone: string;
  /** Cost in millionths; 0 if the message is refused. */
  readonly cost: bigint;
  /** Final status of a refused message. `undefined` if the message is accepted. */
  readonly refused: DeliveryOutcome | undefined;
  /** Number of accepted recipients before this one. */
  readonly position: number;
}

/** Status 22, wrong number; error 249, «invalid number format». */
const wrongNumber: DeliveryOutcome = { status: 22, err: 249 };
/** Status 25, unavailable number; error 248, «no route». */
const noRoute: DeliveryOutcome = { status: 25, err: 248 };
/**
 * Status 23, forbidden; error 251, «more than 50 messages, flood». Assumption: only the affected recipients are refused, not
 * the whole request.
 */
const flood: DeliveryOutcome = { status: 23, err: 251 };
/**
 * Status 23, forbidden; error 250, «number forbidden by account settings». Inferred from the name of this error: the error
 * also applies to numbers on the black list.
 */
const forbiddenNumber: DeliveryOutcome = { status: 23, err: 250 };
/** Status 23, forbidden; error 247, «account daily limit exceeded». */
const dailyLimit: DeliveryOutcome = { status: 23, err: 247 };

/**
 * Checks a number against the setting `fmts`, the number prefixes that a sub-account may send to. A prefix that begins with
 * `-` is excluded, as in `7,-77`. Assumptions: the longest prefix wins, and e-mail addresses and nicknames are not
 * restricted.
 */
function isAllowedPrefix(fmts: string, phone: string): boolean {
  const rules = fmts
    .split(',')
    .map((rule) => rule.trim())
    .filter((rule) => rule !== '');
  const [longest] = rules
    .filter((rule) => phone.startsWith(rule.replace(/^-/, '')))
    .sort((a, b) => b.replace('-', '').length - a.replace('-', '').length);
  return longest === undefined ? rules.every((rule) => rule.startsWith('-')) : !longest.startsWith('-');
}

/** Returns true if the black list or the settings of the account forbid a number. */
function isForbidden({ addressBook, settings }: Account, phone: string, purpose: RoutingPurpose): boolean {
  const scope = addressBook.blackList.get(phone)?.scope;
  // The gateway's documentation does not define «mass» messages. Assumption: they are the messages of jobs.
  const isJob = purpose === 'job' || purpose === 'new job';
  if (scope === 0 || (scope === 1 && isJob) || (scope === 2 && !isJob)) return true;
  const fmts = settings.get('fmts') ?? '';
  return fmts !== '' && /^\d+$/.test(phone) && !isAllowedPrefix(fmts, phone);
}

/** Returns the number of messages that an account may still send today. */
function leftToday({ settings, turnover, utcOffset }: Account, instant: number): number {
  const limit = settings.get('dlim') ?? '';
  return limit === '' || limit === '0'
    ? Infinity
    : Number(limit) - (turnover.get(dayOf(instant, utcOffset))?.count ?? 0);
}

/** Purpose of routing: to compute a cost, to send a message, to create a job, or to run a job. */
export type RoutingPurpose = 'cost' | 'message' | 'new job' | 'job';

/**
 * Returns true for virtual sending: the message is accepted at no cost and never sent. E-mail is always sent. Source: the
 * official pages.
 */
export const isVirtual = ({ testMode }: Account, kind: MessageKind): boolean => testMode && kind !== 'mail';

/** Routes the recipients of one request. */
class Router {
  readonly messages: RoutedMessage[] = [];
  private readonly context: AccountContext;
  private readonly purpose: RoutingPurpose;
  /** Maximum number of messages to send. */
  private readonly most: number;
  /** Number of accepted messages of this request, by recipient. */
  private readonly pending = new Map<string, number>();
  private position = 0;

  constructor(context: AccountContext, purpose: RoutingPurpose) {
    this.context = context;
    this.purpose = purpose;
    // The daily limit of a new job is checked when the job runs.
    this.most = purpose === 'new job' ? Infinity : leftToday(context.account, context.instant);
  }

  add(outgoing: OutgoingText): void {
    const { account } = this.context;
    const { valid, wrong } = readRecipients(
      outgoing.phones,
      outgoing.kind,
      groupsFor(account.addressBook, outgoing.kind),
    );
    for (const phone of valid) this.addRecipient(outgoing, phone);
    for (const phone of wrong)
      this.messages.push({ outgoing, phone, cost: 0n, refused: wrongNumber, position: this.position });
  }

  private addRecipient(outgoing: OutgoingText, phone: string): void {
    const { account } = this.context;
    const price = account.priceOf(outgoing.kind, phone);
    const refused = this.refusalOf(outgoing.kind, phone, price);
    const isFree = refused || price === undefined || isVirtual(account, outgoing.kind);
    const cost = isFree ? 0n : price * BigInt(outgoing.parts);
    this.messages.push({ outgoing, phone, cost, refused, position: this.position });
    if (refused) return;
    this.position++;
    if (outgoing.kind !== 'hlr') this.pending.set(phone, (this.pending.get(phone) ?? 0) + 1);
  }

  private refusalOf(
    kind: MessageKind,
    phone: string,
    price: bigint | undefined,
  ): DeliveryOutcome | undefined {
    if (isForbidden(this.context.account, phone, this.purpose)) return forbiddenNumber;
    if (this.floods(kind, phone)) return flood;
    if (price === undefined) return noRoute;
    return this.position >= this.most ? dailyLimit : undefined;
  }

  /**
   * Returns true if a message exceeds the flood limit. Cost and HLR requests are exempt, because they send nothing to the
   * subscriber. New jobs are checked when they run.
   */
  private floods(kind: MessageKind, phone: string): boolean {
    if ((this.purpose !== 'message' && this.purpose !== 'job') || kind === 'hlr') return false;
    const { account, instant } = this.context;
    return !account.flood.allows(phone, instant, this.pending.get(phone) ?? 0);
  }
}

/** Routes every text to each of its recipients. */
export function routeMessages(
  texts: readonly OutgoingText[],
  context: AccountContext,
  purpose: RoutingPurpose,
): readonly RoutedMessage[] {
  const router = new Router(context, purpose);
  for (const text of texts) router.add(text);
  return router.messages;
}

/** Returns true if a message was refused because its recipient is not a valid number. */
export const isWrongNumber = ({ refused }: RoutedMessage): boolean => refused === wrongNumber;
