import { addGroup, findContact, findGroup, freeNumber } from '../state/address-book.ts';
import type { ResponseBody } from '../wire/response.ts';
import { type RequestContext, valueOf } from '../state/request-context.ts';
import { readPhones } from './contacts.ts';
import { errorResponse } from '../wire/errors.ts';
import { createdResponse, okResponse, listResponse } from '../wire/rows.ts';

/** `move_group`: 1 moves contacts to the group, 2 adds them to it, 3 takes them out of it. */
function move(call: RequestContext, group: number): ResponseBody {
  const { addressBook } = call.account;
  const phones = readPhones(valueOf(call, 'phone'));
  if (!phones || phones.length === 0) return errorResponse('parameters');
  const found = phones
    .map((phone) => findContact(addressBook, phone, ''))
    .filter((contact) => contact !== undefined);
  if (found.length === 0) return errorResponse('nothing');
  const how = valueOf(call, 'move_group');
  for (const { groups } of found) {
    if (how === '1') groups.clear();
    if (how === '3') groups.delete(group);
    else groups.add(group);
  }
  return okResponse;
}

/** Groups of contacts. */
export function contactGroups(
  call: RequestContext,
  action: 'add_group' | 'chg_group' | 'del_group' | 'get_group' | 'move_group',
): ResponseBody {
  const { addressBook } = call.account;
  if (action === 'get_group') {
    const all = [...addressBook.contacts.values()];
    // All members are text (recorded).
    const rows = [...addressBook.groups.values()].map(({ id, name, number }) => [
      ['id', String(id)] as const,
      ['name', name] as const,
      ['number', String(number)] as const,
      ['cnt', String(all.filter((contact) => contact.groups.has(id)).length)] as const,
    ]);
    return rows.length > 0 ? listResponse(rows) : errorResponse('nothing');
  }
  const [name, num, grp] = [valueOf(call, 'name'), valueOf(call, 'num'), valueOf(call, 'grp')];
  if ((num !== '' && !/^[1-9]\d{0,9}$/.test(num)) || !/^[01]?$/.test(valueOf(call, 'type')))
    return errorResponse('parameters');
  if ((action === 'add_group' || action === 'chg_group') && name.trim() === '')
    return errorResponse('parameters');
  const taken = num === '' ? undefined : findGroup(addressBook, Number(num));
  if (action === 'add_group') {
    // Two groups cannot have one number: which error is assumed.
    return taken
      ? errorResponse('operation')
      : createdResponse(addGroup(addressBook, name, num === '' ? freeNumber(addressBook) : Number(num)).id);
  }
  if (!/^\d{1,15}$/.test(grp)) return errorResponse('parameters');
  const group = addressBook.groups.get(Number(grp));
  if (!group) return errorResponse('nothing');
  if (action === 'move_group') return move(call, group.id);
  if (action === 'del_group') {
    addressBook.groups.delete(group.id);
    for (const contact of addressBook.contacts.values()) contact.groups.delete(group.id);
    return okResponse;
  }
  if (taken && taken !== group) return errorResponse('operation');
  group.name = name;
  if (num !== '') group.number = Number(num);
  return okResponse;
}
