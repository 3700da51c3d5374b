import type { ResponseBody } from '../wire/response.ts';
import { type RequestContext, valueOf } from '../state/request-context.ts';
import { writeDate } from '../wire/dates.ts';
import { readPhone } from '../params/recipients.ts';
import { errorResponse } from '../wire/errors.ts';
import { listResponse } from '../wire/rows.ts';

/** «At most 10000», «at most 168 hours back»; as many and as far where nothing else is asked for: assumed. */
const mostAnswers = 10_000;
const mostHours = 168;
const hour = 3_600_000;

/** `get_answers`: messages that came in, oldest first: assumed. `after_id` goes on behind the message of that number. */
export function incoming(call: RequestContext): ResponseBody {
  const { account, instant } = call;
  const get = (name: string): string => valueOf(call, name);
  const [cnt, hours, after, to] = [
    get('cnt') || String(mostAnswers),
    get('hour') || String(mostHours),
    get('after_id'),
    get('to_phone'),
  ];
  if (!/^\d{1,5}$/.test(cnt) || Number(cnt) < 1 || Number(cnt) > mostAnswers)
    return errorResponse('parameters');
  if (!/^\d{1,3}$/.test(hours) || Number(hours) < 1 || Number(hours) > mostHours || !/^\d{0,15}$/.test(after))
    return errorResponse('parameters');
  const since = instant - Number(hours) * hour;
  const found = account.incoming
    .filter(
      (each) =>
        each.receivedAt >= since &&
        Number(each.id) > Number(after) &&
        (to === '' || each.to === (readPhone(to) ?? to)),
    )
    .slice(0, Number(cnt));
  if (found.length === 0) return errorResponse('nothing');
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
