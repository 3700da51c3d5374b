import { type ResponseBody, type Member, toElements, toJson, toXml } from './response.ts';

/*
 * Answers that lists, single records and orders have in common. JSON is attested for each endpoint that uses them, and the
 * sentences and columns where the endpoint says so; everything else is assumed: `name = value` pairs as in the recorded
 * lines of `get.php`, columns in the order of the members, and the members of JSON as elements of XML.
 */

/** One record: its members in their order. */
export type Row = readonly Member[];

const sentence = (row: Row): string => row.map(([name, value]) => `${name} = ${value}`).join(', ');
const columns = (row: Row): string => row.map(([, value]) => value).join(',');

/** A list: a line each, `<results>`, or an array. */
export const listResponse = (rows: readonly Row[]): ResponseBody => ({
  write: (format) => {
    if (format < 2) return rows.map(format === 0 ? sentence : columns).join('\n');
    if (format === 3) return `[${rows.map((row) => toJson(row)).join(',\n')}]`;
    return `<results>\n${rows.map((row) => `${toXml(row)}\n`).join('')}</results>`;
  },
});

/** One record. */
export const recordResponse = (row: Row): ResponseBody => ({
  write: (format) => {
    if (format < 2) return format === 0 ? sentence(row) : columns(row);
    return format === 2 ? toXml(row) : toJson(row);
  },
});

/** The number of what was made: `ID = 12`, documented for contacts; `{"id": 12}`. */
export const createdResponse = (id: number): ResponseBody => ({
  write: (format) => {
    if (format < 2) return format === 0 ? `ID = ${id}` : String(id);
    return format === 2 ? toXml([['id', id]]) : toJson([['id', id]]);
  },
});

/**
 * `OK`. In XML as the gateway's page for mailings has it. For JSON both the bare word and an object are seen by clients;
 * this is the object, which is recorded for contacts.
 */
export const okResponse: ResponseBody = {
  write: (format) => {
    if (format < 2) return 'OK';
    return format === 2 ? toElements([['result', 'OK']]).trimEnd() : toJson([['result', 'OK']]);
  },
};

/** `OK` as a bare word even where JSON was asked for, as templates answer (recorded). */
export const bareOkResponse: ResponseBody = {
  write: (format) => (format === 3 ? 'OK' : okResponse.write(format)),
};
