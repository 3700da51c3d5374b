import { readOptions } from '@smsc/protocol/adapter';
import { findMessage } from './state/account.ts';
import { accountOf, allAccounts } from './state/accounts.ts';
import { gatewayChecks } from './options/checks.ts';
import { createGatewayState } from './state/gateway-state.ts';
import type { IncomingOptions } from './events/received-messages.ts';
import type { ReceivedMessage } from './state/records.ts';
import { type Message, type MessageState, stateOf } from './state/message.ts';
import { writeAmount } from './pricing/money.ts';
import type { GatewayOptions } from './options/options.ts';
import { createSubscriberActions } from './events/subscriber-actions.ts';
import type { Push } from './push/queue.ts';
import { createRequestHandler, type RequestCounts } from './request-handler.ts';
import type { GatewayReply, GatewayRequest, Pending } from './wire/http.ts';

/**
 * Simulated gateway. It is deterministic and has no clock: the caller passes the current instant, in milliseconds since
 * 1970. An instant should never be earlier than the previous one.
 */
export interface Gateway {
  /** Handles a request, which stays in flight until `release()` of the result is called. Never throws. */
  receive(request: GatewayRequest, instant: number): Pending;
  /** Handles a request and releases it immediately. Never throws. */
  handle(request: GatewayRequest, instant: number): GatewayReply;
  /** Returns the messages of accepted requests, from one account or from all accounts, oldest first. */
  messages(login?: string): readonly Message[];
  /** Finds the latest message with an id and a recipient. Searches all accounts. */
  message(id: string | number, phone: string): Message | undefined;
  /** Returns the status of a message at an instant. */
  state(message: Message, instant: number): MessageState;
  /** Returns the balance of an account, such as `999.615`, or `undefined` for an unknown login. */
  balance(login: string): string | undefined;
  /**
   * Runs all events (jobs, rents and status reports) that are due by an instant, each at its own time. Every request first
   * runs the events that are due.
   */
  advance(instant: number): void;
  /**
   * Runs all due events like `advance`, then delivers the due webhooks. Resolves after the last delivery attempt. Never
   * rejects.
   */
  settle(instant: number): Promise<void>;
  /** Returns the instant of the next event or webhook, or `undefined` if nothing is planned. */
  next(): number | undefined;
  /** Returns the webhooks of one account, or of all accounts, oldest first. */
  pushes(login?: string): readonly Push[];
  /**
   * Receives a message from a subscriber. Returns the message as `get.php` lists it.
   *
   * @throws {TypeError} for an unknown login
   */
  incoming(message: IncomingOptions, instant: number): ReceivedMessage;
  /** Receives a call from a subscriber. Returns true if an account was waiting for the call. */
  call(from: string, instant: number): boolean;
  /**
   * Follows a short link. Returns true if the link exists.
   *
   * @param phone recipient who follows the link. The status of the message to this recipient becomes 4, «link clicked»
   */
  click(link: string, instant: number, phone?: string): boolean;
  /**
   * Adds money to an account.
   *
   * @param amount a decimal such as `100.00`
   * @throws {TypeError} for an unknown login
   * @throws {RangeError} for an invalid amount
   */
  topUp(login: string, amount: string, instant: number): void;
  /**
   * Returns the events reported to `ping.php`, oldest first. The members of an event are the parameters of the request.
   *
   * @throws {TypeError} for an unknown login
   */
  events(login: string): readonly Readonly<Record<string, string>>[];
  /** Counts of requests so far. */
  readonly requests: RequestCounts;
  /** Maximum size of a body in bytes. */
  readonly maxBodyBytes: number;
}

const defaultMaxBodyBytes = 20 * 1024 * 1024;

/** Latest accepted instant. It is slightly below the maximum of `Date`, so that events can be scheduled after it. */
const lastInstant = 8.6e15;

/** Limits an instant to the range of `Date`. */
const toCalendar = (instant: number): number =>
  Number.isNaN(instant) ? 0 : Math.min(Math.max(instant, -lastInstant), lastInstant);

/**
 * Creates a simulated gateway.
 *
 * @throws {InputError} for unknown or invalid options; the error lists all of them
 * @throws {TypeError} for accounts with missing or duplicate credentials
 * @throws {RangeError} for invalid amounts
 */
export const createGateway = (options: GatewayOptions = {}): Gateway =>
  openGateway(readOptions('createGateway', options, gatewayChecks));

/** Creates a simulated gateway from checked options. */
export function openGateway(options: GatewayOptions): Gateway {
  const state = createGatewayState(options);
  const { accounts, scheduler, pushes } = state;
  const subscribers = createSubscriberActions(state);
  const maxBodyBytes = options.maxBodyBytes ?? defaultMaxBodyBytes;
  const handler = createRequestHandler(state, maxBodyBytes);

  const advance = (instant: number): number => {
    const at = toCalendar(instant);
    scheduler.advance(at);
    return at;
  };
  const receive = (request: GatewayRequest, instant: number): Pending =>
    handler.receive(request, advance(instant));

  return {
    receive,
    handle: (request, instant) => {
      const pending = receive(request, instant);
      pending.release();
      return pending.reply;
    },
    messages: (login) => {
      if (login === undefined) return allAccounts(accounts).flatMap(({ messages }) => [...messages]);
      return [...(accounts.byLogin.get(login)?.account.messages ?? [])];
    },
    message: (id, phone) => {
      for (const account of allAccounts(accounts)) {
        const found = findMessage(account, String(id), phone);
        if (found) return found;
      }
      return undefined;
    },
    state: (message, instant) => stateOf(message, state.delivery, instant),
    balance: (login) => {
      const account = accounts.byLogin.get(login)?.account;
      return account && writeAmount(account.wallet.balance);
    },
    advance: (instant) => void advance(instant),
    settle: (instant) => pushes.deliver(advance(instant)),
    next: () => {
      const due = [scheduler.next(), pushes.next()].filter((instant) => instant !== undefined);
      return due.length > 0 ? Math.min(...due) : undefined;
    },
    pushes: (login) => pushes.all.filter((push) => login === undefined || push.login === login),
    incoming: (message, instant) => subscribers.write(message, advance(instant)),
    call: (from, instant) => subscribers.call(from, advance(instant)),
    click: (link, instant, phone) => subscribers.click(link, advance(instant), phone),
    topUp: (login, amount, instant) => subscribers.topUp(login, amount, advance(instant)),
    events: (login) => accountOf(accounts, login).events.map((event) => Object.fromEntries(event)),
    requests: handler.counts,
    maxBodyBytes,
  };
}
