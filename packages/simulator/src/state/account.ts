import type { AddressBook } from './address-book.ts';
import { createAddressBook } from './address-book.ts';
import type { TurnoverByDay, Wallet } from './turnover.ts';
import type { RequestLimits } from '../options/limits.ts';
import {
  createFloodCounter,
  createRequestWindows,
  type FloodCounter,
  type RequestWindows,
} from './sliding-windows.ts';
import type { Message } from './message.ts';
import { readAmount } from '../pricing/money.ts';
import { type AccountOptions, defaultStopWords, type ExportedFile } from '../options/options.ts';
import type { PriceOf } from '../pricing/prices.ts';
import { type PushTarget, readPushTarget } from '../push/options.ts';
import type { JobRecord, ReceivedMessage, RentedNumber } from './records.ts';
import { createSenderNames, type SenderName } from './sender-names.ts';
import type { ShortLink } from './short-links.ts';

/** State of one account. */
export interface Account {
  login: string;
  /** Main account of a sub-account. `undefined` for a main account. */
  readonly parent: Account | undefined;
  /** Number of a sub-account; 0 for a main account. */
  readonly userId: number;
  /** Wallet of the account. A sub-account may share the wallet of its main account. */
  readonly wallet: Wallet;
  readonly turnover: TurnoverByDay;
  readonly priceOf: PriceOf;
  currency: string;
  /** Client addresses that may use the account. `undefined`: all. */
  readonly allowedAddresses: ReadonlySet<string> | undefined;
  /** True if only registered sender names are accepted. */
  readonly registeredOnly: boolean;
  defaultSender: string;
  /** Stop words in lower case. */
  readonly stopWords: readonly string[];
  /** Time zone in hours from UTC. */
  utcOffset: number;
  testMode: boolean;
  /** Settings of a sub-account, by parameter name. */
  readonly settings: Map<string, string>;
  /** Target of webhooks. `undefined`: none are sent. */
  push: PushTarget | undefined;
  /** Next id of a message or job. Each account counts its own ids from 1 (recorded). */
  nextMessageId: number;
  /** Messages of the account, oldest first. */
  readonly messages: Set<Message>;
  /**
   * Iterator over `messages` that finds the oldest one. It is never restarted: finding the first entry of a set is slow
   * after many deletions at its front.
   */
  readonly oldestFirst: Iterator<Message, undefined>;
  /**
   * Messages by id and recipient, oldest first. A key has several messages if a list names a recipient twice or an id is
   * reused.
   */
  readonly messagesByKey: Map<string, Message[]>;
  readonly addressBook: AddressBook;
  readonly templates: Map<number, ReadonlyMap<string, string>>;
  readonly operatorTemplates: Map<number, ReadonlyMap<string, string>>;
  readonly jobs: Map<string, JobRecord>;
  readonly senderNames: Map<string, SenderName>;
  /** Received messages, oldest first. */
  readonly incoming: ReceivedMessage[];
  /** Short links by short address. */
  readonly links: Map<string, ShortLink>;
  /** Rented numbers by phone number. */
  readonly rents: Map<string, RentedNumber>;
  /** Phone numbers from which the account expects a call, requested by `wait_call.php`. */
  readonly awaitedCallers: Set<string>;
  readonly downloads: readonly ExportedFile[];
  readonly megafonAccounts: readonly Readonly<Record<string, string>>[];
  /** Amounts of invoices, by invoice number. */
  readonly invoices: Map<number, string>;
  /** Events that were reported to `ping.php`. */
  readonly events: ReadonlyMap<string, string>[];
  /** Next id of a template, sender name or invoice. */
  nextRecordId: number;
  /** Number of requests in flight by connection. */
  readonly inFlight: Map<unknown, number>;
  readonly windows: RequestWindows;
  readonly flood: FloodCounter;
}

/** Inputs of an account in addition to its options. */
export interface AccountSetup {
  readonly limits: RequestLimits;
  readonly priceOf: PriceOf;
  readonly groups: Readonly<Record<string, readonly string[]>> | undefined;
  /** Main account, for a sub-account. */
  readonly parent?: Account;
  readonly userId?: number;
  /** Wallet of the main account, if a sub-account shares it. */
  readonly wallet?: Wallet;
}

/** Creates an account. */
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
      balance: readAmount('balance', options.balance ?? '1000.00'),
      credit: options.credit === undefined ? undefined : readAmount('credit', options.credit),
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
    // Ids below this one are reserved for the sender names given in the options.
    nextRecordId: 1001,
    inFlight: new Map(),
    windows: createRequestWindows(limits),
    flood: createFloodCounter(limits.perSubscriber),
  };
}

/** Returns the key of a message in `messagesByKey`. */
export const messageKey = (id: string, phone: string): string => `${id}\n${phone}`;

/** Stores a message, and drops the oldest one if there are more than `most`. */
export function keepMessage(account: Account, message: Message, most: number): void {
  const { messages, messagesByKey, oldestFirst } = account;
  const key = messageKey(message.id, message.phone);
  const withSameKey = messagesByKey.get(key);
  if (withSameKey) withSameKey.push(message);
  else messagesByKey.set(key, [message]);
  messages.add(message);
  if (messages.size <= most) return;
  const dropped = oldestFirst.next().value!;
  const droppedKey = messageKey(dropped.id, dropped.phone);
  const withDroppedKey = messagesByKey.get(droppedKey)!;
  messages.delete(dropped);
  // The oldest message is also the first one with its key.
  if (withDroppedKey.length > 1) withDroppedKey.shift();
  else messagesByKey.delete(droppedKey);
}

/** Deletes all messages with a key. */
export function deleteMessages({ messages, messagesByKey }: Account, key: string): void {
  for (const message of messagesByKey.get(key) ?? []) messages.delete(message);
  messagesByKey.delete(key);
}

/** Finds the latest message with an id to a recipient. */
export const findMessage = (account: Account, id: string, phone: string): Message | undefined =>
  account.messagesByKey.get(messageKey(id, phone))?.at(-1);
