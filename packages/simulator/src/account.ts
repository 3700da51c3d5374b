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
  /** By id and recipient, oldest first; several where a list has a recipient twice, or an id is used again. */
  readonly messages: Map<string, Message[]>;
  /** Walks along `messages` and never begins anew: the front of a map that is often taken from is slow to find. */
  readonly oldest: Iterator<string, undefined>;
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
  const messages = new Map<string, Message[]>();
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
    oldest: messages.keys(),
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

/** Keeps a message, and forgets the oldest ones beyond `most`. */
export function keepMessage(account: Account, message: Message, most: number): void {
  const key = messageKey(message.id, message.phone);
  const same = account.messages.get(key);
  if (same) same.push(message);
  else account.messages.set(key, [message]);
  if (account.messages.size <= most) return;
  const oldest = account.oldest.next();
  if (!oldest.done) account.messages.delete(oldest.value);
}

/** The latest message with an id to a recipient. */
export const findMessage = (account: Account, id: string, phone: string): Message | undefined =>
  account.messages.get(messageKey(id, phone))?.at(-1);
