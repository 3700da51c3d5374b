import type { Endpoint } from './endpoint.ts';
import { readAction } from '../params/action.ts';
import type { ResponseBody } from '../wire/response.ts';
import type { Account } from '../state/account.ts';
import { exceedsLimit, valueOf } from '../state/request-context.ts';
import { recordId } from '../params/read-values.ts';
import { errorResponse } from '../wire/errors.ts';
import { bareOkResponse, createdResponse, listResponse } from '../wire/rows.ts';

type Template = ReadonlyMap<string, string>;

const formats = ['', 'sms', 'flash', 'bin', 'push', 'mms', 'call', 'mail', 'viber'];

/** Parameters that make up a template. */
const parameterNames = ['name', 'msg', 'format', 'sender', 'fl[1]'];

/**
 * Reads the template parameters of a request. Returns `undefined` if one is invalid. Assumption: the text has at most 1000
 * characters, like the text of a message.
 */
function readTemplate(values: ReadonlyMap<string, string>): Template | undefined {
  const template = new Map<string, string>();
  for (const name of parameterNames) {
    const value = values.get(name);
    if (value !== undefined) template.set(name, value);
  }
  const isValid =
    formats.includes(template.get('format') ?? '') &&
    /^[01]?$/.test(template.get('fl[1]') ?? '') &&
    (template.get('msg') ?? '').length <= 1000 &&
    template.get('name') !== '' &&
    template.get('msg') !== '';
  return isValid ? template : undefined;
}

/** `get`: lists the templates. */
function listTemplates({ templates: all }: Account): ResponseBody {
  const rows = [...all].map(([id, template]) => [
    ['id', id] as const,
    ['format', template.get('format') ?? ''] as const,
    ['message', template.get('msg') ?? ''] as const,
    ['name', template.get('name') ?? ''] as const,
    ['sender', template.get('sender') ?? ''] as const,
    // The value 2 means «use as signature». Other bits are not known.
    ['flag', template.get('fl[1]') === '1' ? 2 : 0] as const,
  ]);
  return rows.length > 0 ? listResponse(rows) : errorResponse('noRecords');
}

/** `add`: adds a template. */
function addTemplate(account: Account, template: Template): ResponseBody {
  const id = account.nextRecordId++;
  account.templates.set(id, template);
  return createdResponse(id);
}

/** Creates the response to an unknown id: plain text, even if JSON was requested (recorded). */
function unknownTemplate(): ResponseBody {
  const error = errorResponse('noRecords');
  return { ...error, write: (format) => error.write(format === 3 ? 0 : format) };
}

/** `chg` and `del`: changes or deletes a template. */
function changeTemplate(account: Account, id: number, changes: Template | 'delete'): ResponseBody {
  const template = account.templates.get(id);
  if (!template) return unknownTemplate();
  if (changes === 'delete') account.templates.delete(id);
  else account.templates.set(id, new Map([...template, ...changes]));
  return bareOkResponse;
}

/** `templates.php`: message templates. */
export const templates: Endpoint = {
  path: '/sys/templates.php',
  respond: (context) => {
    const { account, parameters } = context;
    const action = readAction(parameters.values, ['add', 'chg', 'del', 'get']);
    const template = readTemplate(parameters.values);
    if (!action || !template) return errorResponse('parameters');
    const isComplete = template.has('name') && template.has('msg');
    if (action === 'add' && !isComplete) return errorResponse('parameters');
    // `get` and `add` have no id.
    const id = action === 'chg' || action === 'del' ? recordId(valueOf(context, 'id')) : 0;
    if (id === undefined) return errorResponse('parameters');
    if (exceedsLimit(context, 'templates')) return errorResponse('duplicate');
    switch (action) {
      case 'get':
        return listTemplates(account);
      case 'add':
        return addTemplate(account, template);
      case 'chg':
        return changeTemplate(account, id, template);
      case 'del':
        return changeTemplate(account, id, 'delete');
    }
  },
};
