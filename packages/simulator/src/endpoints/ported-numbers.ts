import type { Endpoint } from './endpoint.ts';
import { fileResponse } from '../wire/response.ts';
import { exceedsLimit, valueOf } from '../state/request-context.ts';
import { readDay } from '../params/day.ts';
import { optional } from '../params/read-values.ts';
import { errorResponse } from '../wire/errors.ts';
import { listResponse } from '../wire/rows.ts';

const readDate = optional((date) => readDay(date, 0));

/**
 * `get_mnp.php`: all ported numbers as a file, or the numbers that were ported on one day as a list. Source: third parties.
 */
export const portedNumbers: Endpoint = {
  path: '/sys/get_mnp.php',
  respond: (context) => {
    const date = readDate(valueOf(context, 'date'));
    const { ported } = context.gateway;
    if (date === undefined) return errorResponse('parameters');
    if (exceedsLimit(context, 'ported')) return errorResponse('duplicate');
    if (date === null) {
      const lines = ported.map(({ phone, mccmnc }) => `${phone};${mccmnc}\n`);
      return fileResponse(Buffer.from(`Phone;mccmnc\n${lines.join('')}`), 'text/csv');
    }
    const isoDate = new Date(date).toISOString().slice(0, 10);
    // A day without ported numbers gives an empty list, because no error for this case is known.
    return listResponse(
      ported
        .filter((each) => each.date === isoDate)
        .map(({ phone, mccmnc }) => [
          ['phone', phone],
          ['mccmnc', mccmnc],
        ]),
    );
  },
};
