import type { Endpoint } from './endpoint.ts';
import { readAction } from '../params/action.ts';
import { type RequestContext, exceedsLimit, valueOf } from '../state/request-context.ts';
import { errorResponse } from '../wire/errors.ts';
import type { ResponseBody } from '../wire/response.ts';
import { listResponse, type Row } from '../wire/rows.ts';

/**
 * Names of operators and message types, by flag. Documented: the response contains these names. Their wording is an
 * assumption.
 */
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

/** Creates the row of a template, for the responses to `add` and `get`. Further members are not known. */
const rowOf = (id: number, template: ReadonlyMap<string, string>): Row => [
  ['id', id],
  ['name', template.get('name') ?? ''],
];

function addTemplates(
  { account }: RequestContext,
  flags: readonly string[],
  sender: string,
  text: string,
): ResponseBody {
  const rows = flags.map((flag) => {
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

function listTemplates({ account }: RequestContext, sender: string, text: string): ResponseBody {
  const found = [...account.operatorTemplates].filter(
    ([, template]) =>
      (sender === '' || template.get('sender') === sender) && (text === '' || template.get('msg') === text),
  );
  return found.length > 0
    ? listResponse(found.map(([id, template]) => rowOf(id, template)))
    : errorResponse('noRecords');
}

/**
 * `op_templates.php`: templates that are registered with operators. Assumption: the response to `add` lists the added
 * templates.
 */
export const operatorTemplates: Endpoint = {
  path: '/sys/op_templates.php',
  respond: (context) => {
    const { values } = context.parameters;
    const action = readAction(values, ['add', 'get']);
    const [sender, text] = [valueOf(context, 'sender'), valueOf(context, 'msg')];
    const flags = [...registers.keys()].filter((flag) => values.get(flag) === '1');
    const isComplete = sender !== '' && text !== '' && flags.length > 0;
    if (!action || (action === 'add' && !isComplete)) return errorResponse('parameters');
    if (exceedsLimit(context, 'templates')) return errorResponse('duplicate');
    return action === 'add'
      ? addTemplates(context, flags, sender, text)
      : listTemplates(context, sender, text);
  },
};
