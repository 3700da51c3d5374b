import type { Endpoint } from './endpoint.ts';
import { readAction } from '../params/action.ts';
import { type RequestContext, valueOf } from '../state/request-context.ts';
import { dayOf } from '../state/turnover.ts';
import { errorResponse } from '../wire/errors.ts';
import { recordResponse } from '../wire/rows.ts';
import { clicksOn, type ShortLink } from '../state/short-links.ts';

const monthOf = (day: number): string => new Date(day * 86_400_000).toISOString().slice(0, -17);

/**
 * Finds a link by its id or address. The documentation does not say if `link` is the short or the original address, so both
 * are accepted.
 */
function findLink(context: RequestContext): ShortLink | undefined {
  const { links } = context.account;
  const [link, id] = [valueOf(context, 'link'), valueOf(context, 'id')];
  if (link === '') return [...links.values()].find((each) => String(each.id) === id);
  return links.get(link) ?? [...links.values()].find((each) => each.link === link);
}

/**
 * `tinyurls.php`: the number of clicks on a short link. The five members are known; there may be further members.
 * Assumption: `cnt_mon` counts from the first day of the month.
 */
export const shortLink: Endpoint = {
  path: '/sys/tinyurls.php',
  respond: (context) => {
    const action = readAction(context.parameters.values, ['get']);
    const isNamed = valueOf(context, 'link') !== '' || valueOf(context, 'id') !== '';
    if (!action || !isNamed) return errorResponse('parameters');
    const found = findLink(context);
    if (!found) return errorResponse('linkNotFound');
    const today = dayOf(context.instant, context.account.utcOffset);
    return recordResponse([
      ['id', found.id],
      ['cnt', clicksOn(found, () => true)],
      ['cnt_mon', clicksOn(found, (day) => monthOf(day) === monthOf(today))],
      ['cnt_day', clicksOn(found, (day) => day === today)],
      ['cnt_yes', clicksOn(found, (day) => day === today - 1)],
    ]);
  },
};
