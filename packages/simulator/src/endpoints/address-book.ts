import type { Endpoint } from './endpoint.ts';
import { readAction } from '../params/action.ts';
import { addToBlackList, removeFromBlackList } from './black-list.ts';
import { type RequestContext, exceedsLimit, valueOf } from '../state/request-context.ts';
import type { ResponseBody } from '../wire/response.ts';
import { addContacts, changeContacts, deleteContacts, listContacts } from './contacts.ts';
import {
  addContactGroup,
  changeContactGroup,
  deleteContactGroup,
  listContactGroups,
  moveToGroup,
} from './contact-groups.ts';
import { errorResponse } from '../wire/errors.ts';

/** Operations of `phones.php`, by the flag that requests the operation. */
const actions = {
  add: addContacts,
  chg: changeContacts,
  del: deleteContacts,
  get: listContacts,
  add_group: addContactGroup,
  chg_group: changeContactGroup,
  del_group: deleteContactGroup,
  get_group: listContactGroups,
  add_black: addToBlackList,
  del_black: removeFromBlackList,
};

/**
 * Finds the operation that a request names, by a flag or by `move_group` with a mode. Returns `undefined` if the request
 * names none or several.
 */
function readOperation(context: RequestContext): ((context: RequestContext) => ResponseBody) | undefined {
  const action = readAction(context.parameters.values, Object.keys(actions) as (keyof typeof actions)[]);
  const mode = valueOf(context, 'move_group');
  if (action) return mode === '' ? actions[action] : undefined;
  if (mode !== '1' && mode !== '2' && mode !== '3') return undefined;
  return (each) => moveToGroup(each, mode);
}

/** `phones.php`: contacts, groups and the black list. */
export const addressBook: Endpoint = {
  path: '/sys/phones.php',
  respond: (context) => {
    const operation = readOperation(context);
    if (!operation) return errorResponse('parameters');
    return exceedsLimit(context, 'contacts') ? errorResponse('duplicate') : operation(context);
  },
};
