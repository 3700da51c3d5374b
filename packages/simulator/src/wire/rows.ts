import { type ResponseBody, type Member, toElements, toJson, toXml } from './response.ts';

/*
 * Responses that several endpoints share. Their JSON is known for each endpoint that uses them; sentences and columns
 * are known where the endpoint says so. The rest is an assumption: sentences are `name = value` pairs as in the
 * recorded lines of `get.php`, columns have the order of the members, and XML has the members of JSON as elements.
 */

/** One record: its members in order. */
export type Row = readonly Member[];

const sentence = (row: Row): string => row.map(([name, value]) => `${name} = ${value}`).join(', ');
const columns = (row: Row): string => row.map(([, value]) => value).join(',');

/** Creates a list: one line a record, `<results>`, or a JSON array. */
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

/** Creates the response with the id of a new record: `ID = 12`, documented for contacts; `{"id": 12}`. */
export const createdResponse = (id: number): ResponseBody => ({
  write: (format) => {
    if (format < 2) return format === 0 ? `ID = ${id}` : String(id);
    return format === 2 ? toXml([['id', id]]) : toJson([['id', id]]);
  },
});

/**
 * The response `OK`. XML is written as on the gateway's page about jobs. Clients have seen both the bare word and an
 * object in place of JSON; this is the object, which is recorded for contacts.
 */
export const okResponse: ResponseBody = {
  write: (format) => {
    if (format < 2) return 'OK';
    return format === 2 ? toElements([['result', 'OK']]).trimEnd() : toJson([['result', 'OK']]);
  },
};

/** The response `OK` as a bare word even if JSON was requested. Source: recorded for templates. */
export const bareOkResponse: ResponseBody = {
  write: (format) => (format === 3 ? 'OK' : okResponse.write(format)),
};
