import type { Json } from '../exchange/json.ts';

/** How an endpoint lays its answer out in the formats that do not name its members. The names are those of the JSON form. */
export interface ReplyLayout {
  /** fmt 1, and fmt 0 where it is no sentence: the members of the first line, in order; those at the end may be missing. */
  readonly columns: readonly string[];
  /** Behind them stand those of HLR requests, where it was one. */
  readonly hlr?: true;
  /** Lines behind the first, in both: the member that holds the list, and the members of each line. */
  readonly rows?: { readonly member: string; readonly columns: readonly string[] };
}

/** The layout of what names its own members. */
export const noLayout: ReplyLayout = { columns: [] };

/** One of the gateway's four reply formats: the number to ask for, and how its answers are read. */
export interface ReplyFormat {
  readonly fmt: 0 | 1 | 2 | 3;
  /** Text to members, the same for the same answer in every format. Throws when the text is not of the format. */
  readonly read: (text: string, layout?: ReplyLayout) => Json;
}

/** Names to values: a line of a text format as an object. Empty values are left out, as if they had not been sent. */
export const zip = (names: readonly string[], values: readonly string[]): Record<string, string> =>
  Object.fromEntries(values.flatMap((value, at) => (value ? [[names[at]!, value]] : [])));
