import { oneOf } from '../params/needed.ts';
import { whole } from '../params/number.ts';
import { record, type RecordId } from '../params/record.ts';
import { line } from '../params/text.ts';
import { file } from '../replies/file.ts';
import { jsonFormat } from '../replies/json.ts';
import type { JsonObject } from '../exchange/json.ts';
import type { Operation } from '../core/operation.ts';
import { type GatewayFile, readExtra, readFile, readOptionalText, readRows } from '../core/read.ts';
import { type ErrorTable, errorTable } from '../tables/errors.ts';

/** Selects a page of the list of exports. */
export interface DownloadsInput {
  /** Maximum number of exports. Default: chosen by the gateway. */
  readonly count?: number | undefined;
  /** Only exports after the export with this id. */
  readonly after?: RecordId | undefined;
}

/** Export that was ordered in the gateway's web interface. Its members are not documented. */
export interface Download {
  /** Id of the export, for `downloadFile`. */
  readonly id: string | undefined;
  /** File name of the export, for `downloadFile`. */
  readonly name: string | undefined;
  /** Other members of the response, unchanged. */
  readonly extra: JsonObject;
}

/** Export to download. Give either `id` or `name`. */
export interface DownloadFileInput {
  /** Id of the export. */
  readonly id?: RecordId | undefined;
  /** Name of the file. */
  readonly name?: string | undefined;
}

/** Errors of `downloads.php`: only the errors that every endpoint has (inferred). */
const downloadErrors: ErrorTable = /* @__PURE__ */ errorTable();

/**
 * Returns the exports that were ordered in the gateway's web interface. The list is empty if there are none; the
 * gateway then responds with error 3 (inferred).
 *
 * @example
 * ```ts
 * const [latest] = await smsc.call(downloads, { count: 1 });
 * ```
 */
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

/**
 * Downloads the file of an export.
 *
 * @example
 * ```ts
 * const { bytes } = await smsc.call(downloadFile, { id: 17 });
 * ```
 */
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
