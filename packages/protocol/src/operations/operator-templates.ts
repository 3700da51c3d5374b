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
import { templateErrors } from '../tables/errors.ts';

/** An operator of Russia's and a sort of message that it keeps templates of; `soc` is for social networks. */
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

/** A template that is registered with an operator. */
export interface OperatorTemplate {
  /** The operator's or the gateway's number for it. */
  readonly id: string | undefined;
  /** Operator and sort of message in words. */
  readonly name: string | undefined;
  /** Members of the answer that are not known here, the template's state among them: the page is known in part. */
  readonly extra: JsonObject;
}

/** Which templates. */
export interface OperatorTemplatesInput {
  readonly sender?: string | undefined;
  readonly text?: string | undefined;
}

/** What to register. */
export interface AddOperatorTemplateInput {
  readonly sender: string;
  /** The text of the template, in the operators' notation. */
  readonly text: string;
  /** With whom, and as what. */
  readonly as: readonly OperatorTraffic[];
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

const as: Field<readonly OperatorTraffic[]> = {
  params: known,
  check: (value, at) => checkEach(value, at, checkChoice(known)),
  encode: (value) => Object.fromEntries(value.map((each) => [each, 1])),
};

const text = /* @__PURE__ */ words('msg', 1000);

const readTemplate = (row: JsonObject): OperatorTemplate => ({
  id: readOptionalText(row, 'id'),
  name: readOptionalText(row, 'name'),
  extra: readExtra(row, ['id', 'name']),
});

/** Templates that are registered with Russian operators; none is an empty list. That error 3 says so is inferred. */
export const operatorTemplates: Operation<OperatorTemplatesInput, readonly OperatorTemplate[], 'reads'> = {
  name: 'operatorTemplates',
  path: 'sys/op_templates.php',
  effect: 'reads',
  fields: { sender, text },
  constants: { get: 1 },
  errors: templateErrors,
  empty: 3,
  format: jsonFormat,
  result: (reply) => readRows(reply).map(readTemplate),
};

/** Registers a template with Russian operators. How the answer looks is not known: what came is in `extra`. */
export const addOperatorTemplate: Operation<
  AddOperatorTemplateInput,
  { readonly templates: readonly OperatorTemplate[] },
  'spends'
> = {
  name: 'addOperatorTemplate',
  path: 'sys/op_templates.php',
  effect: 'spends',
  fields: { sender, text, as },
  constants: { add: 1 },
  rules: /* @__PURE__ */ needed('sender', 'text', 'as'),
  errors: templateErrors,
  format: jsonFormat,
  result: (reply) => ({ templates: readRowOrRows(reply).map(readTemplate) }),
};
