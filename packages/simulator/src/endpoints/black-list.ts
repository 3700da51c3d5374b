import type { ResponseBody } from '../wire/response.ts';
import { type RequestContext, valueOf } from '../state/request-context.ts';
import { readPhones } from './contacts.ts';
import { errorResponse } from '../wire/errors.ts';
import { createdResponse, okResponse } from '../wire/rows.ts';

/** The black list: messages to its numbers are not sent. `type`: 0 all of them, 1 those of mailings, 2 single ones. */
export function blackList(call: RequestContext, action: 'add_black' | 'del_black'): ResponseBody {
  const { black } = call.account.addressBook;
  const phones = readPhones(valueOf(call, 'phone'));
  const type = valueOf(call, 'type');
  if (!phones || phones.length === 0 || !/^[012]?$/.test(type)) return errorResponse('parameters');
  if (action === 'del_black') {
    const known = phones.filter((phone) => black.has(phone));
    if (known.length === 0) return errorResponse('nothing');
    for (const phone of known) black.delete(phone);
    return okResponse;
  }
  const scope = Number(type) as 0 | 1 | 2;
  for (const phone of phones)
    black.set(phone, { id: black.get(phone)?.id ?? call.account.addressBook.nextId++, scope });
  return createdResponse(black.get(phones[0]!)!.id);
}
