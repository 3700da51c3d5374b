import { amount } from '../params/amount.ts';
import { all, needed, oneOf } from '../params/needed.ts';
import { record, type RecordId } from '../params/record.ts';
import { line } from '../params/text.ts';
import { file } from '../replies/file.ts';
import { jsonFormat } from '../replies/json.ts';
import type { Operation } from '../core/operation.ts';
import { type GatewayFile, readFile, readTaken, type Taken } from '../core/read.ts';
import { documentErrors } from '../tables/errors.ts';

/** Whose document: of a login, or of the number that the gateway gave it. One of the two. */
export interface DocumentOwner {
  readonly login?: string | undefined;
  readonly userId?: RecordId | undefined;
}

/** What to make out an invoice for. */
export interface CreateInvoiceInput extends DocumentOwner {
  /** As an exact decimal: `100.50`. */
  readonly sum: string;
  /** What for, in the gateway's word. Not documented where we could read it. */
  readonly service?: string | undefined;
}

/** Which invoice. */
export interface InvoiceInput extends DocumentOwner {
  readonly id: RecordId;
}

/** Which act: by the gateway's number for it, or by the number that stands on it. One of the two. */
export interface CompletionCertificateInput extends DocumentOwner {
  readonly id?: RecordId | undefined;
  readonly number?: string | undefined;
}

const login = /* @__PURE__ */ line('user');
const userId = /* @__PURE__ */ record('user_id');
const id = /* @__PURE__ */ record('id');
const checkOwner = /* @__PURE__ */ oneOf('login', 'userId');

/** Makes out an invoice, of which the answer may have the number: how it looks is not documented where we could read it. */
export const createInvoice: Operation<CreateInvoiceInput, Taken, 'spends'> = {
  name: 'createInvoice',
  path: 'sys/documents.php',
  effect: 'spends',
  fields: { login, userId, sum: /* @__PURE__ */ amount('sum'), service: /* @__PURE__ */ line('service') },
  constants: { add_account: 1 },
  rules: /* @__PURE__ */ all(checkOwner, /* @__PURE__ */ needed('sum')),
  errors: documentErrors,
  format: jsonFormat,
  result: readTaken,
};

/** An invoice as a file. Of which type it is, is not documented. */
export const invoice: Operation<InvoiceInput, GatewayFile, 'reads'> = {
  name: 'invoice',
  path: 'sys/documents.php',
  effect: 'reads',
  fields: { login, userId, id },
  constants: { get_account: 1 },
  rules: /* @__PURE__ */ all(checkOwner, /* @__PURE__ */ needed('id')),
  errors: documentErrors,
  format: file,
  result: readFile,
};

/** An act as a file. Of which type it is, is not documented. */
export const completionCertificate: Operation<CompletionCertificateInput, GatewayFile, 'reads'> = {
  name: 'completionCertificate',
  path: 'sys/documents.php',
  effect: 'reads',
  fields: { login, userId, id, number: /* @__PURE__ */ line('num') },
  constants: { get_act: 1 },
  rules: /* @__PURE__ */ all(checkOwner, /* @__PURE__ */ oneOf('id', 'number')),
  errors: documentErrors,
  format: file,
  result: readFile,
};
