import { type Account, keepMessage } from '../state/account.ts';
import { isVirtual, type RoutedMessage } from './route.ts';
import type { AccountContext } from '../state/request-context.ts';
import { recordTransaction } from '../state/turnover.ts';
import type { PreparedSend, OutgoingText } from '../state/outgoing-text.ts';
import type { Message } from '../state/message.ts';
import type { DeliveryOutcome } from '../options/delivery-outcomes.ts';
import { typeNumbers } from '../params/kinds.ts';
import { writeAmount } from '../pricing/money.ts';
import { scheduleReports } from './reports.ts';
import { paceOver } from '../params/schedule.ts';

/** Outcome of virtual sending. Delivery error 200 is documented for SMPP; status 20 is an assumption. */
const virtualOutcome: DeliveryOutcome = { status: 20, err: 200 };

/** Stores the short links of a message. */
function keepLinks({ links }: OutgoingText, message: Message, account: Account): void {
  for (const { short, link } of links) {
    const known = account.links.get(short);
    if (known) known.messages.set(message.phone, message);
    else
      account.links.set(short, {
        id: account.links.size + 1,
        short,
        link,
        clicks: new Map(),
        messages: new Map([[message.phone, message]]),
      });
  }
}

function senderOf({ kind, sender }: OutgoingText, { defaultSender }: Account): string {
  if (kind === 'hlr') return 'HLR';
  const name = sender ?? defaultSender;
  return name === '.' ? '' : name;
}

function outcomeOf(
  { outgoing, phone, refused }: RoutedMessage,
  { account, gateway }: AccountContext,
): DeliveryOutcome {
  if (refused) return refused;
  return isVirtual(account, outgoing.kind) ? virtualOutcome : gateway.outcomeOf(phone);
}

/** Charges the account for the accepted messages. Stores all messages, including the refused ones. */
export function dispatch(
  messages: readonly RoutedMessage[],
  id: string,
  { request, files }: PreparedSend,
  context: AccountContext,
): void {
  const { account, gateway, instant } = context;
  const accepted = messages.filter(({ refused }) => !refused);
  recordTransaction(account, instant, {
    count: accepted.length,
    spent: accepted.reduce((sum, { cost }) => sum + cost, 0n),
  });
  for (const routed of messages) {
    const { outgoing, phone, cost, refused, position } = routed;
    const startsAt = paceOver(outgoing.dueAt, position, accepted.length, request.pacing);
    const message: Message = {
      id,
      login: account.login,
      phone,
      kind: outgoing.kind,
      type: typeNumbers[outgoing.kind],
      sender: senderOf(outgoing, account),
      text: outgoing.text,
      comment: outgoing.comment,
      subject: request.subj || undefined,
      files,
      dialing: outgoing.kind === 'call' ? request.param : undefined,
      parts: refused ? 0 : outgoing.parts,
      cost: writeAmount(cost),
      acceptedAt: instant,
      startsAt,
      expiresAt: startsAt + request.valid,
      outcome: outcomeOf(routed, context),
      refused: refused !== undefined,
      serial: gateway.serials.message++,
      clickedAt: undefined,
    };
    keepMessage(account, message, gateway.keepMessages);
    scheduleReports(message, account, gateway);
    if (refused) continue;
    if (outgoing.links.length > 0) keepLinks(outgoing, message, account);
    if (outgoing.kind !== 'hlr') account.flood.record(phone, instant);
  }
}
