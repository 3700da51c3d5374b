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
import { adviceTable, type AdviceTable, retryLater } from '../tables/advice.ts';
import { type ErrorTable, errorTable } from '../tables/errors.ts';
import { checkJob, type CreateJobInput, jobFields } from './job-fields.ts';

/** Job that was created. */
export interface CreatedJob {
  /** Id of the job in the gateway. */
  readonly id: string;
  /** Cost of the job, as an exact decimal. Present only with `report`. */
  readonly cost: string | undefined;
  /** Other members of the response, unchanged. */
  readonly extra: JsonObject;
}

/**
 * Job: a mailing that the gateway runs. The members of a job are not documented; `id`, `name` and `status` come from
 * third parties.
 */
export interface Job {
  /** Id of the job in the gateway. */
  readonly id: string | undefined;
  /** Name of the job. */
  readonly name: string | undefined;
  /** State of the job, in the gateway's wording. */
  readonly status: string | undefined;
  /** Other members of the response, unchanged. */
  readonly extra: JsonObject;
}

/** Job to look up. */
export interface JobInput {
  /** Id of the job. */
  readonly id: RecordId;
  /** True for a job that sends e-mails. Default: false. */
  readonly email?: boolean | undefined;
}

/** Job to cancel or remove. */
export interface JobKey {
  /** Id of the job. */
  readonly id: RecordId;
}

/** Filter for the list of jobs. Default: no filter. */
export interface JobsInput {
  /** First day. */
  readonly from?: Day | undefined;
  /** Last day. */
  readonly to?: Day | undefined;
}

/** Errors of `jobs.php`. Source: the gateway's page for jobs. */
const jobErrors: ErrorTable = /* @__PURE__ */ errorTable({
  3: 'job could not be saved',
  5: 'invalid date or time',
});

/** Advice on the errors of jobs. */
export const jobAdvice: AdviceTable = /* @__PURE__ */ adviceTable(
  {
    3: retryLater,
    5: 'correct the time of sending',
    9: 'list the jobs: the gateway may have created an identical job within the last minute; if it has not, wait a minute',
  },
  [9],
);

const id = /* @__PURE__ */ record('id');

const readJob = (row: JsonObject): Job => ({
  id: readOptionalText(row, 'id'),
  name: readOptionalText(row, 'name'),
  status: readOptionalText(row, 'status'),
  extra: readExtra(row, ['id', 'name', 'status']),
});

/**
 * Creates a job: a mailing that the gateway runs by itself. The gateway rejects a second identical request within a
 * minute.
 *
 * @example
 * ```ts
 * const created = await smsc.call(createJob, { name: 'Sale', to: { group: 7 }, text: 'Знижки до 50 %' });
 * if (created.outcome === 'accepted') console.log(created.id);
 * ```
 */
export const createJob: Operation<CreateJobInput, CreatedJob, 'spends'> = {
  name: 'createJob',
  path: 'sys/jobs.php',
  effect: 'spends',
  fields: jobFields,
  constants: { add: 1 },
  rules: checkJob,
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

/**
 * Returns one job.
 *
 * @example
 * ```ts
 * const { status: state } = await smsc.call(job, { id: 17 });
 * ```
 */
export const job: Operation<JobInput, Job, 'reads'> = {
  name: 'job',
  path: 'sys/jobs.php',
  effect: 'reads',
  fields: { id, email: /* @__PURE__ */ flag('mail') },
  constants: { get: 1 },
  rules: /* @__PURE__ */ needed('id'),
  errors: jobErrors,
  format: jsonFormat,
  result: (reply) => readJob(readRow(reply)),
};

/**
 * Returns the jobs of a period. The list is empty if there are none.
 *
 * @example
 * ```ts
 * const all = await smsc.call(jobs, { from: '2026-03-01', to: '2026-03-31' });
 * ```
 */
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
  result: (reply) => readRows(reply).map(readJob),
};

/**
 * Cancels a job that has not been sent yet.
 *
 * @example
 * ```ts
 * await smsc.call(cancelJob, { id: 17 });
 * ```
 */
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

/**
 * Removes a job.
 *
 * @example
 * ```ts
 * await smsc.call(removeJob, { id: 17 });
 * ```
 */
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
