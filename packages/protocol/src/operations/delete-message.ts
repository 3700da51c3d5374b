import { address } from '../params/address.ts';
import { id } from '../params/id.ts';
import { needed } from '../params/needed.ts';
import { jsonFormat } from '../replies/json.ts';
import type { Operation } from '../core/operation.ts';
import { type Done, readDone } from '../core/read.ts';
import { statusErrors } from '../tables/errors.ts';
import type { StatusInput } from './status.ts';

/**
 * Deletes a message by its id and its recipient. A message that has left the gateway cannot be deleted (error 5).
 *
 * @example
 * ```ts
 * await smsc.call(deleteMessage, { id: 'order-4821', phone: '380501234567' });
 * ```
 */
export const deleteMessage: Operation<StatusInput, Done, 'idempotent'> = {
  name: 'deleteMessage',
  path: 'sys/status.php',
  effect: 'idempotent',
  fields: { id, phone: address },
  constants: { del: 1 },
  rules: /* @__PURE__ */ needed('id', 'phone'),
  errors: statusErrors,
  format: jsonFormat,
  result: readDone,
};
