import { flag } from '../params/flag.ts';
import { needed } from '../params/needed.ts';
import { record, type RecordId } from '../params/record.ts';
import { line, words } from '../params/text.ts';
import { jsonFormat } from '../replies/json.ts';
import type { Operation } from '../core/operation.ts';
import { readTaken, type Taken } from '../core/read.ts';
import { eventErrors } from '../tables/errors.ts';

/** What has happened, and whom to tell. */
export interface ReportEventInput {
  /** The group of tasks in the cabinet whose people are told. */
  readonly group: RecordId;
  /** What stands for `{NAME}` in the template. */
  readonly name?: string | undefined;
  /** What stands for `{HOST}` in the template. */
  readonly host?: string | undefined;
  /** What stands for `{INFO}` in the template. */
  readonly info?: string | undefined;
  /** It works again: the template for that is sent. Default: false, that for a failure. */
  readonly recovered?: boolean | undefined;
}

/**
 * Tells the people of a group that something failed or works again, by the templates of the cabinet. How the answer
 * looks is not documented where we could read it: any that is no error counts.
 */
export const reportEvent: Operation<ReportEventInput, Taken, 'spends'> = {
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
  result: readTaken,
};
