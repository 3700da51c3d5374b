import type { ReceivedMessage } from '../state/records.ts';
import type { Account } from '../state/account.ts';
import type { GatewayState } from '../state/gateway-state.ts';
import type { MessageKind } from '../params/kinds.ts';
import { toSeconds, writeDate } from '../wire/dates.ts';

/** Message that a subscriber sends to the gateway. */
export interface IncomingOptions {
  /** Number of the subscriber: digits in international form. */
  readonly from: string;
  /** Number that receives the message. Default: one of the gateway's own numbers. */
  readonly to?: string | undefined;
  /** Text of the message. */
  readonly text: string;
  /**
   * Account that receives the message. Default: the account that rents `to`; otherwise the last account that sent a message
   * to `from`; otherwise the first account.
   */
  readonly login?: string | undefined;
  /** Instant at which the subscriber sent the message, in milliseconds since 1970. Default: the instant of receipt. */
  readonly sentAt?: number | undefined;
}

/** Kinds that subscribers do not see, and therefore cannot reply to. */
const invisibleKinds: ReadonlySet<MessageKind> = new Set(['hlr', 'ping']);

/** Finds the last visible message to a subscriber. */
function lastMessageTo(
  account: Account,
  phone: string,
): { readonly id: string; readonly at: number } | undefined {
  let last: { id: string; at: number } | undefined;
  for (const { id, phone: recipient, kind, startsAt } of account.messages) {
    if (recipient === phone && !invisibleKinds.has(kind) && (!last || startsAt >= last.at))
      last = { id, at: startsAt };
  }
  return last;
}

/** Finds the account that receives a message from a subscriber. */
export function findRecipientAccount(accounts: readonly Account[], from: string, to: string): Account {
  const tenant = accounts.find(({ rents }) => rents.has(to));
  if (tenant) return tenant;
  let latest = { account: accounts[0]!, at: -Infinity };
  for (const account of accounts) {
    const last = lastMessageTo(account, from);
    if (last && last.at > latest.at) latest = { account, at: last.at };
  }
  return latest.account;
}

/**
 * Stores an incoming message and sends its webhook. The fields `phone`, `mes` and `to` of the webhook are certain, because
 * the signature covers them. All other fields are known from a single third-party handler.
 */
export function receiveMessage(
  account: Account,
  { from, to, text, sentAt }: Pick<ReceivedMessage, 'from' | 'to' | 'text' | 'sentAt'>,
  gateway: GatewayState,
  at: number,
): ReceivedMessage {
  const message: ReceivedMessage = {
    id: String(gateway.serials.incoming++),
    login: account.login,
    from,
    to,
    text,
    receivedAt: at,
    sentAt,
  };
  account.incoming.push(message);
  if (account.incoming.length > gateway.keepMessages) account.incoming.shift();
  if (account.push?.incoming) {
    const repliedTo = lastMessageTo(account, from);
    const fields = {
      id: message.id,
      phone: from,
      mes: text,
      to,
      time: writeDate(at, account.utcOffset),
      ts: String(toSeconds(at)),
      ...(repliedTo ? { sms_id: repliedTo.id } : {}),
    };
    gateway.pushes.add(account, { event: 'incoming', fields, signed: [from, text, to] }, at);
  }
  return message;
}
