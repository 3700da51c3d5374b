import { readAction } from '../params/action.ts';
import type { ResponseBody } from '../wire/response.ts';
import { type RequestContext, exceedsLimit, valueOf } from '../state/request-context.ts';
import { errorResponse } from '../wire/errors.ts';
import { bareOkResponse, createdResponse, listResponse } from '../wire/rows.ts';

const formats = ['', 'sms', 'flash', 'bin', 'push', 'mms', 'call', 'mail', 'viber'];

/** What a template is made of, by the parameters that say it. */
const members = ['name', 'msg', 'format', 'sender', 'fl[1]'];

/** What a request says of a template; `undefined` when that will not do. At most 1000 characters, as of a message: assumed. */
function read(call: RequestContext): ReadonlyMap<string, string> | undefined {
  const said = new Map(
    members.flatMap((name) =>
      call.parameters.values.has(name) ? [[name, valueOf(call, name)] as const] : [],
    ),
  );
  const fits =
    formats.includes(said.get('format') ?? '') &&
    /^[01]?$/.test(said.get('fl[1]') ?? '') &&
    (said.get('msg') ?? '').length <= 1000;
  return fits && said.get('name') !== '' && said.get('msg') !== '' ? said : undefined;
}

/** `templates.php`: templates of messages. A number that is unknown is refused in plain text, whatever `fmt` says (recorded). */
export function templates(call: RequestContext): ResponseBody {
  const { account } = call;
  const action = readAction(call.parameters.values, ['add', 'chg', 'del', 'get']);
  const said = read(call);
  if (!action || !said || (action === 'add' && !(said.has('name') && said.has('msg'))))
    return errorResponse('parameters');
  const id = valueOf(call, 'id');
  if ((action === 'chg' || action === 'del') && !/^\d{1,15}$/.test(id)) return errorResponse('parameters');
  if (exceedsLimit(call, 'templates')) return errorResponse('duplicate');
  if (action === 'get') {
    const rows = [...account.templates].map(([number, template]) => [
      ['id', number] as const,
      ...(['format', 'msg', 'name', 'sender'] as const).map(
        (name) => [name === 'msg' ? 'message' : name, template.get(name) ?? ''] as const,
      ),
      // Of its bits only that of the signature is known.
      ['flag', template.get('fl[1]') === '1' ? 2 : 0] as const,
    ]);
    return rows.length > 0 ? listResponse(rows) : errorResponse('nothing');
  }
  if (action === 'add') {
    const number = account.nextRecordId++;
    account.templates.set(number, said);
    return createdResponse(number);
  }
  const template = account.templates.get(Number(id));
  if (!template) {
    const refusal = errorResponse('nothing');
    return { ...refusal, write: (format) => refusal.write(format === 3 ? 0 : format) };
  }
  if (action === 'del') account.templates.delete(Number(id));
  else account.templates.set(Number(id), new Map([...template, ...said]));
  return bareOkResponse;
}
