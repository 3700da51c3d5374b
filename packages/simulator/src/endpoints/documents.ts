import type { Account } from '../state/account.ts';
import { subAccountsOf } from '../state/accounts.ts';
import type { Endpoint } from './endpoint.ts';
import { readAction } from '../params/action.ts';
import { fileResponse, type ResponseBody } from '../wire/response.ts';
import { type RequestContext, valueOf } from '../state/request-context.ts';
import { parseAmount, writeAmount } from '../pricing/money.ts';
import { recordId } from '../params/read-values.ts';
import { errorResponse } from '../wire/errors.ts';
import { createdResponse } from '../wire/rows.ts';

/** Finds the account whose documents are requested: a sub-account, or the account itself. */
function findOwner(context: RequestContext): Account | undefined {
  const [user, userId] = [valueOf(context, 'user'), valueOf(context, 'user_id')];
  if (user === '' && userId === '') return undefined;
  return [context.account, ...subAccountsOf(context.gateway.accounts, context.account)].find((each) =>
    user === '' ? String(each.userId) === userId : each.login === user,
  );
}

/** `add_account`: creates an invoice. */
function addInvoice(owner: Account, context: RequestContext): ResponseBody {
  const sum = parseAmount(valueOf(context, 'sum'), 12);
  if (sum === undefined || sum <= 0n) return errorResponse('parameters');
  const number = owner.nextRecordId++;
  owner.invoices.set(number, writeAmount(sum));
  return createdResponse(number);
}

/** `get_account` and `get_act`: returns an invoice, or the certificate of completion for it, as a file. */
function getDocument(owner: Account, title: 'Invoice' | 'Act', id: string): ResponseBody {
  const number = recordId(id);
  const sum = number === undefined ? undefined : owner.invoices.get(number);
  if (sum === undefined) return errorResponse('parameters');
  return fileResponse(Buffer.from(`${title} ${number}\n${owner.login}\n${sum} ${owner.currency}\n`));
}

/**
 * `documents.php`: invoices and certificates of completion. Documented: a document is returned as a file. Nothing else is
 * known. Assumptions: the type and content of the files, the response to a new invoice, error 1 for a missing document, and
 * that each certificate belongs to an invoice.
 */
export const documents: Endpoint = {
  path: '/sys/documents.php',
  respond: (context) => {
    const action = readAction(context.parameters.values, ['add_account', 'get_account', 'get_act']);
    const owner = findOwner(context);
    if (!action || !owner) return errorResponse('parameters');
    const id = valueOf(context, 'id');
    switch (action) {
      case 'add_account':
        return addInvoice(owner, context);
      case 'get_account':
        return getDocument(owner, 'Invoice', id);
      case 'get_act':
        return getDocument(owner, 'Act', id || valueOf(context, 'num'));
    }
  },
};
