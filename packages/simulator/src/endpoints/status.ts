import { type Account, deleteMessages, findMessage, messageKey } from '../state/account.ts';
import type { ResponseBody } from '../wire/response.ts';
import type { RequestContext } from '../state/request-context.ts';
import { stateOf } from '../state/message.ts';
import { readPhone } from '../params/recipients.ts';
import { errorResponse } from '../wire/errors.ts';
import { okResponse } from '../wire/rows.ts';
import { statusAnswer } from './status-answer.ts';

/** A comma makes a list of one, so that the answer is one too. Source: the official pages and libraries. */
const split = (list: string): readonly string[] =>
  list
    .replace(/,\s*$/, '')
    .split(',')
    .map((item) => item.trim());

/** The recipient as messages keep it: a number in international form, anything else as it is. */
const recipientOf = (written: string): string => readPhone(written) ?? written;

/** Deletes messages. Money is not given back, and what has left arrives: assumed. */
function remove(account: Account, wanted: readonly (readonly [id: string, phone: string])[]): ResponseBody {
  const keys = wanted.map(([id, phone]) => messageKey(id, phone));
  if (!keys.every((key) => account.messagesByKey.has(key))) return errorResponse('deletion');
  for (const key of keys) deleteMessages(account, key);
  return okResponse;
}

/** `status.php`: the states of messages, of one or of a list; with `del=1` their removal. */
export function status({ account, gateway, parameters, instant }: RequestContext): ResponseBody {
  const { values } = parameters;
  const get = (name: string): string => values.get(name) ?? '';
  const [all, del] = [get('all') || '0', get('del')];
  if (!/^[012]$/.test(all) || !/^[01]?$/.test(del)) return errorResponse('parameters');
  const many = get('phone').includes(',') || get('id').includes(',');
  const [phones, ids] = [split(get('phone')), split(get('id'))];
  // «The order must match»: so must the number of them.
  if (phones.length !== ids.length || [...phones, ...ids].includes('')) return errorResponse('parameters');
  const wanted = ids.map((id, at) => [id, recipientOf(phones[at]!)] as const);
  if (del === '1') return remove(account, wanted);
  // That one message asked for too often refuses the whole list is assumed.
  const keys = new Set(wanted.map(([id, phone]) => messageKey(id, phone)));
  if ([...keys].some((key) => account.windows.statuses.full(key, instant))) return errorResponse('duplicate');
  for (const key of keys) account.windows.statuses.record(key, instant);
  const found = wanted.map(([id, phone]) => {
    const message = findMessage(account, id, phone);
    return { id, phone, known: message && { message, state: stateOf(message, gateway.delivery, instant) } };
  });
  return statusAnswer(found, { all: Number(all) as 0 | 1 | 2, many, utcOffset: account.utcOffset });
}
