import { accountOf, allAccounts } from '../state/accounts.ts';
import type { GatewayState } from '../state/gateway-state.ts';
import { findRecipientAccount, type IncomingOptions, receiveMessage } from './received-messages.ts';
import type { ReceivedMessage } from '../state/records.ts';
import { recordTransaction } from '../state/turnover.ts';
import { readAmount } from '../pricing/money.ts';
import { reportState } from '../sending/reports.ts';
import { countClick } from '../state/short-links.ts';
import { receiveCall, serviceNumbers } from './subscriber-calls.ts';

/** Events that do not come through the gateway's API: messages, calls and clicks of subscribers, and payments. */
export interface SubscriberActions {
  write(message: IncomingOptions, at: number): ReceivedMessage;
  call(from: string, at: number): boolean;
  click(link: string, at: number, phone: string | undefined): boolean;
  topUp(login: string, amount: string, at: number): void;
}

/** Creates the subscriber actions of a gateway. */
export const createSubscriberActions = (gateway: GatewayState): SubscriberActions => ({
  write: ({ from, to = serviceNumbers[0], text, login, sentAt }, at) => {
    const account =
      login === undefined
        ? findRecipientAccount(allAccounts(gateway.accounts), from, to)
        : accountOf(gateway.accounts, login);
    return receiveMessage(account, { from, to, text, sentAt: sentAt ?? at }, gateway, at);
  },
  call: (from, at) =>
    allAccounts(gateway.accounts).filter((account) => receiveCall(account, from, gateway, at)).length > 0,
  click: (link, at, phone) => {
    const account = allAccounts(gateway.accounts).find(({ links }) => links.has(link));
    const found = account?.links.get(link);
    if (!account || !found) return false;
    countClick(found, at, account.utcOffset);
    const message = phone === undefined ? undefined : found.messages.get(phone);
    if (message && message.clickedAt === undefined) {
      message.clickedAt = at;
      reportState(message, account, gateway, at);
    }
    return true;
  },
  topUp: (login, amount, at) =>
    recordTransaction(accountOf(gateway.accounts, login), at, { received: readAmount('amount', amount) }),
});
