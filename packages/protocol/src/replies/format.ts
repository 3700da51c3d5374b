import type { Json } from '../exchange/json.ts';

/** Layout of an endpoint's response in the formats without member names (fmt 0 and 1). Members are named as in JSON. */
export interface ReplyLayout {
  /**
   * Members of the first line, in order. Used for fmt 1, and for fmt 0 if the line is not a sentence. Members at the
   * end may be missing.
   */
  readonly columns: readonly string[];
  /** Set if the columns of an HLR result can follow `columns`. */
  readonly hlr?: true;
  /**
   * Layout of the lines after the first line. The lines become the list `member`; each line has the members `columns`.
   */
  readonly rows?: { readonly member: string; readonly columns: readonly string[] };
}

/** Layout for formats that name their members. */
export const noLayout: ReplyLayout = { columns: [] };

/** One of the gateway's four reply formats. */
export interface ReplyFormat {
  /** Value of the request parameter `fmt`. */
  readonly fmt: 0 | 1 | 2 | 3;
  /**
   * Parses the text of a reply. The same reply gives the same result in every format. Throws if the text does not have
   * this format.
   */
  readonly read: (text: string, layout?: ReplyLayout) => Json;
}

/** Combines names and values into an object. Empty values are left out, since an empty column means a missing member. */
export const zip = (names: readonly string[], values: readonly string[]): Record<string, string> =>
  Object.fromEntries(values.flatMap((value, index) => (value ? [[names[index]!, value]] : [])));
