import type { AddressBook } from './address-book.ts';
import { createAddressBook } from './address-book.ts';
import type { TurnoverByDay, Wallet } from './turnover.ts';
import type { RequestLimits } from '../options/limits.ts';
import {
  type FloodCounter,
  createFloodCounter,
  createRequestWindows,
  type RequestWindows,
} from './sliding-windows.ts';
import type { Message } from './message.ts';
import { readAmount } from '../pricing/money.ts';
import { type AccountOptions, type ExportedFile, defaultStopWords } from '../options/options.ts';
import type { PriceOf } from '../pricing/prices.ts';
import { type PushTarget, readPushTarget } from '../push/options.ts';
import type { ReceivedMessage, MailingJob, RentedNumber } from './records.ts';
import { createSenderNames, type SenderName } from './sender-names.ts';
import type { ShortLink } from './short-links.ts';

/** An account while the gateway runs. */
export interface Account {
  login: string;
  /** Absent for an account of its own, otherwise whose sub-account it is. */
  readonly parent: Account | undefined;
  /** The gateway's number for a sub-account; 0 for an account of its own. */
  readonly userId: number;
  /** Shared with the parent where a sub-account spends its money. */
  readonly wallet: Wallet;
  readonly turnover: TurnoverByDay;
  readonly priceOf: PriceOf;
  currency: string;
  readonly allowedAddresses: ReadonlySet<string> | undefined;
  /** Whether only registered sender names are taken. */
  readonly registeredOnly: boolean;
  defaultSender: string;
  /** In lower case. */
  readonly stopWords: readonly string[];
  utcOffset: number;
  testMode: boolean;
  /** Settings of a sub-account, by the parameter that sets them. */
  readonly settings: Map<string, string>;
  /** Where the gateway pushes to; absent where nowhere. */
  push: PushTarget | undefined;
  /** Ids are small, per account and increasing (recorded). */
  nextMessageId: number;
  /** Oldest first. */
  readonly messages: Set<Message>;
  /** Walks along `messages` and never begins anew: the front of a set that is often taken from is slow to find. */
  readonly oldestFirst: Iterator<Message, undefined>;
  /** By id and recipient, oldest first; several where a list has a recipient twice, or an id is used again. */
  readonly messagesByKey: Map<string, Message[]>;
  readonly addressBook: AddressBook;
  readonly templates: Map<number, ReadonlyMap<string, string>>;
  readonly operatorTemplates: Map<number, ReadonlyMap<string, string>>;
  readonly jobs: Map<string, MailingJob>;
  readonly senderNames: Map<string, SenderName>;
  /** Messages that came in, oldest first. */
  readonly incoming: ReceivedMessage[];
  /** By their short address. */
  readonly links: Map<string, ShortLink>;
  /** Numbers for receiving, by number. */
  readonly rents: Map<string, RentedNumber>;
  /** Numbers whose calls are waited for. */
  readonly awaitedCallers: Set<string>;
  readonly downloads: readonly ExportedFile[];
  readonly megafonAccounts: readonly Readonly<Record<string, string>>[];
  /** Invoices, by their number. */
  readonly invoices: Map<number, string>;
  /** Events that `ping.php` was told of. */
  readonly events: ReadonlyMap<string, string>[];
  /** Numbers of records: templates, sender names, invoices. */
  nextRecordId: number;
  /** Connections with requests in flight, and how many. */
  readonly inFlight: Map<unknown, number>;
  readonly windows: RequestWindows;
  readonly flood: FloodCounter;
}

/** What an account is opened with, beside its options. */
export interface AccountSetup {
  readonly limits: RequestLimits;
  readonly priceOf: PriceOf;
  readonly groups: Readonly<Record<string, readonly string[]>> | undefined;
  /** For a sub-account. */
  readonly parent?: Account;
  readonly userId?: number;
  /** Where it has none of its own. */
  readonly wallet?: Wallet;
}

/** An account as its options have it. */
export function openAccount(
  options: AccountOptions,
  { limits, priceOf, groups, parent, userId = 0, wallet }: AccountSetup,
): Account {
  const messages = new Set<Message>();
  const defaultSender = options.defaultSender ?? 'SMSC';
  return {
    login: options.login,
    parent,
    userId,
    wallet: wallet ?? {
      balance: readAmount(options.balance ?? '1000.00'),
      credit: options.credit === undefined ? undefined : readAmount(options.credit),
    },
    turnover: new Map(),
    priceOf,
    currency: options.currency ?? 'UAH',
    allowedAddresses: options.allowedAddresses && new Set(options.allowedAddresses),
    registeredOnly: options.senders !== undefined,
    defaultSender,
    stopWords: (options.stopWords ?? defaultStopWords).map((word) => word.toLowerCase()),
    utcOffset: options.utcOffset ?? 3,
    testMode: options.testMode ?? false,
    settings: new Map(),
    push: options.push && readPushTarget(options.push),
    nextMessageId: 1,
    messages,
    oldestFirst: messages.values(),
    messagesByKey: new Map(),
    addressBook: createAddressBook(groups),
    templates: new Map(),
    operatorTemplates: new Map(),
    jobs: new Map(),
    senderNames: createSenderNames(options.senders ?? [defaultSender]),
    incoming: [],
    links: new Map(),
    rents: new Map(),
    awaitedCallers: new Set(),
    downloads: options.downloads ?? [],
    megafonAccounts: options.megafonAccounts ?? [],
    invoices: new Map(),
    events: [],
    // Behind those of the sender names.
    nextRecordId: 1001,
    inFlight: new Map(),
    windows: createRequestWindows(limits),
    flood: createFloodCounter(limits.perSubscriber),
  };
}

/** Under what a message is kept. */
export const messageKey = (id: string, phone: string): string => `${id}\n${phone}`;

/** Keeps a message, and forgets the oldest one beyond `most`. */
export function keepMessage(account: Account, message: Message, most: number): void {
  const { messages, messagesByKey, oldestFirst } = account;
  const key = messageKey(message.id, message.phone);
  const same = messagesByKey.get(key);
  if (same) same.push(message);
  else messagesByKey.set(key, [message]);
  messages.add(message);
  if (messages.size <= most) return;
  const forgotten = oldestFirst.next().value!;
  const rest = messagesByKey.get(messageKey(forgotten.id, forgotten.phone))!;
  messages.delete(forgotten);
  // The oldest of all is the oldest with its key.
  if (rest.length > 1) rest.shift();
  else messagesByKey.delete(messageKey(forgotten.id, forgotten.phone));
}

/** Deletes all messages with a key, if there are any. */
export function deleteMessages({ messages, messagesByKey }: Account, key: string): void {
  for (const message of messagesByKey.get(key) ?? []) messages.delete(message);
  messagesByKey.delete(key);
}

/** The latest message with an id to a recipient. */
export const findMessage = (account: Account, id: string, phone: string): Message | undefined =>
  account.messagesByKey.get(messageKey(id, phone))?.at(-1);
