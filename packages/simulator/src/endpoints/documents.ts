import type { Account } from '../state/account.ts';
import { subAccountsOf } from '../state/accounts.ts';
import { readAction } from '../params/action.ts';
import { type ResponseBody, fileResponse } from '../wire/response.ts';
import { type RequestContext, valueOf } from '../state/request-context.ts';
import { readAmount, writeAmount } from '../pricing/money.ts';
import { errorResponse } from '../wire/errors.ts';
import { createdResponse } from '../wire/rows.ts';

/** Whose documents are asked for: of a sub-account, or the account's own. */
function ownerOf(call: RequestContext): Account | undefined {
  const [user, userId] = [valueOf(call, 'user'), valueOf(call, 'user_id')];
  return [call.account, ...subAccountsOf(call.gateway.accounts, call.account)].find((each) =>
    user === '' ? String(each.userId) === userId : each.login === user,
  );
}

/**
 * `documents.php`: invoices and acts. Of the answers only that documents are files is documented: their type and content,
 * the answer to a new invoice and error 1 for what is not there are assumed. Acts are made of what was invoiced.
 */
export function documents(call: RequestContext): ResponseBody {
  const action = readAction(call.parameters.values, ['add_account', 'get_account', 'get_act']);
  const [user, userId, id] = [
    valueOf(call, 'user'),
    valueOf(call, 'user_id'),
    valueOf(call, 'id') || (action === 'get_act' ? valueOf(call, 'num') : ''),
  ];
  if (!action || (user === '' && userId === '')) return errorResponse('parameters');
  const owner = ownerOf(call);
  if (!owner) return errorResponse('parameters');
  if (action === 'add_account') {
    const sum = valueOf(call, 'sum');
    if (!/^\d{1,12}(?:\.\d{1,6})?$/.test(sum) || readAmount(sum) === 0n) return errorResponse('parameters');
    const number = owner.nextRecordId++;
    owner.invoices.set(number, writeAmount(readAmount(sum)));
    return createdResponse(number);
  }
  if (!/^\d{1,15}$/.test(id)) return errorResponse('parameters');
  const sum = owner.invoices.get(Number(id));
  if (sum === undefined) return errorResponse('parameters');
  const title = action === 'get_account' ? 'Invoice' : 'Act';
  return fileResponse(Buffer.from(`${title} ${Number(id)}\n${owner.login}\n${sum} ${owner.currency}\n`));
}
