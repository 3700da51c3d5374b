import type { ResponseBody } from '../wire/response.ts';
import type { RequestContext } from '../state/request-context.ts';
import { writeDate } from '../wire/dates.ts';
import { readPhone } from '../params/recipients.ts';
import { optional, pageId, readValues, wholeNumber } from '../params/read-values.ts';
import { errorResponse } from '../wire/errors.ts';
import { listResponse } from '../wire/rows.ts';

/** Maximums of `cnt` and `hour`. Source: the official page. Assumption: these are also the defaults. */
const maxMessages = 10_000;
const maxHours = 168;
const hour = 3_600_000;

const readers = {
  cnt: wholeNumber(1, maxMessages, maxMessages),
  hour: wholeNumber(1, maxHours, maxHours),
  after_id: pageId(0),
  to_phone: optional((value) => readPhone(value) ?? value),
};

/** `get_answers`: lists the received messages after `after_id`. Assumption: oldest first. */
export function incoming({ account, instant, parameters }: RequestContext): ResponseBody {
  const request = readValues(parameters.values, readers);
  if (!request) return errorResponse('parameters');
  const since = instant - request.hour * hour;
  const found = account.incoming
    .filter(
      ({ id, receivedAt, to }) =>
        receivedAt >= since &&
        Number(id) > request.after_id &&
        (request.to_phone === null || to === request.to_phone),
    )
    .slice(0, request.cnt);
  if (found.length === 0) return errorResponse('noRecords');
  return listResponse(
    found.map((each) => [
      ['id', Number(each.id)],
      ['received', writeDate(each.receivedAt, account.utcOffset)],
      ['phone', each.from],
      ['message', each.text],
      ['to_phone', each.to],
      ['sent', writeDate(each.sentAt, account.utcOffset)],
    ]),
  );
}
