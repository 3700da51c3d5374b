/** The four formats of answers: 0 a sentence, 1 columns, 2 XML, 3 JSON. */
export type ResponseFormat = 0 | 1 | 2 | 3;

/** An answer, before it is known how it will be written. */
export interface ResponseBody {
  /** The number of the error, for a refusal. */
  readonly error?: number;
  readonly write: (format: ResponseFormat) => string;
  /** A file instead of a text: its bytes go out as they are. */
  readonly file?: ResponseFile;
}

/** A file that the gateway answers with. */
export interface ResponseFile {
  readonly contentType: string;
  readonly content: Uint8Array;
}

/** An answer that is a file. Of which type the gateway says it is, is not known: assumed. */
export const fileResponse = (
  content: Uint8Array,
  contentType = 'application/octet-stream',
): ResponseBody => ({
  write: () => '',
  file: { contentType, content },
});

/** A member of an answer: numbers stay numbers in JSON. */
export type Member = readonly [name: string, value: string | number];

/** JSON as the gateway lays it out: one member a line, no indentation, nothing behind the last brace (recorded). */
export const toJson = (members: readonly Member[], list = ''): string =>
  `{\n${members.map(([name, value]) => `"${name}": ${JSON.stringify(value)}`).join(',\n')}${list}\n}`;

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** Text in XML. Characters that XML has no place for become `?`: assumed. */
export const escapeXml = (value: string | number): string =>
  String(value)
    .replace(/[&<>"]/g, (sign) => entities[sign]!)
    .replace(/[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/g, '?');

/** Members as elements, a line each. */
export const toElements = (members: readonly Member[]): string =>
  members.map(([name, value]) => `<${name}>${escapeXml(value)}</${name}>\n`).join('');

/** XML as the gateway's page shows it: without a declaration. */
export const toXml = (members: readonly Member[], list = ''): string =>
  `<result>\n${toElements(members)}${list}</result>`;

/** Ids are numbers where they are numeric, and text otherwise (recorded). */
export const idValue = (id: string): string | number =>
  /^[1-9]\d{0,9}$/.test(id) && Number(id) <= 2147483647 ? Number(id) : id;
