import { createHash } from 'node:crypto';
import { type Chain, createChain, createWindow, type Limits, type Window } from './limits.ts';
import type { Message } from './message.ts';
import { readAmount } from './money.ts';
import { type AccountOptions, defaultDenies } from './options.ts';

/** An account while the gateway runs. */
export interface Account {
  readonly login: string;
  readonly password: string | undefined;
  /** MD5 of the password, which is taken in its place. Source: the official C# library. */
  readonly passwordMd5: string | undefined;
  readonly apiKey: string | undefined;
  balance: bigint;
  readonly credit: bigint | undefined;
  readonly currency: string;
  readonly allowedAddresses: ReadonlySet<string> | undefined;
  readonly senders: ReadonlySet<string> | undefined;
  readonly defaultSender: string;
  /** In lower case. */
  readonly denies: readonly string[];
  readonly utcOffset: number;
  readonly testMode: boolean;
  /** Ids are small, per account and increasing (recorded). */
  nextId: number;
  /** Oldest first. */
  readonly messages: Set<Message>;
  /** Walks along `messages` and never begins anew: the front of a set that is often taken from is slow to find. */
  readonly oldest: Iterator<Message, undefined>;
  /** By id and recipient, oldest first; several where a list has a recipient twice, or an id is used again. */
  readonly messagesByKey: Map<string, Message[]>;
  /** Connections with requests in flight, and how many. */
  readonly inFlight: Map<unknown, number>;
  readonly sends: Window;
  readonly costs: Window;
  readonly statuses: Window;
  readonly balances: Window;
  readonly subscribers: Chain;
}

/** An account as its options have it. */
export function openAccount(options: AccountOptions, limits: Limits): Account {
  const { login, password, apiKey } = options;
  const messages = new Set<Message>();
  if (!password && !apiKey) throw new TypeError('an account needs a password or an apiKey');
  return {
    login,
    password: password || undefined,
    passwordMd5: password ? createHash('md5').update(password, 'utf8').digest('hex') : undefined,
    apiKey: apiKey || undefined,
    balance: readAmount(options.balance ?? '1000.00'),
    credit: options.credit === undefined ? undefined : readAmount(options.credit),
    currency: options.currency ?? 'UAH',
    allowedAddresses: options.allowedAddresses && new Set(options.allowedAddresses),
    senders: options.senders && new Set(options.senders),
    defaultSender: options.defaultSender ?? 'SMSC',
    denies: (options.denies ?? defaultDenies).map((word) => word.toLowerCase()),
    utcOffset: options.utcOffset ?? 3,
    testMode: options.testMode ?? false,
    nextId: 1,
    messages,
    oldest: messages.values(),
    messagesByKey: new Map(),
    inFlight: new Map(),
    sends: createWindow(limits.sends),
    costs: createWindow(limits.costs),
    statuses: createWindow(limits.statuses),
    balances: createWindow(limits.balances),
    subscribers: createChain(limits.perSubscriber),
  };
}

/** Under what a message is kept. */
export const messageKey = (id: string, phone: string): string => `${id}\n${phone}`;

/** Keeps a message, and forgets the oldest one beyond `most`. */
export function keepMessage(account: Account, message: Message, most: number): void {
  const { messages, messagesByKey, oldest } = account;
  const key = messageKey(message.id, message.phone);
  const same = messagesByKey.get(key);
  if (same) same.push(message);
  else messagesByKey.set(key, [message]);
  messages.add(message);
  if (messages.size <= most) return;
  const forgotten = oldest.next().value!;
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
