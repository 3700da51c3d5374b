import { accountOf, allAccounts } from '../state/accounts.ts';
import type { GatewayState } from '../state/request-context.ts';
import { findRecipientAccount, type IncomingOptions, receiveMessage } from './received-messages.ts';
import type { ReceivedMessage } from '../state/records.ts';
import { recordTransaction } from '../state/turnover.ts';
import { readAmount } from '../pricing/money.ts';
import { reportState } from '../sending/reports.ts';
import { countClick } from '../state/short-links.ts';
import { serviceNumbers, receiveCall } from './subscriber-calls.ts';

/** What comes to the gateway from elsewhere than its clients: subscribers write, call and follow links, and somebody pays. */
export interface SubscriberActions {
  write(message: IncomingOptions, at: number): ReceivedMessage;
  call(from: string, at: number): boolean;
  click(link: string, at: number, phone: string | undefined): boolean;
  topUp(login: string, amount: string, at: number): void;
}

export const createSubscriberActions = (house: GatewayState): SubscriberActions => ({
  write: ({ from, to = serviceNumbers[0]!, text, login, sentAt }, at) => {
    const account =
      login === undefined
        ? findRecipientAccount(allAccounts(house.accounts), from, to)
        : accountOf(house.accounts, login);
    return receiveMessage(account, { from, to, text, sentAt: sentAt ?? at }, house, at);
  },
  call: (from, at) =>
    allAccounts(house.accounts).filter((account) => receiveCall(account, from, house, at)).length > 0,
  click: (link, at, phone) => {
    const account = allAccounts(house.accounts).find(({ links }) => links.has(link));
    const found = account?.links.get(link);
    if (!account || !found) return false;
    countClick(found, at, account.utcOffset);
    const message = phone === undefined ? undefined : found.messages.get(phone);
    if (message && message.clickedAt === undefined) {
      message.clickedAt = at;
      reportState(message, account, house, at);
    }
    return true;
  },
  topUp: (login, amount, at) =>
    recordTransaction(accountOf(house.accounts, login), at, { received: readAmount(amount) }),
});
