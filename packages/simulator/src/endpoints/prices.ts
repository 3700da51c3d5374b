import type { Account } from '../state/account.ts';
import { type ResponseBody, toJson } from '../wire/response.ts';
import type { RequestContext } from '../state/request-context.ts';
import type { MessageKind } from '../params/kinds.ts';
import { writeAmount } from '../pricing/money.ts';
import { networkOf } from '../pricing/networks.ts';
import { errorResponse } from '../wire/errors.ts';
import { listResponse, type Row } from '../wire/rows.ts';

/** Price columns. The gateway has further columns, which are not known. Assumption: `mass` has the same prices as `api`. */
const columns: readonly (readonly [name: string, kind: MessageKind])[] = [
  ['api', 'sms'],
  ['mass', 'sms'],
  ['mms', 'mms'],
  ['hlr', 'hlr'],
  ['call', 'call'],
];

/** Creates the row of a zone. Assumption: zones are number prefixes. The gateway's own zones are not known. */
const rowOf = (zone: string, { priceOf }: Account): Row => [
  ['zone', zone],
  ['name', networkOf(zone.padEnd(11, '0')).country],
  ...columns.map(([name, kind]) => {
    const price = priceOf(kind, zone);
    return [name, price === undefined ? '' : writeAmount(price)] as const;
  }),
];

/** `get_price`: lists prices by zone. In JSON the list is a member of an object (recorded). */
export function prices({ account, gateway }: RequestContext): ResponseBody {
  const rows = gateway.zones.map((zone) => rowOf(zone, account));
  if (rows.length === 0) return errorResponse('noRecords');
  const list = listResponse(rows);
  return {
    write: (format) =>
      format === 3 ? `{\n"zones": [${rows.map((row) => toJson(row)).join(',\n')}]\n}` : list.write(format),
  };
}
