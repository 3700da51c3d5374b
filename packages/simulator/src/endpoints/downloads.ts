import { readAction } from '../params/action.ts';
import { type ResponseBody, fileResponse } from '../wire/response.ts';
import { type RequestContext, valueOf } from '../state/request-context.ts';
import { writeDate } from '../wire/dates.ts';
import { errorResponse } from '../wire/errors.ts';
import { listResponse } from '../wire/rows.ts';

/**
 * `downloads.php`: exports. Their members, their type and their order are not known, nor are the errors: that there are none
 * is 3, as in other lists, and that one of them is not there is 1, assumed.
 */
export function downloads(call: RequestContext): ResponseBody {
  const { account } = call;
  const action = readAction(call.parameters.values, ['get_list', 'get_file']);
  const [cnt, after, id, name] = [
    valueOf(call, 'cnt'),
    valueOf(call, 'after_id'),
    valueOf(call, 'id'),
    valueOf(call, 'name'),
  ];
  if (!action || !/^\d{0,9}$/.test(cnt) || !/^\d{0,15}$/.test(after + id)) return errorResponse('parameters');
  const all = account.downloads.map((each, at) => ({ ...each, id: at + 1 }));
  if (action === 'get_list') {
    const found = all
      .filter((each) => each.id > Number(after))
      .slice(0, cnt === '' ? undefined : Number(cnt));
    if (found.length === 0) return errorResponse('nothing');
    return listResponse(
      found.map((each) => [
        ['id', each.id],
        ['name', each.name],
        ['size', each.content.length],
        ['date', writeDate(each.madeAt ?? 0, account.utcOffset)],
      ]),
    );
  }
  if (id === '' && name === '') return errorResponse('parameters');
  const file = all.find((each) => (id === '' ? each.name === name : each.id === Number(id)));
  return file ? fileResponse(file.content) : errorResponse('parameters');
}
