import { oneOf } from '../params/needed.ts';
import { whole } from '../params/number.ts';
import { record, type RecordId } from '../params/record.ts';
import { line } from '../params/text.ts';
import { file } from '../replies/file.ts';
import { jsonFormat } from '../replies/json.ts';
import type { JsonObject } from '../exchange/json.ts';
import type { Operation } from '../core/operation.ts';
import { type GatewayFile, readExtra, readFile, readOptionalText, readRows } from '../core/read.ts';
import { downloadErrors } from '../tables/errors.ts';

/** Which exports. */
export interface DownloadsInput {
  /** How many at most. Default: the gateway's. */
  readonly count?: number | undefined;
  /** Those behind the one of this number. */
  readonly after?: RecordId | undefined;
}

/** An export that was asked for in the cabinet. Its members are not documented where we could read it. */
export interface Download {
  readonly id: string | undefined;
  readonly name: string | undefined;
  /** Everything else of the answer, as it came. */
  readonly extra: JsonObject;
}

/** Which export: by its number, or by the name of its file. One of the two. */
export interface DownloadFileInput {
  readonly id?: RecordId | undefined;
  readonly name?: string | undefined;
}

/** Exports that were asked for in the cabinet; none is an empty list. That error 3 says so is inferred. */
export const downloads: Operation<DownloadsInput, readonly Download[], 'reads'> = {
  name: 'downloads',
  path: 'sys/downloads.php',
  effect: 'reads',
  fields: { count: /* @__PURE__ */ whole('cnt', 1, 2147483647), after: /* @__PURE__ */ record('after_id') },
  constants: { get_list: 1 },
  errors: downloadErrors,
  empty: 3,
  format: jsonFormat,
  result: (reply) =>
    readRows(reply).map((row) => ({
      id: readOptionalText(row, 'id'),
      name: readOptionalText(row, 'name'),
      extra: readExtra(row, ['id', 'name']),
    })),
};

/** The file of an export. */
export const downloadFile: Operation<DownloadFileInput, GatewayFile, 'reads'> = {
  name: 'downloadFile',
  path: 'sys/downloads.php',
  effect: 'reads',
  fields: { id: /* @__PURE__ */ record('id'), name: /* @__PURE__ */ line('name') },
  constants: { get_file: 1 },
  rules: /* @__PURE__ */ oneOf('id', 'name'),
  errors: downloadErrors,
  format: file,
  result: readFile,
};
