import type { ResponseBody } from '../wire/response.ts';
import { type RequestContext, valueOf } from '../state/request-context.ts';
import { readPhoneList } from '../params/recipients.ts';
import { oneOf } from '../params/read-values.ts';
import type { BlackListScope } from '../state/address-book.ts';
import { errorResponse } from '../wire/errors.ts';
import { createdResponse, okResponse } from '../wire/rows.ts';

interface BlackListRequest {
  readonly phones: readonly string[];
  readonly scope: BlackListScope;
}

const readScope = oneOf(0, 1, 2);

function readRequest(context: RequestContext): BlackListRequest | undefined {
  const phones = readPhoneList(valueOf(context, 'phone'));
  const scope = readScope(valueOf(context, 'type'));
  return phones && phones.length > 0 && scope !== undefined ? { phones, scope } : undefined;
}

/** `add_black`: adds numbers to the black list, so that no messages are sent to them. */
export function addToBlackList(context: RequestContext): ResponseBody {
  const request = readRequest(context);
  if (!request) return errorResponse('parameters');
  const { addressBook } = context.account;
  const ids = request.phones.map((phone) => {
    const id = addressBook.blackList.get(phone)?.id ?? addressBook.nextId++;
    addressBook.blackList.set(phone, { id, scope: request.scope });
    return id;
  });
  return createdResponse(ids[0]!);
}

/** `del_black`: removes numbers from the black list. */
export function removeFromBlackList(context: RequestContext): ResponseBody {
  const request = readRequest(context);
  if (!request) return errorResponse('parameters');
  const { blackList } = context.account.addressBook;
  const known = request.phones.filter((phone) => blackList.has(phone));
  if (known.length === 0) return errorResponse('noRecords');
  for (const phone of known) blackList.delete(phone);
  return okResponse;
}
