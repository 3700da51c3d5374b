import { address } from '../params/address.ts';
import { id } from '../params/id.ts';
import { needed } from '../params/needed.ts';
import { jsonFormat } from '../replies/json.ts';
import type { Operation } from '../core/operation.ts';
import { type Done, readDone } from '../core/read.ts';
import { statusErrors } from '../tables/errors.ts';
import type { StatusInput } from './status.ts';

/** Deletes a message that was sent, by its id and the number that it went to. */
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
