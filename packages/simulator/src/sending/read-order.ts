import type { ResponseBody } from '../wire/response.ts';
import { type RequestContext, valueOf } from '../state/request-context.ts';
import { kindOf } from '../params/kinds.ts';
import type { OutgoingText, Order } from '../state/outgoing-text.ts';
import { readOutgoingTexts } from './read-texts.ts';
import { withinRanges } from '../params/ranges.ts';
import { errorResponse } from '../wire/errors.ts';
import { isDate, readTime, readZone } from '../params/schedule.ts';

/** The time zone in which a request means its time. */
export const zoneOf = (call: RequestContext): number =>
  readZone(valueOf(call, 'tz')) ?? call.account.utcOffset;

/** When each letter is due; `undefined` when its time is none. */
function readTimes(
  letters: readonly OutgoingText[],
  call: RequestContext,
): ReadonlyMap<OutgoingText, number> | undefined {
  const time = valueOf(call, 'time');
  const zone = zoneOf(call);
  const times = new Map<OutgoingText, number>();
  for (const letter of letters) {
    const at = readTime(time, isDate(time) ? (letter.zone ?? zone) : zone, call.instant);
    if (at === undefined) return undefined;
    times.set(letter, at);
  }
  return times;
}

/** Reads what is to be sent, or says why it cannot be read: error 1, or 5 for its time. */
export function readOrder(call: RequestContext): Order | { readonly refused: ResponseBody } {
  const { account, parameters } = call;
  const kind = kindOf(parameters.values);
  if (kind === undefined || !withinRanges(parameters.values)) return { refused: errorResponse('parameters') };
  const letters = readOutgoingTexts(kind, parameters, account.login);
  if (!letters) return { refused: errorResponse('parameters') };
  const times = readTimes(letters, call);
  return times ? { texts: letters, times } : { refused: errorResponse('date') };
}

/** Says whether a letter may not be sent: for a word in it, or for a sender that is not registered. */
export function isDenied({ original, sender, kind }: OutgoingText, { account }: RequestContext): boolean {
  const text = original.toLowerCase();
  if (account.stopWords.some((word) => text.includes(word))) return true;
  // An empty sender, or a dot, only switches the default off. An e-mail's sender is no registered name: assumed.
  return (
    account.registeredOnly &&
    kind !== 'mail' &&
    sender !== undefined &&
    sender !== '' &&
    sender !== '.' &&
    !account.senderNames.get(sender)?.approved
  );
}
