import { type Account, deleteMessages, findMessage, messageKey } from '../state/account.ts';
import type { Endpoint } from './endpoint.ts';
import type { ResponseBody } from '../wire/response.ts';
import { type RequestContext, valueOf } from '../state/request-context.ts';
import { stateOf } from '../state/message.ts';
import { readPhone } from '../params/recipients.ts';
import { flag, oneOf } from '../params/read-values.ts';
import { errorResponse } from '../wire/errors.ts';
import { okResponse } from '../wire/rows.ts';
import { statusResponse } from './status-response.ts';

/** Reads `all`: 0 short, 1 with the message, 2 also with the country. */
const readAll = oneOf(0, 1, 2);

/** Message that a request names. */
interface WantedMessage {
  readonly id: string;
  /** Recipient. A phone number is in international form, as in stored messages. */
  readonly phone: string;
  readonly key: string;
}

/** Splits a list. A trailing comma marks a list with one item. Source: the official pages and libraries. */
const splitList = (list: string): readonly string[] =>
  list
    .replace(/,\s*$/, '')
    .split(',')
    .map((item) => item.trim());

/**
 * Reads the ids and recipients of a request. Both lists must have the same length, because the official page says that «the
 * order must match».
 */
function readWanted(context: RequestContext): readonly WantedMessage[] | undefined {
  const phones = splitList(valueOf(context, 'phone'));
  const ids = splitList(valueOf(context, 'id'));
  if (phones.length !== ids.length || [...phones, ...ids].includes('')) return undefined;
  return ids.map((id, index) => {
    const written = phones[index]!;
    const phone = readPhone(written) ?? written;
    return { id, phone, key: messageKey(id, phone) };
  });
}

/** Deletes messages. Assumption: the cost is not refunded, and a message that was already sent is still delivered. */
function remove(account: Account, wanted: readonly WantedMessage[]): ResponseBody {
  if (!wanted.every(({ key }) => account.messagesByKey.has(key))) return errorResponse('deletion');
  for (const { key } of wanted) deleteMessages(account, key);
  return okResponse;
}

/** `status.php`: returns the statuses of one or several messages, or deletes the messages with `del=1`. */
export const status: Endpoint = {
  path: '/sys/status.php',
  respond: (context) => {
    const { account, gateway, instant } = context;
    const all = readAll(valueOf(context, 'all'));
    const del = flag(valueOf(context, 'del'));
    const wanted = readWanted(context);
    if (all === undefined || del === undefined || !wanted) return errorResponse('parameters');
    if (del) return remove(account, wanted);
    const { statuses } = account.windows;
    const keys = new Set(wanted.map(({ key }) => key));
    // Assumption: the whole list is refused if one of its messages was requested too often.
    if ([...keys].some((key) => statuses.isFull(key, instant))) return errorResponse('duplicate');
    for (const key of keys) statuses.record(key, instant);
    const results = wanted.map(({ id, phone }) => {
      const message = findMessage(account, id, phone);
      return {
        id,
        phone,
        known: message && { message, state: stateOf(message, gateway.delivery, instant) },
      };
    });
    return statusResponse(results, {
      all,
      isList: valueOf(context, 'phone').includes(',') || valueOf(context, 'id').includes(','),
      utcOffset: account.utcOffset,
    });
  },
};
