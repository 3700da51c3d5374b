import { address } from '../params/address.ts';
import { id } from '../params/id.ts';
import { checkNeeded } from '../params/needed.ts';
import type { JsonObject } from '../exchange/json.ts';
import type { Operation } from '../core/operation.ts';
import {
  readExtra,
  readNumber,
  readObject,
  readOptionalInstant,
  readOptionalNumber,
  readOptionalText,
} from '../core/read.ts';
import { statusErrors } from '../tables/errors.ts';
import { isFinal, stateName } from '../tables/states.ts';

/** Message to look up. The gateway needs both members. */
export interface StatusInput {
  /** Id that the message was sent with. */
  readonly id: string | number;
  /** Recipient: phone number or e-mail address. */
  readonly phone: string;
}

/** State of one message. */
export interface Status {
  /** Number of the state, such as -1 (waiting), 0 (passed to the operator), 1 (delivered) or 20 (undeliverable). */
  readonly status: number;
  /** Name of the state in English; `unknown` for a number that is not documented. */
  readonly state: string;
  /** `true` if the state is not expected to change: every known state from 1 on. Inferred; a delivered message can still become read. */
  readonly final: boolean;
  /** Time of the last change of the state. */
  readonly changedAt: Date | undefined;
  /** Time of `changedAt` in the gateway's notation: `DD.MM.YYYY hh:mm:ss` in the time zone of the account. */
  readonly changedAtLocal: string | undefined;
  /** Number of the delivery error; `deliveryErrors` has the meanings. `undefined` for a delivered SMS. */
  readonly error: number | undefined;
  /** Other members of the response, unchanged, such as the members of an HLR result. */
  readonly extra: JsonObject;
}

/** Members that every reply about a message has. */
export const statusMembers: readonly string[] = ['status', 'last_timestamp', 'last_date', 'err'];

/**
 * Reads the members that every reply about a message has.
 *
 * @param known names of the members that do not go to `extra`
 */
export function readStatus(object: JsonObject, known: readonly string[]): Status {
  const code = readNumber(object, 'status');
  return {
    status: code,
    state: stateName(code),
    final: isFinal(code),
    changedAt: readOptionalInstant(object, 'last_timestamp'),
    changedAtLocal: readOptionalText(object, 'last_date'),
    error: readOptionalNumber(object, 'err'),
    extra: readExtra(object, known),
  };
}

/**
 * Returns the state of one message. The gateway accepts five such requests a minute for the same message (third party).
 *
 * @example
 * ```ts
 * const { state, final } = await smsc.call(status, { id: 'order-4821', phone: '380501234567' });
 * ```
 */
export const status: Operation<StatusInput, Status, 'reads'> = {
  name: 'status',
  path: 'sys/status.php',
  effect: 'reads',
  fields: { id, phone: address },
  rules: (input, at) => checkNeeded(input, at, ['id', 'phone']),
  errors: statusErrors,
  layout: { columns: ['status', 'last_timestamp', 'err'], hlr: true },
  result: (reply) => readStatus(readObject(reply), statusMembers),
};
