import type { ReceivedMessage } from '../state/records.ts';
import type { Account } from '../state/account.ts';
import type { GatewayState } from '../state/request-context.ts';
import { toSeconds, writeDate } from '../wire/dates.ts';

/** What a subscriber writes. */
export interface IncomingOptions {
  /** Digits, in international form. */
  readonly from: string;
  /** The number that it goes to. Default: the gateway's own. */
  readonly to?: string | undefined;
  readonly text: string;
  /** Whom it is for. Default: who rents `to`; or else who sent to `from` last; or else the first account. */
  readonly login?: string | undefined;
  /** When it was sent. Default: when it comes. */
  readonly sentAt?: number | undefined;
}

/** Nobody sees these, so nobody answers them. */
const unseen: readonly string[] = ['hlr', 'ping'];

/** The last message that somebody got to see. */
function lastTo(account: Account, phone: string): { readonly id: string; readonly at: number } | undefined {
  let last: { id: string; at: number } | undefined;
  for (const { id, phone: to, kind, startsAt } of account.messages) {
    if (to === phone && !unseen.includes(kind) && (!last || startsAt >= last.at)) last = { id, at: startsAt };
  }
  return last;
}

/** Whom a message is for. */
export function findRecipientAccount(accounts: readonly Account[], from: string, to: string): Account {
  const renting = accounts.find(({ rents }) => rents.has(to));
  if (renting) return renting;
  let latest = { account: accounts[0]!, at: -Infinity };
  for (const account of accounts) {
    const last = lastTo(account, from);
    if (last && last.at > latest.at) latest = { account, at: last.at };
  }
  return latest.account;
}

/**
 * Takes in a message, and tells the account's handler. The fields `phone`, `mes` and `to` of a push are sure, since the
 * signature covers them; the others are seen in single handlers only.
 */
export function receiveMessage(
  account: Account,
  {
    from,
    to,
    text,
    sentAt,
  }: { readonly from: string; readonly to: string; readonly text: string; readonly sentAt: number },
  house: GatewayState,
  at: number,
): ReceivedMessage {
  const incoming: ReceivedMessage = {
    id: String(house.serials.incoming++),
    login: account.login,
    from,
    to,
    text,
    receivedAt: at,
    sentAt,
  };
  account.incoming.push(incoming);
  if (account.incoming.length > house.keepMessages) account.incoming.shift();
  if (account.push?.incoming) {
    const answered = lastTo(account, from);
    const fields = {
      id: incoming.id,
      phone: from,
      mes: text,
      to,
      time: writeDate(at, account.utcOffset),
      ts: String(toSeconds(at)),
      ...(answered ? { sms_id: answered.id } : {}),
    };
    house.pushes.add(account, { event: 'incoming', fields, signed: [from, text, to] }, at);
  }
  return incoming;
}
