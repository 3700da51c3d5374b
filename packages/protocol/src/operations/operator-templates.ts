import { checkEach } from '../core/checks.ts';
import type { Field } from '../core/field.ts';
import { checkChoice } from '../params/choice.ts';
import { needed } from '../params/needed.ts';
import { sender } from '../params/sender.ts';
import { words } from '../params/text.ts';
import { jsonFormat } from '../replies/json.ts';
import type { JsonObject } from '../exchange/json.ts';
import type { Operation } from '../core/operation.ts';
import { readExtra, readOptionalText, readRowOrRows, readRows } from '../core/read.ts';
import { adviceTable, type AdviceTable, notFound, retryLater } from '../tables/advice.ts';
import { type ErrorTable, errorTable } from '../tables/errors.ts';

/** Russian operator and kind of traffic of a template, as a code of the gateway. `soc` stands for social networks. */
export type OperatorTraffic =
  | 'mts_srv'
  | 'mts_auth'
  | 'mts_trn'
  | 'mega_srv'
  | 'mega_auth'
  | 'mega_trn'
  | 'mega_adv'
  | 'bee_srv'
  | 'bee_trn'
  | 'tele2_srv'
  | 'tele2_trn'
  | 'motiv_srv'
  | 'motiv_trn'
  | 'soc';

/** Template that is registered with an operator. */
export interface OperatorTemplate {
  /** Id of the template, assigned by the operator or by the gateway (not documented which of the two). */
  readonly id: string | undefined;
  /** Operator and kind of traffic, as readable text. */
  readonly name: string | undefined;
  /**
   * Other members of the response, unchanged, such as the state of the template. Only a part of the gateway's page is
   * known.
   */
  readonly extra: JsonObject;
}

/** Filter for the list of templates. */
export interface OperatorTemplatesInput {
  /** Only templates of this sender name. */
  readonly sender?: string | undefined;
  /** Only templates with this text. */
  readonly text?: string | undefined;
}

/** New template. */
export interface AddOperatorTemplateInput {
  /** Sender name of the messages. */
  readonly sender: string;
  /** Text of the template, in the notation of the operators. */
  readonly text: string;
  /** Operators and kinds of traffic. At least one. */
  readonly traffic: readonly OperatorTraffic[];
}

const known: readonly OperatorTraffic[] = [
  'mts_srv',
  'mts_auth',
  'mts_trn',
  'mega_srv',
  'mega_auth',
  'mega_trn',
  'mega_adv',
  'bee_srv',
  'bee_trn',
  'tele2_srv',
  'tele2_trn',
  'motiv_srv',
  'motiv_trn',
  'soc',
];

const traffic: Field<readonly OperatorTraffic[]> = {
  params: known,
  check: (value, at) => checkEach(value, at, checkChoice(known)),
  encode: (value) => Object.fromEntries(value.map((each) => [each, 1])),
};

/** Errors of `op_templates.php`: the same as the errors of message templates (inferred). */
const operatorTemplateErrors: ErrorTable = /* @__PURE__ */ errorTable({
  3: 'template not found',
  5: 'template could not be saved or removed',
});

/** Advice on the errors of operator templates. */
export const operatorTemplateAdvice: AdviceTable = /* @__PURE__ */ adviceTable({
  3: notFound,
  5: retryLater,
});

const text = /* @__PURE__ */ words('msg', 1000);

const readTemplate = (row: JsonObject): OperatorTemplate => ({
  id: readOptionalText(row, 'id'),
  name: readOptionalText(row, 'name'),
  extra: readExtra(row, ['id', 'name']),
});

/**
 * Returns templates that are registered with Russian operators. The list is empty if there are none; the gateway then
 * responds with error 3 (inferred).
 *
 * @example
 * ```ts
 * const registered = await smsc.call(operatorTemplates, { sender: 'SHOP' });
 * ```
 */
export const operatorTemplates: Operation<OperatorTemplatesInput, readonly OperatorTemplate[], 'reads'> = {
  name: 'operatorTemplates',
  path: 'sys/op_templates.php',
  effect: 'reads',
  fields: { sender, text },
  constants: { get: 1 },
  errors: operatorTemplateErrors,
  empty: 3,
  format: jsonFormat,
  result: (reply) => readRows(reply).map(readTemplate),
};

/**
 * Registers a template with Russian operators. The response is not documented; `extra` of each template contains the
 * unknown members.
 *
 * @example
 * ```ts
 * await smsc.call(addOperatorTemplate, { sender: 'SHOP', text: 'Код: %d', traffic: ['mts_auth', 'mega_auth'] });
 * ```
 */
export const addOperatorTemplate: Operation<
  AddOperatorTemplateInput,
  { readonly templates: readonly OperatorTemplate[] },
  'spends'
> = {
  name: 'addOperatorTemplate',
  path: 'sys/op_templates.php',
  effect: 'spends',
  fields: { sender, text, traffic },
  constants: { add: 1 },
  rules: /* @__PURE__ */ needed('sender', 'text', 'traffic'),
  errors: operatorTemplateErrors,
  format: jsonFormat,
  result: (reply) => ({ templates: readRowOrRows(reply).map(readTemplate) }),
};
