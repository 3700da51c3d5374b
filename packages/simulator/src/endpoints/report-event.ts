import type { Endpoint } from './endpoint.ts';
import { flag, readValues, recordId } from '../params/read-values.ts';
import { valueOf } from '../state/request-context.ts';
import { errorResponse } from '../wire/errors.ts';
import { okResponse } from '../wire/rows.ts';

/** Maximum number of events to keep. */
const maxEvents = 1000;

const names = ['id', 'name', 'host', 'info', 'ok'];

/**
 * `ping.php`: reports an event to a group of people. The simulator stores the event and notifies nobody. The response is an
 * assumption.
 */
export const reportEvent: Endpoint = {
  path: '/sys/ping.php',
  respond: (context) => {
    const { events } = context.account;
    if (!readValues(context.parameters.values, { id: recordId, ok: flag }))
      return errorResponse('parameters');
    events.push(new Map(names.map((name) => [name, valueOf(context, name)])));
    if (events.length > maxEvents) events.shift();
    return okResponse;
  },
};
