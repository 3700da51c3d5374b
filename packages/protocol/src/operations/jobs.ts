import { type Day, checkPeriod, day } from '../params/day.ts';
import { flag } from '../params/flag.ts';
import { needed } from '../params/needed.ts';
import { record, type RecordId } from '../params/record.ts';
import { json } from '../replies/json.ts';
import type { JsonObject } from '../exchange/json.ts';
import type { Operation } from '../core/operation.ts';
import { type Done, readDone, readExtra, readObject, readOptionalAmount, readOptionalText, readRow, readRows, readText } from '../core/read.ts';
import { mailingErrors } from '../tables/errors.ts';
import { checkMailing, type CreateMailingInput, mailingFields } from './job-fields.ts';

/** A mailing that was made. */
export interface CreatedMailing {
  /** The gateway's number for it. */
  readonly id: string;
  /** What it costs, as an exact decimal. Only with `report`. */
  readonly cost: string | undefined;
  /** Members of the answer that are not known here. */
  readonly extra: JsonObject;
}

/** A mailing. Its members are not documented where we could read it: these three come from third parties. */
export interface Mailing {
  readonly id: string | undefined;
  readonly name: string | undefined;
  /** How far it has come, as the gateway writes it. */
  readonly status: string | undefined;
  /** Everything else of the answer, as it came. */
  readonly extra: JsonObject;
}

/** Which mailing. */
export interface MailingInput {
  readonly id: RecordId;
  /** It is a mailing of e-mails. Default: false. */
  readonly email?: boolean | undefined;
}

/** Which mailing. */
export interface MailingKey {
  readonly id: RecordId;
}

/** Which mailings. Default: all that the gateway gives. */
export interface MailingsInput {
  readonly from?: Day | undefined;
  readonly to?: Day | undefined;
}

const id = /* @__PURE__ */ record('id');

const readMailing = (row: JsonObject): Mailing => ({
  id: readOptionalText(row, 'id'),
  name: readOptionalText(row, 'name'),
  status: readOptionalText(row, 'status'),
  extra: readExtra(row, ['id', 'name', 'status']),
});

/** Makes a mailing, which the gateway then sends by itself. It takes one identical request a minute. */
export const createMailing: Operation<CreateMailingInput, CreatedMailing, 'spends'> = {
  name: 'createMailing',
  path: 'sys/jobs.php',
  effect: 'spends',
  fields: mailingFields,
  constants: { add: 1 },
  rules: checkMailing,
  errors: mailingErrors,
  layout: { columns: ['id', 'cost'] },
  result: (reply) => {
    const object = readObject(reply);
    return { id: readText(object, 'id'), cost: readOptionalAmount(object, 'cost'), extra: readExtra(object, ['id', 'cost']) };
  },
};

/** One mailing. */
export const mailing: Operation<MailingInput, Mailing, 'reads'> = {
  name: 'mailing',
  path: 'sys/jobs.php',
  effect: 'reads',
  fields: { id, email: /* @__PURE__ */ flag('mail') },
  constants: { get: 1 },
  rules: /* @__PURE__ */ needed('id'),
  errors: mailingErrors,
  format: json,
  result: (reply) => readMailing(readRow(reply)),
};

/** Mailings of a time. */
export const mailings: Operation<MailingsInput, readonly Mailing[], 'reads'> = {
  name: 'mailings',
  path: 'sys/jobs.php',
  effect: 'reads',
  fields: { from: /* @__PURE__ */ day('start'), to: /* @__PURE__ */ day('end') },
  constants: { get_all: 1 },
  rules: (input, at) => checkPeriod(input, at),
  errors: mailingErrors,
  empty: 3,
  format: json,
  result: (reply) => readRows(reply).map(readMailing),
};

/** Stops a mailing that has not been sent yet. */
export const cancelMailing: Operation<MailingKey, Done, 'settles'> = {
  name: 'cancelMailing',
  path: 'sys/jobs.php',
  effect: 'settles',
  fields: { id },
  constants: { cancel: 1 },
  rules: /* @__PURE__ */ needed('id'),
  errors: mailingErrors,
  layout: { columns: [] },
  result: readDone,
};

/** Removes a mailing. */
export const removeMailing: Operation<MailingKey, Done, 'settles'> = {
  name: 'removeMailing',
  path: 'sys/jobs.php',
  effect: 'settles',
  fields: { id },
  constants: { del: 1 },
  rules: /* @__PURE__ */ needed('id'),
  errors: mailingErrors,
  layout: { columns: [] },
  result: readDone,
};
