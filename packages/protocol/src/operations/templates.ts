import { choice } from '../params/choice.ts';
import { toggle } from '../params/flag.ts';
import { all, anyOf, needed } from '../params/needed.ts';
import { record, type RecordId } from '../params/record.ts';
import { sender } from '../params/sender.ts';
import { line, words } from '../params/text.ts';
import type { Field } from '../core/field.ts';
import { jsonFormat } from '../replies/json.ts';
import type { JsonObject } from '../exchange/json.ts';
import type { Operation } from '../core/operation.ts';
import {
  type Created,
  type Done,
  readCreated,
  readDone,
  readExtra,
  readOptionalText,
  readRows,
  readText,
} from '../core/read.ts';
import { templateErrors } from '../tables/errors.ts';

/** A kind of message that a template can be for. */
export type TemplateKind = 'sms' | 'flash' | 'binary' | 'wap-push' | 'mms' | 'voice' | 'email' | 'viber';

/** A message template. */
export interface Template {
  /** The gateway's number for it: what a mailing's `template` takes. */
  readonly id: string;
  readonly name: string | undefined;
  readonly text: string | undefined;
  readonly sender: string | undefined;
  /** What it is for, in the gateway's word: `sms`, `call`, `mail` … Absent where it is for all. */
  readonly format: string | undefined;
  /** The gateway's bits, as they came. */
  readonly flags: string | undefined;
  /** Members of the answer that are not known here. */
  readonly extra: JsonObject;
}

/** What a template is made of. */
export interface AddTemplateInput {
  readonly name: string;
  /** The text: 1 to 1000 UTF-16 code units. */
  readonly text: string;
  /** What it is for. Default: not said. */
  readonly kind?: TemplateKind | undefined;
  readonly sender?: string | undefined;
  /** Use it as a signature under every message. */
  readonly signature?: boolean | undefined;
}

/** Which template, and what is to be other. */
export interface ChangeTemplateInput extends Partial<AddTemplateInput> {
  readonly id: RecordId;
}

/** Which template. */
export interface RemoveTemplateInput {
  readonly id: RecordId;
}

const kind: Field<TemplateKind> = /* @__PURE__ */ choice<TemplateKind>('format', {
  sms: 'sms',
  flash: 'flash',
  binary: 'bin',
  'wap-push': 'push',
  mms: 'mms',
  voice: 'call',
  email: 'mail',
  viber: 'viber',
});

const name = /* @__PURE__ */ line('name');
const text = /* @__PURE__ */ words('msg', 1000);
const signature = /* @__PURE__ */ toggle('fl[1]');
const id = /* @__PURE__ */ record('id');

/** All templates of the account; none is an empty list. */
export const templates: Operation<Record<never, never>, readonly Template[], 'reads'> = {
  name: 'templates',
  path: 'sys/templates.php',
  effect: 'reads',
  fields: {},
  constants: { get: 1 },
  errors: templateErrors,
  empty: 3,
  format: jsonFormat,
  result: (reply) =>
    readRows(reply).map((row) => ({
      id: readText(row, 'id'),
      name: readOptionalText(row, 'name'),
      text: readOptionalText(row, 'message'),
      sender: readOptionalText(row, 'sender'),
      format: readOptionalText(row, 'format'),
      flags: readOptionalText(row, 'flag'),
      extra: readExtra(row, ['id', 'name', 'message', 'sender', 'format', 'flag']),
    })),
};

/** Adds a template. */
export const addTemplate: Operation<AddTemplateInput, Created, 'spends'> = {
  name: 'addTemplate',
  path: 'sys/templates.php',
  effect: 'spends',
  fields: { name, text, kind, sender, signature },
  constants: { add: 1 },
  rules: /* @__PURE__ */ needed('name', 'text'),
  errors: templateErrors,
  format: jsonFormat,
  result: readCreated,
};

/** Changes a template. What is left out stays as it is. */
export const changeTemplate: Operation<ChangeTemplateInput, Done, 'idempotent'> = {
  name: 'changeTemplate',
  path: 'sys/templates.php',
  effect: 'idempotent',
  fields: { id, name, text, kind, sender, signature },
  constants: { chg: 1 },
  rules: /* @__PURE__ */ all(
    /* @__PURE__ */ needed('id'),
    /* @__PURE__ */ anyOf('name', 'text', 'kind', 'sender', 'signature'),
  ),
  errors: templateErrors,
  format: jsonFormat,
  result: readDone,
};

/** Removes a template. */
export const removeTemplate: Operation<RemoveTemplateInput, Done, 'idempotent'> = {
  name: 'removeTemplate',
  path: 'sys/templates.php',
  effect: 'idempotent',
  fields: { id },
  constants: { del: 1 },
  rules: /* @__PURE__ */ needed('id'),
  errors: templateErrors,
  format: jsonFormat,
  result: readDone,
};
