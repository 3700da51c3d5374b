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
import { adviceTable, type AdviceTable, notFound, retryLater } from '../tables/advice.ts';
import { type ErrorTable, errorTable } from '../tables/errors.ts';

/** Kind of message that a template is for. */
export type TemplateKind = 'sms' | 'flash' | 'binary' | 'wap-push' | 'mms' | 'voice' | 'email' | 'viber';

/** Message template. */
export interface Template {
  /** Id of the template in the gateway. Pass it as `template` of a job. */
  readonly id: string;
  /** Name of the template. */
  readonly name: string | undefined;
  /** Text of the template. */
  readonly text: string | undefined;
  /** Sender name of the template. */
  readonly sender: string | undefined;
  /**
   * Kind of message, in the gateway's wording: `sms`, `call`, `mail` and others. `undefined` if the template is for all
   * kinds.
   */
  readonly format: string | undefined;
  /** Bit flags of the template, unchanged. */
  readonly flags: string | undefined;
  /** Other members of the response, unchanged. */
  readonly extra: JsonObject;
}

/** New template. */
export interface AddTemplateInput {
  /** Name of the template. */
  readonly name: string;
  /** Text, 1 to 1000 UTF-16 code units. */
  readonly text: string;
  /** Kind of message that the template is for. Default: all kinds. */
  readonly kind?: TemplateKind | undefined;
  /** Sender name. */
  readonly sender?: string | undefined;
  /** Adds the template as a signature to every message. */
  readonly signature?: boolean | undefined;
}

/** Changes of a template. */
export interface ChangeTemplateInput extends Partial<AddTemplateInput> {
  /** Id of the template. */
  readonly id: RecordId;
}

/** Template to remove. */
export interface RemoveTemplateInput {
  /** Id of the template. */
  readonly id: RecordId;
}

/** Errors of `templates.php`. Source: third parties. */
const templateErrors: ErrorTable = /* @__PURE__ */ errorTable({
  3: 'template not found',
  5: 'template could not be saved or removed',
});

/** Advice on the errors of templates. */
export const templateAdvice: AdviceTable = /* @__PURE__ */ adviceTable({ 3: notFound, 5: retryLater });

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

/**
 * Returns all templates of the account. The list is empty if there are none.
 *
 * @example
 * ```ts
 * const all = await smsc.call(templates, {});
 * ```
 */
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

/**
 * Adds a template.
 *
 * @example
 * ```ts
 * const added = await smsc.call(addTemplate, { name: 'Order shipped', text: 'Ваше замовлення в дорозі', kind: 'sms' });
 * if (added.outcome === 'accepted') console.log(added.id);
 * ```
 */
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

/**
 * Changes a template. Members that are left out stay unchanged.
 *
 * @example
 * ```ts
 * await smsc.call(changeTemplate, { id: 17, text: 'Ваше замовлення вже їде' });
 * ```
 */
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

/**
 * Removes a template.
 *
 * @example
 * ```ts
 * await smsc.call(removeTemplate, { id: 17 });
 * ```
 */
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
