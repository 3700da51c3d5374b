import { address } from '../format/address.ts';
import { id } from '../format/id.ts';
import { needed } from '../format/needed.ts';
import { json } from '../formats/json.ts';
import type { Operation } from '../operation.ts';
import { type Done, readDone } from '../read.ts';
import { statusErrors } from '../tables/errors.ts';
import type { StatusInput } from './status.ts';

/** Deletes a message that was sent, by its id and the number that it went to. */
export const deleteMessage: Operation<StatusInput, Done, 'settles'> = {
  name: 'deleteMessage',
  path: 'sys/status.php',
  effect: 'settles',
  fields: { id, phone: address },
  constants: { del: 1 },
  rules: /* @__PURE__ */ needed('id', 'phone'),
  errors: statusErrors,
  format: json,
  result: readDone,
};
