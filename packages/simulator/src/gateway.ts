import { readOptions } from '@smsc/protocol/adapter';
import { type Account, findMessage } from './state/account.ts';
import { accountOf, allAccounts, authenticate } from './state/accounts.ts';
import type { ResponseBody, ResponseFormat } from './wire/response.ts';
import { createBlocking } from './state/blocking.ts';
import { encodeText } from './wire/charset.ts';
import { gatewayChecks } from './options/checks.ts';
import { createGatewayState } from './state/gateway-state.ts';
import type { IncomingOptions } from './events/received-messages.ts';
import type { ReceivedMessage } from './state/records.ts';
import { type Message, type MessageState, stateOf } from './state/message.ts';
import { writeAmount } from './pricing/money.ts';
import type { GatewayOptions } from './options/options.ts';
import { createSubscriberActions } from './events/subscriber-actions.ts';
import { type Parameters, readParameters } from './wire/parameters.ts';
import type { Push } from './push/queue.ts';
import { errorResponse } from './wire/errors.ts';
import type { GatewayReply, GatewayRequest, Pending } from './wire/http.ts';
import { type Route, routes } from './endpoints/index.ts';

/** The gateway: a request and an instant to a reply. It has no clock and leaves nothing to chance. */
export interface Gateway {
  /**
   * Answers a request and keeps it in flight until it is released. Never throws, whatever comes.
   *
   * @param instant milliseconds since 1970; it should never go back
   */
  receive(request: GatewayRequest, instant: number): Pending;
  /** Answers a request that is in flight for no time at all. */
  handle(request: GatewayRequest, instant: number): GatewayReply;
  /** Every message that was accepted, oldest first; of one account, or of all. */
  messages(login?: string): readonly Message[];
  /** The latest message with an id to a recipient, of any account. */
  message(id: string | number, phone: string): Message | undefined;
  /** How far a message has come at an instant, in milliseconds since 1970. */
  state(message: Message, instant: number): MessageState;
  /** An account's balance, such as `999.615`; `undefined` when there is no such account. */
  balance(login: string): string | undefined;
  /**
   * Lets everything happen that is due up to an instant, each thing at its own: mailings, rents, reports. Every request
   * does so first.
   */
  advance(instant: number): void;
  /** The same, and delivers the pushes that are due. Resolves when each was tried. Never rejects. */
  settle(instant: number): Promise<void>;
  /** When something is due next, a push that is to be delivered among it; `undefined` when nothing is. */
  next(): number | undefined;
  /** What was pushed, or is to be, oldest first; of one account, or of all. */
  pushes(login?: string): readonly Push[];
  /** A subscriber writes. Gives what `get.php` will have of it. Throws a `TypeError` for a login that is none. */
  incoming(message: IncomingOptions, instant: number): ReceivedMessage;
  /** A subscriber calls. Says whether the call was waited for. */
  call(from: string, instant: number): boolean;
  /** Somebody follows a short link. With the number of its recipient the message is 4, «link clicked». Says whether there is such a link. */
  click(link: string, instant: number, phone?: string): boolean;
  /** Puts money on an account. Throws a `TypeError` for a login that is none, and a `RangeError` for an amount that is none. */
  topUp(login: string, amount: string, instant: number): void;
  /** What `ping.php` was told, oldest first, by its parameters. */
  events(login: string): readonly Readonly<Record<string, string>>[];
  /** How much has been asked so far. */
  readonly requests: RequestCounts;
  /** Largest body in bytes. */
  readonly maxBodyBytes: number;
}

/** Counts of requests. */
export interface RequestCounts {
  readonly received: number;
  /** Of these, answered with an error of the gateway's. */
  readonly refused: number;
  /** Requests in flight. */
  readonly inFlight: number;
  /** The most that were in flight at once. */
  readonly mostInFlight: number;
}

const defaultMaxBodyBytes = 20 * 1024 * 1024;

/**
 * The header says windows-1251 even of UTF-8 bodies: recorded for JSON, assumed for the others, whose types are assumed
 * as well.
 */
const contentTypes: Readonly<Record<ResponseFormat, string>> = {
  0: 'text/plain; charset=windows-1251',
  1: 'text/plain; charset=windows-1251',
  2: 'text/xml; charset=windows-1251',
  3: 'application/json; charset=windows-1251',
};

/** What does not come from the gateway's own pages but from the server before them. */
const plain = (status: number, text: string): GatewayReply => ({
  status,
  contentType: 'text/plain',
  body: Buffer.from(`${text}\n`),
});

/** The reply to a body that is too large. */
export const tooLarge: GatewayReply = plain(413, 'Payload Too Large');

const formatOf = (fmt: string): ResponseFormat | undefined =>
  /^[0-3]?$/.test(fmt) ? (Number(fmt) as ResponseFormat) : undefined;

/** An unknown `fmt` is a parameter error, told in the default format: assumed. */
const reply = (
  answer: ResponseBody,
  format: ResponseFormat,
  { charset }: Pick<Parameters, 'charset'>,
): GatewayReply => ({
  status: 200,
  contentType: contentTypes[format],
  body: encodeText(answer.write(format), charset),
  ...(answer.file && { contentType: answer.file.contentType, body: answer.file.content }),
});

/** Counts a request of an account as in flight. Those without a connection have one of their own. */
function takeOff(account: Account, connection: string | number | undefined): () => void {
  const key: unknown = connection ?? Symbol('connection');
  account.inFlight.set(key, (account.inFlight.get(key) ?? 0) + 1);
  return () => {
    const left = account.inFlight.get(key)! - 1;
    if (left > 0) account.inFlight.set(key, left);
    else account.inFlight.delete(key);
  };
}

/** An instant that a calendar has. */
const instantOf = (instant: number): number =>
  Number.isNaN(instant) ? 0 : Math.min(Math.max(instant, -lastInstant), lastInstant);
/** A little before the last one of a `Date`, so that there is one after it. */
const lastInstant = 8.6e15;

/**
 * Opens a gateway.
 *
 * @throws {InputError} for options that nobody knows or that cannot be meant, with every complaint; a `TypeError` or a
 * `RangeError` for accounts or amounts that make no sense
 */
export const createGateway = (options: GatewayOptions = {}): Gateway =>
  openGateway(readOptions('createGateway', options, gatewayChecks));

/** The same, of options that are checked. */
export function openGateway(options: GatewayOptions): Gateway {
  const house = createGatewayState(options);
  const { accounts, scheduler, limits, pushes } = house;
  const outside = createSubscriberActions(house);
  const blocking = createBlocking(limits);
  const maxBodyBytes = options.maxBodyBytes ?? defaultMaxBodyBytes;
  const requests = { received: 0, refused: 0, inFlight: 0, mostInFlight: 0 };

  /** Who asks, whether they may, and what the answer is. */
  function answerTo(
    request: GatewayRequest,
    route: Route,
    parameters: Parameters,
    instant: number,
  ): { answer: ResponseBody; land?: () => void } {
    const { address } = request;
    if (blocking.blocked(address, instant)) return { answer: errorResponse('blocked') };
    if (parameters.malformed || formatOf(parameters.values.get('fmt') ?? '') === undefined)
      return { answer: errorResponse('parameters') };
    const account = authenticate(parameters.values, accounts);
    if (typeof account === 'number')
      return { answer: errorResponse(account === 1 ? 'parameters' : 'credentials') };
    if (account.allowedAddresses && address !== undefined && !account.allowedAddresses.has(address))
      return { answer: errorResponse('credentials') };
    const land = takeOff(account, request.connection);
    // «Fifteen and more at once from different connections under one login.»
    if (account.inFlight.size >= limits.concurrent) return { answer: errorResponse('concurrent'), land };
    return { answer: route.answer({ gateway: house, account, parameters, instant }), land };
  }

  function respond(
    request: GatewayRequest,
    instant: number,
  ): { reply: GatewayReply; land?: (() => void) | undefined } {
    const mark = request.url.search(/[?#]/);
    const route = routes.get(mark < 0 ? request.url : request.url.slice(0, mark));
    if (!route) return { reply: plain(404, 'Not Found') };
    if (!route.methods.includes(request.method)) return { reply: plain(405, 'Method Not Allowed') };
    if (request.body.length > maxBodyBytes) return { reply: tooLarge };
    const parameters = readParameters(request, route.json);
    const format = route.json ? 3 : (formatOf(parameters.values.get('fmt') ?? '') ?? 0);
    const { answer, land } = answerTo(request, route, parameters, instant);
    if (answer.error !== undefined) {
      requests.refused++;
      blocking.note(request.address, answer.error, instant);
    }
    return { reply: reply(answer, format, parameters), land };
  }

  const advance = (instant: number): number => {
    const at = instantOf(instant);
    scheduler.advance(at);
    return at;
  };

  function receive(request: GatewayRequest, instant: number): Pending {
    requests.received++;
    requests.inFlight++;
    requests.mostInFlight = Math.max(requests.mostInFlight, requests.inFlight);
    const { reply: written, land } = respond(request, advance(instant));
    let flying = true;
    return {
      reply: written,
      release: () => {
        if (!flying) return;
        flying = false;
        requests.inFlight--;
        land?.();
      },
    };
  }

  return {
    receive,
    handle: (request, instant) => {
      const pending = receive(request, instant);
      pending.release();
      return pending.reply;
    },
    messages: (login) => {
      const asked =
        login === undefined
          ? allAccounts(accounts)
          : [accounts.byLogin.get(login)?.account].filter((account) => account !== undefined);
      return asked.flatMap((account) => [...account.messages]);
    },
    message: (id, phone) => {
      for (const account of allAccounts(accounts)) {
        const found = findMessage(account, String(id), phone);
        if (found) return found;
      }
      return undefined;
    },
    state: (message, instant) => stateOf(message, house.delivery, instant),
    balance: (login) => {
      const account = accounts.byLogin.get(login)?.account;
      return account && writeAmount(account.wallet.balance);
    },
    advance: (instant) => void advance(instant),
    settle: (instant) => pushes.deliver(advance(instant)),
    next: () => {
      const dues = [scheduler.next(), pushes.next()].filter((due) => due !== undefined);
      return dues.length > 0 ? Math.min(...dues) : undefined;
    },
    pushes: (login) => pushes.all.filter((push) => login === undefined || push.login === login),
    incoming: (message, instant) => outside.write(message, advance(instant)),
    call: (from, instant) => outside.call(from, advance(instant)),
    click: (link, instant, phone) => outside.click(link, advance(instant), phone),
    topUp: (login, amount, instant) => outside.topUp(login, amount, advance(instant)),
    events: (login) => accountOf(accounts, login).events.map((event) => Object.fromEntries(event)),
    requests,
    maxBodyBytes,
  };
}
