import { type ResponseBody, fileResponse } from '../wire/response.ts';
import { type RequestContext, exceedsLimit, valueOf } from '../state/request-context.ts';
import { readDay } from './period.ts';
import { errorResponse } from '../wire/errors.ts';
import { listResponse } from '../wire/rows.ts';

/** `get_mnp.php`: numbers that were ported, all of them as a file, or those of a day as a list. Source: third parties. */
export function portedNumbers(call: RequestContext): ResponseBody {
  const date = valueOf(call, 'date');
  const { ported } = call.gateway;
  if (date !== '' && readDay(date, 0) === undefined) return errorResponse('parameters');
  if (exceedsLimit(call, 'ported')) return errorResponse('duplicate');
  if (date === '') {
    const lines = ported.map(({ phone, mccmnc }) => `${phone};${mccmnc}\n`);
    return fileResponse(Buffer.from(`Phone;mccmnc\n${lines.join('')}`), 'text/csv');
  }
  const day = date.split('.').reverse().join('-');
  // A day without any is an empty list: no error for it is known.
  return listResponse(
    ported
      .filter((each) => each.date === day)
      .map(({ phone, mccmnc }) => [
        ['phone', phone],
        ['mccmnc', mccmnc],
      ]),
  );
}
