import { readAction } from '../params/action.ts';
import type { ResponseBody } from '../wire/response.ts';
import { blackList } from './black-list.ts';
import { type RequestContext, exceedsLimit, valueOf } from '../state/request-context.ts';
import { contacts } from './contacts.ts';
import { contactGroups } from './contact-groups.ts';
import { errorResponse } from '../wire/errors.ts';

/** `phones.php`: contacts, groups and the black list. */
export function addressBook(call: RequestContext): ResponseBody {
  const { values } = call.parameters;
  const move = valueOf(call, 'move_group');
  const action = readAction(values, [
    'add',
    'chg',
    'del',
    'get',
    'add_group',
    'chg_group',
    'del_group',
    'get_group',
    'add_black',
    'del_black',
  ]);
  if (!action === (move === '')) return errorResponse('parameters');
  if (!action && !/^[123]$/.test(move)) return errorResponse('parameters');
  if (exceedsLimit(call, 'contacts')) return errorResponse('duplicate');
  switch (action) {
    case 'add':
    case 'chg':
    case 'del':
    case 'get':
      return contacts(call, action);
    case 'add_black':
    case 'del_black':
      return blackList(call, action);
    default:
      return contactGroups(call, action ?? 'move_group');
  }
}
