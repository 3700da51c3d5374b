import { readAction } from '../params/action.ts';
import type { ResponseBody } from '../wire/response.ts';
import { type RequestContext, valueOf } from '../state/request-context.ts';
import { dayOf } from '../state/turnover.ts';
import { errorResponse } from '../wire/errors.ts';
import { recordResponse } from '../wire/rows.ts';
import { clicksOn } from '../state/short-links.ts';

const monthOf = (day: number): string => new Date(day * 86_400_000).toISOString().slice(0, -17);

/**
 * `tinyurls.php`: how often a short link was followed. Only these five members are known. Whether `link` is the short
 * address or what it stands for is not said: both are taken. A month is one of the calendar: assumed.
 */
export function shortLink(call: RequestContext): ResponseBody {
  const { account, instant } = call;
  const action = readAction(call.parameters.values, ['get']);
  const [link, id] = [valueOf(call, 'link'), valueOf(call, 'id')];
  if (!action || (link === '' && id === '')) return errorResponse('parameters');
  const found =
    account.links.get(link) ??
    [...account.links.values()].find((each) => (link === '' ? String(each.id) === id : each.link === link));
  if (!found) return errorResponse('link');
  const today = dayOf(instant, account.utcOffset);
  return recordResponse([
    ['id', found.id],
    ['cnt', clicksOn(found, () => true)],
    ['cnt_mon', clicksOn(found, (day) => monthOf(day) === monthOf(today))],
    ['cnt_day', clicksOn(found, (day) => day === today)],
    ['cnt_yes', clicksOn(found, (day) => day === today - 1)],
  ]);
}
