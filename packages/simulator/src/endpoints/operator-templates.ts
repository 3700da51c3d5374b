import { readAction } from '../params/action.ts';
import type { ResponseBody } from '../wire/response.ts';
import { type RequestContext, exceedsLimit, valueOf } from '../state/request-context.ts';
import { errorResponse } from '../wire/errors.ts';
import { listResponse, type Row } from '../wire/rows.ts';

/** Operators and sorts of messages, by their flags. The names are assumed; that there are such names is documented. */
const registers = new Map([
  ['mts_srv', 'МТС, сервисный'],
  ['mts_auth', 'МТС, авторизационный'],
  ['mts_trn', 'МТС, транзакционный'],
  ['mega_srv', 'МегаФон, сервисный'],
  ['mega_auth', 'МегаФон, авторизационный'],
  ['mega_trn', 'МегаФон, транзакционный'],
  ['mega_adv', 'МегаФон, рекламный'],
  ['bee_srv', 'Билайн, сервисный'],
  ['bee_trn', 'Билайн, транзакционный'],
  ['tele2_srv', 'Теле2, сервисный'],
  ['tele2_trn', 'Теле2, транзакционный'],
  ['motiv_srv', 'Мотив, сервисный'],
  ['motiv_trn', 'Мотив, транзакционный'],
  ['soc', 'Социальные сети'],
]);

/** A template as both operations answer with it: the rest of its members is not known. */
const rowOf = (id: number, template: ReadonlyMap<string, string>): Row => [
  ['id', id],
  ['name', template.get('name') ?? ''],
];

/** `op_templates.php`: templates that are registered with operators. That adding answers with what was added is assumed. */
export function operatorTemplates(call: RequestContext): ResponseBody {
  const { account } = call;
  const { values } = call.parameters;
  const action = readAction(values, ['add', 'get']);
  const [sender, text] = [valueOf(call, 'sender'), valueOf(call, 'msg')];
  const asked = [...registers.keys()].filter((flag) => values.get(flag) === '1');
  if (!action || (action === 'add' && (sender === '' || text === '' || asked.length === 0)))
    return errorResponse('parameters');
  if (exceedsLimit(call, 'templates')) return errorResponse('duplicate');
  if (action === 'add') {
    const rows = asked.map((flag) => {
      const template = new Map([
        ['sender', sender],
        ['msg', text],
        ['name', registers.get(flag)!],
      ]);
      const id = account.nextRecordId++;
      account.operatorTemplates.set(id, template);
      return rowOf(id, template);
    });
    return listResponse(rows);
  }
  const found = [...account.operatorTemplates].filter(
    ([, template]) =>
      (sender === '' || template.get('sender') === sender) && (text === '' || template.get('msg') === text),
  );
  return found.length > 0
    ? listResponse(found.map(([id, template]) => rowOf(id, template)))
    : errorResponse('nothing');
}
