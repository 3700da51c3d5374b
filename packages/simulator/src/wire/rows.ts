import { type ResponseBody, type Member, toElements, toJson, toXml } from './response.ts';

/*
 * Responses that several endpoints share. The JSON of these responses is known for every endpoint that uses them. The other
 * formats are assumptions unless the comment of the endpoint says otherwise: sentences (`fmt=0`) are `name = value` pairs
 * as in the recorded lines of `get.php`, columns (`fmt=1`) have the order of the members, and XML has the members of JSON
 * as elements.
 */

/** One record: its members in order. */
export type Row = readonly Member[];

const sentence = (row: Row): string => row.map(([name, value]) => `${name} = ${value}`).join(', ');
const columns = (row: Row): string => row.map(([, value]) => value).join(',');

/** Creates a list: one line per record, XML records in `<results>`, or a JSON array. */
export const listResponse = (rows: readonly Row[]): ResponseBody => ({
  write: (format) => {
    if (format < 2) return rows.map(format === 0 ? sentence : columns).join('\n');
    if (format === 3) return `[${rows.map((row) => toJson(row)).join(',\n')}]`;
    return `<results>\n${rows.map((row) => `${toXml(row)}\n`).join('')}</results>`;
  },
});

/** Creates a response with one record. */
export const recordResponse = (row: Row): ResponseBody => ({
  write: (format) => {
    if (format < 2) return format === 0 ? sentence(row) : columns(row);
    return format === 2 ? toXml(row) : toJson(row);
  },
});

/** Creates the response with the id of a new record, such as `ID = 12` (documented for contacts) or `{"id": 12}`. */
export const createdResponse = (id: number): ResponseBody => ({
  write: (format) => {
    if (format < 2) return format === 0 ? `ID = ${id}` : String(id);
    return format === 2 ? toXml([['id', id]]) : toJson([['id', id]]);
  },
});

/**
 * The response `OK`. The XML follows the gateway's page about jobs. If JSON is requested, clients have received either an
 * object or the bare word `OK`. This response is the object, as recorded for contacts.
 */
export const okResponse: ResponseBody = {
  write: (format) => {
    if (format < 2) return 'OK';
    return format === 2 ? toElements([['result', 'OK']]).trimEnd() : toJson([['result', 'OK']]);
  },
};

/** The response `OK`, which is a bare word even if JSON was requested. Source: recorded for templates. */
export const bareOkResponse: ResponseBody = {
  write: (format) => (format === 3 ? 'OK' : okResponse.write(format)),
};
