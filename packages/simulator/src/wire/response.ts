/** Response formats, the parameter `fmt`: 0 a sentence, 1 columns, 2 XML, 3 JSON. */
export type ResponseFormat = 0 | 1 | 2 | 3;

/** Content of a response, which is written in the format that the request asks for. */
export interface ResponseBody {
  /** Error number. Absent if the request succeeded. */
  readonly error?: number;
  readonly write: (format: ResponseFormat) => string;
  /** File that is sent unchanged instead of a text. */
  readonly file?: ResponseFile;
}

/** File in a response. */
export interface ResponseFile {
  readonly contentType: string;
  readonly content: Uint8Array;
}

/** Creates a response that is a file. The default content type is an assumption. */
export const fileResponse = (
  content: Uint8Array,
  contentType = 'application/octet-stream',
): ResponseBody => ({
  write: () => '',
  file: { contentType, content },
});

/** Member of a response. Numbers stay numbers in JSON. */
export type Member = readonly [name: string, value: string | number];

/**
 * Writes JSON in the gateway's layout: one member per line, no indentation, nothing after the last brace. Source: recorded.
 *
 * @param list JSON text of further members, appended as it is
 */
export const toJson = (members: readonly Member[], list = ''): string =>
  `{\n${members.map(([name, value]) => `"${name}": ${JSON.stringify(value)}`).join(',\n')}${list}\n}`;

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** Escapes text for XML. Assumption: characters that XML does not allow become `?`. */
export const escapeXml = (value: string | number): string =>
  String(value)
    .replace(/[&<>"]/g, (character) => entities[character]!)
    .replace(/[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/g, '?');

/** Writes members as XML elements, one per line. */
export const toElements = (members: readonly Member[]): string =>
  members.map(([name, value]) => `<${name}>${escapeXml(value)}</${name}>\n`).join('');

/** Writes XML as the gateway's page shows it, without an XML declaration. */
export const toXml = (members: readonly Member[], list = ''): string =>
  `<result>\n${toElements(members)}${list}</result>`;

/** Converts an id to its JSON value: a number if it is a positive 32-bit integer, otherwise text. Source: recorded. */
export const idValue = (id: string): string | number =>
  /^[1-9]\d{0,9}$/.test(id) && Number(id) <= 2147483647 ? Number(id) : id;
