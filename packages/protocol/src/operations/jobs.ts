import { type Day, checkPeriod, day } from '../params/day.ts';
import { flag } from '../params/flag.ts';
import { needed } from '../params/needed.ts';
import { record, type RecordId } from '../params/record.ts';
import { jsonFormat } from '../replies/json.ts';
import type { JsonObject } from '../exchange/json.ts';
import type { Operation } from '../core/operation.ts';
import {
  type Done,
  readDone,
  readExtra,
  readObject,
  readOptionalAmount,
  readOptionalText,
  readRow,
  readRows,
  readText,
} from '../core/read.ts';
import { jobErrors } from '../tables/errors.ts';
import { checkMailing, type CreateJobInput, mailingFields } from './job-fields.ts';

/** A mailing that was made. */
export interface CreatedJob {
  /** The gateway's number for it. */
  readonly id: string;
  /** What it costs, as an exact decimal. Only with `report`. */
  readonly cost: string | undefined;
  /** Members of the answer that are not known here. */
  readonly extra: JsonObject;
}

/** A mailing. Its members are not documented where we could read it: these three come from third parties. */
export interface Job {
  readonly id: string | undefined;
  readonly name: string | undefined;
  /** How far it has come, as the gateway writes it. */
  readonly status: string | undefined;
  /** Everything else of the answer, as it came. */
  readonly extra: JsonObject;
}

/** Which mailing. */
export interface JobInput {
  readonly id: RecordId;
  /** It is a mailing of e-mails. Default: false. */
  readonly email?: boolean | undefined;
}

/** Which mailing. */
export interface JobKey {
  readonly id: RecordId;
}

/** Which mailings. Default: all that the gateway gives. */
export interface JobsInput {
  readonly from?: Day | undefined;
  readonly to?: Day | undefined;
}

const id = /* @__PURE__ */ record('id');

const readMailing = (row: JsonObject): Job => ({
  id: readOptionalText(row, 'id'),
  name: readOptionalText(row, 'name'),
  status: readOptionalText(row, 'status'),
  extra: readExtra(row, ['id', 'name', 'status']),
});

/** Makes a mailing, which the gateway then sends by itself. It takes one identical request a minute. */
export const createJob: Operation<CreateJobInput, CreatedJob, 'spends'> = {
  name: 'createJob',
  path: 'sys/jobs.php',
  effect: 'spends',
  fields: mailingFields,
  constants: { add: 1 },
  rules: checkMailing,
  errors: jobErrors,
  layout: { columns: ['id', 'cost'] },
  result: (reply) => {
    const object = readObject(reply);
    return {
      id: readText(object, 'id'),
      cost: readOptionalAmount(object, 'cost'),
      extra: readExtra(object, ['id', 'cost']),
    };
  },
};

/** One mailing. */
export const job: Operation<JobInput, Job, 'reads'> = {
  name: 'job',
  path: 'sys/jobs.php',
  effect: 'reads',
  fields: { id, email: /* @__PURE__ */ flag('mail') },
  constants: { get: 1 },
  rules: /* @__PURE__ */ needed('id'),
  errors: jobErrors,
  format: jsonFormat,
  result: (reply) => readMailing(readRow(reply)),
};

/** Mailings of a time. */
export const jobs: Operation<JobsInput, readonly Job[], 'reads'> = {
  name: 'jobs',
  path: 'sys/jobs.php',
  effect: 'reads',
  fields: { from: /* @__PURE__ */ day('start'), to: /* @__PURE__ */ day('end') },
  constants: { get_all: 1 },
  rules: (input, at) => checkPeriod(input, at),
  errors: jobErrors,
  empty: 3,
  format: jsonFormat,
  result: (reply) => readRows(reply).map(readMailing),
};

/** Stops a mailing that has not been sent yet. */
export const cancelJob: Operation<JobKey, Done, 'idempotent'> = {
  name: 'cancelJob',
  path: 'sys/jobs.php',
  effect: 'idempotent',
  fields: { id },
  constants: { cancel: 1 },
  rules: /* @__PURE__ */ needed('id'),
  errors: jobErrors,
  layout: { columns: [] },
  result: readDone,
};

/** Removes a mailing. */
export const removeJob: Operation<JobKey, Done, 'idempotent'> = {
  name: 'removeJob',
  path: 'sys/jobs.php',
  effect: 'idempotent',
  fields: { id },
  constants: { del: 1 },
  rules: /* @__PURE__ */ needed('id'),
  errors: jobErrors,
  layout: { columns: [] },
  result: readDone,
};
