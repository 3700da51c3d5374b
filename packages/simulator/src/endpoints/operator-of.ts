import type { Endpoint } from './endpoint.ts';
import { readAction } from '../params/action.ts';
import { exceedsLimit, valueOf } from '../state/request-context.ts';
import { networkOf } from '../pricing/networks.ts';
import { readPhoneList } from '../params/recipients.ts';
import { errorResponse } from '../wire/errors.ts';
import { listResponse, recordResponse, type Row } from '../wire/rows.ts';

/**
 * Time zones by country code, for the member `tz`. Assumptions: `tz` is in hours from UTC, and each country has one time
 * zone.
 */
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
 * `info.php`: the operator of a number. The JSON members of a single number are recorded. Inferred: several numbers give a
 * list with the additional member `phone`, and every sentence (`fmt=0`) begins with `phone`.
 */
export const operatorOf: Endpoint = {
  path: '/sys/info.php',
  respond: (context) => {
    const action = readAction(context.parameters.values, ['get_operator']);
    const phones = readPhoneList(valueOf(context, 'phone'));
    if (!action || !phones || phones.length === 0) return errorResponse('parameters');
    if (exceedsLimit(context, 'operators') || exceedsLimit(context, 'operatorsInTotal', ''))
      return errorResponse('duplicate');
    const found = phones.flatMap((phone) => {
      const row = rowOf(phone);
      return row ? [[['phone', phone] as const, ...row]] : [];
    });
    const [first] = found;
    if (!first) return errorResponse('operatorNotFound');
    if (phones.length > 1) return listResponse(found);
    const [withPhone, withoutPhone] = [recordResponse(first), recordResponse(first.slice(1))];
    return { write: (format) => (format === 0 ? withPhone : withoutPhone).write(format) };
  },
};
