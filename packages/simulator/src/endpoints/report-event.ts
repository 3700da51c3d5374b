import type { ResponseBody } from '../wire/response.ts';
import { type RequestContext, valueOf } from '../state/request-context.ts';
import { errorResponse } from '../wire/errors.ts';
import { okResponse } from '../wire/rows.ts';

/** How many events are remembered. */
const most = 1000;

/**
 * `ping.php`: an event for the people of a group, who are told nothing here; it is only written down. How the answer looks
 * is not known: assumed.
 */
export function reportEvent(call: RequestContext): ResponseBody {
  const { events } = call.account;
  if (!/^\d{1,15}$/.test(valueOf(call, 'id')) || !/^[01]?$/.test(valueOf(call, 'ok')))
    return errorResponse('parameters');
  const names = ['id', 'name', 'host', 'info', 'ok'];
  events.push(new Map(names.map((name) => [name, valueOf(call, name)])));
  if (events.length > most) events.shift();
  return okResponse;
}
