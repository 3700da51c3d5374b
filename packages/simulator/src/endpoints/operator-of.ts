import { readAction } from '../params/action.ts';
import type { ResponseBody } from '../wire/response.ts';
import { type RequestContext, exceedsLimit, valueOf } from '../state/request-context.ts';
import { splitList } from './contacts.ts';
import { networkOf } from '../pricing/networks.ts';
import { readPhone } from '../params/recipients.ts';
import { errorResponse } from '../wire/errors.ts';
import { listResponse, type Row, recordResponse } from '../wire/rows.ts';

/** Hours from UTC of countries, by their code: the member `tz`. That it counts from UTC is assumed, and so is one zone for each. */
const zones: Readonly<Record<string, string>> = {
  255: '2',
  250: '3',
  401: '5',
  436: '5',
  257: '3',
  260: '1',
  262: '1',
  234: '0',
  259: '2',
  282: '4',
  437: '6',
  434: '5',
  310: '-5',
};

function rowOf(phone: string): Row | undefined {
  const { country, operator, mcc, mnc } = networkOf(phone);
  if (country === '') return undefined;
  return [
    ['country', country],
    ['operator', operator],
    ['region', ''],
    ['mcc', mcc],
    ['mnc', mnc],
    ['tz', zones[mcc] ?? ''],
  ];
}

/**
 * `info.php`: whose a number is. The members of one number in JSON are recorded; of several there is a list with `phone`
 * in it, and sentences begin with it: inferred.
 */
export function operatorOf(call: RequestContext): ResponseBody {
  const action = readAction(call.parameters.values, ['get_operator']);
  const phones = splitList(valueOf(call, 'phone')).map((phone) => readPhone(phone) ?? '');
  if (!action || phones.length === 0 || phones.includes('')) return errorResponse('parameters');
  if (exceedsLimit(call, 'operators') || exceedsLimit(call, 'operatorsInTotal', ''))
    return errorResponse('duplicate');
  const found = phones.flatMap((phone) => {
    const row = rowOf(phone);
    return row ? [[['phone', phone] as const, ...row]] : [];
  });
  if (found.length === 0) return errorResponse('operator');
  if (phones.length > 1) return listResponse(found);
  const [withPhone, alone] = [recordResponse(found[0]!), recordResponse(found[0]!.slice(1))];
  return { write: (format) => (format === 0 ? withPhone : alone).write(format) };
}
