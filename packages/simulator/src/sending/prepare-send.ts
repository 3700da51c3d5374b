import type { ResponseBody } from '../wire/response.ts';
import { type RequestContext, valueOf } from '../state/request-context.ts';
import type { Account } from '../state/account.ts';
import type { PreparedSend, OutgoingText } from '../state/outgoing-text.ts';
import { readOutgoingTexts } from './read-texts.ts';
import { readSendRequest, type SendRequest } from '../params/send-request.ts';
import { errorResponse } from '../wire/errors.ts';
import { dueAt, readSendTime } from '../params/schedule.ts';

/** Returns the time zone of a request, in hours from UTC. */
export const zoneOf = ({ tz }: SendRequest, account: Account): number => tz ?? account.utcOffset;

/** Reads everything that a request sends. Returns an error response if it is invalid: error 1, or 5 for its time. */
export function prepareSend(context: RequestContext): PreparedSend | { readonly refused: ResponseBody } {
  const { account, parameters, instant } = context;
  const request = readSendRequest(parameters.values);
  if (!request) return { refused: errorResponse('parameters') };
  const time = readSendTime(valueOf(context, 'time'));
  const zone = zoneOf(request, account);
  const texts = readOutgoingTexts({
    request,
    files: parameters.files,
    octets: () => parameters.bytes('mes'),
    login: account.login,
    // A line's own time zone applies to dates only, says the gateway's page.
    dueAt: (lineZone) =>
      time ? dueAt(time, time.form === 'date' ? (lineZone ?? zone) : zone, instant) : NaN,
  });
  if (!texts) return { refused: errorResponse('parameters') };
  // An invalid text is reported before an invalid time.
  if (!time) return { refused: errorResponse('invalidDate') };
  return { request, texts, files: parameters.files.map(({ name, size }) => ({ name, size })) };
}

/** Returns true for a text that must not be sent: it contains a stop word, or its sender is not registered. */
export function isDenied({ original, sender, kind }: OutgoingText, account: Account): boolean {
  const text = original.toLowerCase();
  if (account.stopWords.some((word) => text.includes(word))) return true;
  // An empty sender, or a dot, only switches the default off. Assumption: the sender of an e-mail need not be registered.
  return (
    account.registeredOnly &&
    kind !== 'mail' &&
    sender !== undefined &&
    sender !== '' &&
    sender !== '.' &&
    !account.senderNames.get(sender)?.approved
  );
}
