import { amount } from '../params/amount.ts';
import { all, needed, oneOf } from '../params/needed.ts';
import { record, type RecordId } from '../params/record.ts';
import { line } from '../params/text.ts';
import { file } from '../replies/file.ts';
import { jsonFormat } from '../replies/json.ts';
import type { Operation } from '../core/operation.ts';
import { type GatewayFile, readFile, readAcknowledged, type Acknowledged } from '../core/read.ts';
import { type ErrorTable, errorTable } from '../tables/errors.ts';

/** Account that the document belongs to. Give either `login` or `userId`. */
export interface DocumentOwner {
  /** Login of the account. */
  readonly login?: string | undefined;
  /** Id of the account in the gateway. */
  readonly userId?: RecordId | undefined;
}

/** New invoice. */
export interface CreateInvoiceInput extends DocumentOwner {
  /** Amount of the invoice, as an exact decimal: `100.50`. */
  readonly sum: string;
  /** Service that the invoice is for, in the gateway's wording. The possible values are not documented. */
  readonly service?: string | undefined;
}

/** Invoice to download. */
export interface InvoiceInput extends DocumentOwner {
  /** Id of the invoice. */
  readonly id: RecordId;
}

/** Completion certificate to download. Give either `id` or `number`. */
export interface CompletionCertificateInput extends DocumentOwner {
  /** Id of the certificate in the gateway. */
  readonly id?: RecordId | undefined;
  /** Number that is printed on the certificate. */
  readonly number?: string | undefined;
}

/**
 * Errors of `documents.php`. Source: the gateway's page for documents, of which only a part is known. Error 9 is
 * inferred from other endpoints.
 */
const documentErrors: ErrorTable = /* @__PURE__ */ errorTable();

const login = /* @__PURE__ */ line('user');
const userId = /* @__PURE__ */ record('user_id');
const id = /* @__PURE__ */ record('id');
const checkOwner = /* @__PURE__ */ oneOf('login', 'userId');

/**
 * Creates an invoice. The response is not documented. The result has the id of the invoice if the response contains it.
 *
 * @example
 * ```ts
 * const created = await smsc.call(createInvoice, { login: 'shop', sum: '100.50' });
 * if (created.outcome === 'accepted') console.log(created.id);
 * ```
 */
export const createInvoice: Operation<CreateInvoiceInput, Acknowledged, 'spends'> = {
  name: 'createInvoice',
  path: 'sys/documents.php',
  effect: 'spends',
  fields: { login, userId, sum: /* @__PURE__ */ amount('sum'), service: /* @__PURE__ */ line('service') },
  constants: { add_account: 1 },
  rules: /* @__PURE__ */ all(checkOwner, /* @__PURE__ */ needed('sum')),
  errors: documentErrors,
  format: jsonFormat,
  result: readAcknowledged,
};

/**
 * Downloads an invoice as a file. The file type is not documented.
 *
 * @example
 * ```ts
 * const { bytes } = await smsc.call(invoice, { login: 'shop', id: 17 });
 * ```
 */
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

/**
 * Downloads a completion certificate (an "act" on the gateway's page) as a file. The file type is not documented.
 *
 * @example
 * ```ts
 * const { bytes } = await smsc.call(completionCertificate, { login: 'shop', number: '2026-17' });
 * ```
 */
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
