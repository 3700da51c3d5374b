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

/**
 * Reads a send request with its texts and files. Returns an error response if a parameter (error 1) or the time (error 5) is
 * invalid.
 */
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
    // The time zone of a list line applies to dates only. Source: the gateway's page.
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
  // An empty sender or a dot means «no sender», so there is no name to check. Assumption: the sender of an e-mail does not
  // have to be registered.
  return (
    account.registeredOnly &&
    kind !== 'mail' &&
    sender !== undefined &&
    sender !== '' &&
    sender !== '.' &&
    !account.senderNames.get(sender)?.approved
  );
}
