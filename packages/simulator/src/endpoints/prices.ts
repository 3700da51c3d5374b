import type { Account } from '../state/account.ts';
import { type ResponseBody, toJson } from '../wire/response.ts';
import type { GatewayState } from '../state/request-context.ts';
import type { MessageKind } from '../params/kinds.ts';
import { writeAmount } from '../pricing/money.ts';
import { networkOf } from '../pricing/networks.ts';
import { errorResponse } from '../wire/errors.ts';
import { listResponse, type Row } from '../wire/rows.ts';

/** Columns of prices. There are more, which are not known. That mass mailings cost what messages cost is assumed. */
const columns: readonly (readonly [name: string, kind: MessageKind])[] = [
  ['api', 'sms'],
  ['mass', 'sms'],
  ['mms', 'mms'],
  ['hlr', 'hlr'],
  ['call', 'call'],
];

/** A zone is a beginning of numbers here; the gateway's are not known: assumed. */
const rowOf = (zone: string, { priceOf }: Account): Row => [
  ['zone', zone],
  ['name', networkOf(zone.padEnd(11, '0')).country],
  ...columns.map(([name, kind]) => {
    const price = priceOf(kind, zone);
    return [name, price === undefined ? '' : writeAmount(price)] as const;
  }),
];

/** `get_price`: prices by zone. In JSON the list is a member of an object (recorded). */
export function prices(account: Account, { zones }: GatewayState): ResponseBody {
  const rows = zones.map((zone) => rowOf(zone, account));
  if (rows.length === 0) return errorResponse('nothing');
  const inOther = listResponse(rows);
  return {
    write: (format) =>
      format === 3 ? `{\n"zones": [${rows.map((row) => toJson(row)).join(',\n')}]\n}` : inOther.write(format),
  };
}
