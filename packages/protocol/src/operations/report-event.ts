import { flag } from '../params/flag.ts';
import { needed } from '../params/needed.ts';
import { record, type RecordId } from '../params/record.ts';
import { line, words } from '../params/text.ts';
import { jsonFormat } from '../replies/json.ts';
import type { Operation } from '../core/operation.ts';
import { readAcknowledged, type Acknowledged } from '../core/read.ts';
import { type ErrorTable, errorTable } from '../tables/errors.ts';

/** Event to report. */
export interface ReportEventInput {
  /** Id of the task group, as set up in the gateway's web interface. The group defines who is notified. */
  readonly group: RecordId;
  /** Value of `{NAME}` in the template. */
  readonly name?: string | undefined;
  /** Value of `{HOST}` in the template. */
  readonly host?: string | undefined;
  /** Value of `{INFO}` in the template. */
  readonly info?: string | undefined;
  /** Sends the template for a recovery instead of the template for a failure. Default: false. */
  readonly recovered?: boolean | undefined;
}

/** Errors of `ping.php`: only the errors that every endpoint has (inferred). */
const eventErrors: ErrorTable = /* @__PURE__ */ errorTable();

/**
 * Notifies the members of a task group about a failure or a recovery. The texts come from templates in the gateway's
 * web interface. The response is not documented: every response that is not an error counts as success.
 *
 * @example
 * ```ts
 * await smsc.call(reportEvent, { group: 3, host: 'db1', info: 'disk full' });
 * ```
 */
export const reportEvent: Operation<ReportEventInput, Acknowledged, 'spends'> = {
  name: 'reportEvent',
  path: 'sys/ping.php',
  effect: 'spends',
  fields: {
    group: /* @__PURE__ */ record('id'),
    name: /* @__PURE__ */ line('name'),
    host: /* @__PURE__ */ line('host'),
    info: /* @__PURE__ */ words('info'),
    recovered: /* @__PURE__ */ flag('ok'),
  },
  rules: /* @__PURE__ */ needed('group'),
  errors: eventErrors,
  format: jsonFormat,
  result: readAcknowledged,
};
