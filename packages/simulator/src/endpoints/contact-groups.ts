import {
  type AddressBook,
  addGroup,
  type ContactGroup,
  findContact,
  findGroup,
  freeGroupNumber,
} from '../state/address-book.ts';
import type { ResponseBody } from '../wire/response.ts';
import { type RequestContext, valueOf } from '../state/request-context.ts';
import { readPhoneList } from '../params/recipients.ts';
import { flag, optional, readValues, recordId, text, wholeNumber } from '../params/read-values.ts';
import { errorResponse } from '../wire/errors.ts';
import { createdResponse, listResponse, okResponse } from '../wire/rows.ts';

const readers = {
  name: text,
  /** Number in `G<number>`. */
  num: optional(wholeNumber(1, 9_999_999_999)),
  /** Id of a group. */
  grp: optional(recordId),
  type: flag,
};

interface GroupRequest {
  readonly name: string;
  readonly number: number | null;
  readonly groupId: number | null;
}

function readRequest(context: RequestContext): GroupRequest | undefined {
  const parsed = readValues(context.parameters.values, readers);
  return parsed && { name: parsed.name, number: parsed.num, groupId: parsed.grp };
}

/** `get_group`: lists the groups with the number of contacts in each. All values are text (recorded). */
export function listContactGroups({ account }: RequestContext): ResponseBody {
  const { groups, contacts } = account.addressBook;
  const all = [...contacts.values()];
  const rows = [...groups.values()].map(({ id, name, number }) => [
    ['id', String(id)] as const,
    ['name', name] as const,
    ['number', String(number)] as const,
    ['cnt', String(all.filter((contact) => contact.groups.has(id)).length)] as const,
  ]);
  return rows.length > 0 ? listResponse(rows) : errorResponse('noRecords');
}

const groupWithNumber = (addressBook: AddressBook, number: number | null): ContactGroup | undefined =>
  number === null ? undefined : findGroup(addressBook, number);

/** `add_group`: adds a group. */
export function addContactGroup(context: RequestContext): ResponseBody {
  const { addressBook } = context.account;
  const request = readRequest(context);
  if (!request || request.name.trim() === '') return errorResponse('parameters');
  const { name, number } = request;
  // Two groups cannot have the same number. The error for this case is an assumption.
  if (groupWithNumber(addressBook, number)) return errorResponse('operation');
  return createdResponse(addGroup(addressBook, name, number ?? freeGroupNumber(addressBook)).id);
}

/** Finds the group that a request names. Returns an error response if there is none. */
function findRequested(
  { account }: RequestContext,
  request: GroupRequest | undefined,
): ContactGroup | { readonly refused: ResponseBody } {
  if (!request || request.groupId === null) return { refused: errorResponse('parameters') };
  return account.addressBook.groups.get(request.groupId) ?? { refused: errorResponse('noRecords') };
}

/** `chg_group`: changes the name and the number of a group. */
export function changeContactGroup(context: RequestContext): ResponseBody {
  const request = readRequest(context);
  if (!request || request.name.trim() === '') return errorResponse('parameters');
  const group = findRequested(context, request);
  if ('refused' in group) return group.refused;
  const withSameNumber = groupWithNumber(context.account.addressBook, request.number);
  if (withSameNumber && withSameNumber !== group) return errorResponse('operation');
  group.name = request.name;
  group.number = request.number ?? group.number;
  return okResponse;
}

/** `del_group`: deletes a group. Its contacts are kept. */
export function deleteContactGroup(context: RequestContext): ResponseBody {
  const group = findRequested(context, readRequest(context));
  if ('refused' in group) return group.refused;
  const { groups, contacts } = context.account.addressBook;
  groups.delete(group.id);
  for (const contact of contacts.values()) contact.groups.delete(group.id);
  return okResponse;
}

/** `move_group`: 1 moves contacts to a group, 2 adds contacts to the group, 3 removes contacts from the group. */
export function moveToGroup(context: RequestContext, mode: '1' | '2' | '3'): ResponseBody {
  const group = findRequested(context, readRequest(context));
  if ('refused' in group) return group.refused;
  const phones = readPhoneList(valueOf(context, 'phone'));
  if (!phones || phones.length === 0) return errorResponse('parameters');
  const found = phones
    .map((phone) => findContact(context.account.addressBook, phone, ''))
    .filter((contact) => contact !== undefined);
  if (found.length === 0) return errorResponse('noRecords');
  for (const { groups } of found) {
    if (mode === '1') groups.clear();
    if (mode === '3') groups.delete(group.id);
    else groups.add(group.id);
  }
  return okResponse;
}
