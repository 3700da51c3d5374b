import { keepMessage } from '../state/account.ts';
import { type RoutedMessage, isVirtual } from './route.ts';
import { type RequestContext, valueOf } from '../state/request-context.ts';
import { recordTransaction } from '../state/turnover.ts';
import type { OutgoingText } from '../state/outgoing-text.ts';
import { type Message, typeOf } from '../state/message.ts';
import { writeAmount } from '../pricing/money.ts';
import { scheduleReports } from './reports.ts';
import { readPacing, readValidity, type Pacing, paceOver } from '../params/schedule.ts';
import { readDialing } from '../params/voice.ts';

/** How long an operator tries where `valid` is not given: 24 hours. Source: third party. */
const defaultValidity = '24';

/** Virtual sending ends in delivery error 200. Source: documented for SMPP; that the state is 20 is assumed. */
const virtualFate = { status: 20, err: 200 };

/** Remembers the short links of a message. */
function keepLinks({ links }: OutgoingText, message: Message, { account }: RequestContext): void {
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

/** Takes the money for what is sent, and keeps the messages, to be asked for later. */
export function dispatch(
  all: readonly RoutedMessage[],
  id: string,
  times: ReadonlyMap<OutgoingText, number>,
  call: RequestContext,
): void {
  const { account, gateway, parameters, instant } = call;
  const accepted = all.filter(({ refused }) => !refused);
  recordTransaction(account, instant, {
    count: accepted.length,
    spent: accepted.reduce((sum, { cost }) => sum + cost, 0n),
  });
  const pacing = readPacing(valueOf(call, 'period'), valueOf(call, 'freq')) as Pacing | 'none';
  const validity = readValidity(valueOf(call, 'valid') || defaultValidity)!;
  const files = parameters.files.map(({ name, size }) => ({ name, size }));
  for (const { outgoing, phone, cost, refused, place } of all) {
    const startsAt = paceOver(times.get(outgoing)!, place, accepted.length, pacing);
    const sender = outgoing.sender ?? account.defaultSender;
    const message: Message = {
      id,
      login: account.login,
      phone,
      kind: outgoing.kind,
      type: typeOf(outgoing.kind),
      sender: outgoing.kind === 'hlr' ? 'HLR' : sender === '.' ? '' : sender,
      text: outgoing.text,
      comment: outgoing.comment,
      subject: parameters.values.get('subj'),
      files,
      dialing: outgoing.kind === 'call' ? readDialing(valueOf(call, 'param')) : undefined,
      parts: refused ? 0 : outgoing.parts,
      cost: writeAmount(cost),
      acceptedAt: instant,
      startsAt,
      expiresAt: startsAt + validity,
      outcome: refused ?? (isVirtual(call, outgoing) ? virtualFate : gateway.outcomeOf(phone)),
      refused: refused !== undefined,
      serial: gateway.serials.message++,
      clickedAt: undefined,
    };
    keepMessage(account, message, gateway.keepMessages);
    scheduleReports(message, account, gateway);
    if (refused) continue;
    if (outgoing.links.length > 0) keepLinks(outgoing, message, call);
    if (outgoing.kind !== 'hlr') account.flood.record(phone, instant);
  }
}
