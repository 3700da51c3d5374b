import type { Json } from '../exchange/json.ts';

/** Layout of an endpoint's response in the formats without member names (fmt 0 and 1). Members are named as in JSON. */
export interface ReplyLayout {
  /** Members of the first line, in order, in fmt 1, and in fmt 0 if it is not a sentence. The last ones may be missing. */
  readonly columns: readonly string[];
  /** Adds the columns of an HLR request after `columns`. */
  readonly hlr?: true;
  /** Layout of the lines after the first: `member` contains the list, `columns` are the members of each line. */
  readonly rows?: { readonly member: string; readonly columns: readonly string[] };
}

/** Layout for formats that name their members. */
export const noLayout: ReplyLayout = { columns: [] };

/** One of the gateway's four reply formats. */
export interface ReplyFormat {
  /** Value of the request parameter `fmt`. */
  readonly fmt: 0 | 1 | 2 | 3;
  /** Parses a text. The result is the same in every format. Throws if the text does not have this format. */
  readonly read: (text: string, layout?: ReplyLayout) => Json;
}

/** Combines names and values to an object. Empty values are left out, since an empty column means a missing member. */
export const zip = (names: readonly string[], values: readonly string[]): Record<string, string> =>
  Object.fromEntries(values.flatMap((value, index) => (value ? [[names[index]!, value]] : [])));
