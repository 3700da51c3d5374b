import type { Endpoint } from './endpoint.ts';
import { readAction } from '../params/action.ts';
import { optional, pageId, readValues, recordId, text, wholeNumber } from '../params/read-values.ts';
import { fileResponse } from '../wire/response.ts';
import { writeDate } from '../wire/dates.ts';
import { errorResponse } from '../wire/errors.ts';
import { listResponse } from '../wire/rows.ts';

const readers = {
  cnt: wholeNumber(0, 999_999_999, Infinity),
  after_id: pageId(0),
  id: optional(recordId),
  name: text,
};

/**
 * `downloads.php`: exported files. The members and the order of the list, the type of the files and the errors are not
 * known. Assumptions: an empty list gets error 3, as at the other endpoints, and a missing file gets error 1.
 */
export const downloads: Endpoint = {
  path: '/sys/downloads.php',
  respond: ({ account, parameters }) => {
    const action = readAction(parameters.values, ['get_list', 'get_file']);
    const request = readValues(parameters.values, readers);
    if (!action || !request) return errorResponse('parameters');
    const { cnt, after_id: afterId, id, name } = request;
    const all = account.downloads.map((each, index) => ({ ...each, id: index + 1 }));
    if (action === 'get_file') {
      const file = all.find((each) => (id === null ? name !== '' && each.name === name : each.id === id));
      return file ? fileResponse(file.content) : errorResponse('parameters');
    }
    const found = all.filter((each) => each.id > afterId).slice(0, cnt);
    if (found.length === 0) return errorResponse('noRecords');
    return listResponse(
      found.map((each) => [
        ['id', each.id],
        ['name', each.name],
        ['size', each.content.length],
        ['date', writeDate(each.madeAt ?? 0, account.utcOffset)],
      ]),
    );
  },
};
