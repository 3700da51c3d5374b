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
import { states } from '../tables/states.ts';

/** Which message: the gateway wants both. */
export interface StatusInput {
  /** The id that the send was given, or came back with. */
  readonly id: string | number;
  /** The number that the message went to, or the e-mail address. */
  readonly phone: string;
}

/** How far one message has come. */
export interface Status {
  /** The state's number: -1 waiting, 0 passed to the operator, 1 delivered, 20 undeliverable … */
  readonly status: number;
  /** The state in words. Numbers that are not documented read «unknown». */
  readonly state: string;
  /** Whether it will stay so: every known state from 1 on. Inferred; a delivered message is known to become read at times. */
  readonly final: boolean;
  /** Time of the last change of the state. */
  readonly changedAt: Date | undefined;
  /** The same as the gateway writes it, `DD.MM.YYYY hh:mm:ss` in the account's time zone. */
  readonly changedAtLocal: string | undefined;
  /** Why it was not delivered. Absent for a delivered SMS. */
  readonly error: number | undefined;
  /** Members of the answer that are not known here, such as those of HLR requests. */
  readonly extra: JsonObject;
}

/** The members that every answer about a message has. */
export const statusMembers: readonly string[] = ['status', 'last_timestamp', 'last_date', 'err'];

/** What every answer about a message says. `known`: the members that are not extra. */
export function readStatus(object: JsonObject, known: readonly string[]): Status {
  const code = readNumber(object, 'status');
  return {
    status: code,
    state: states[code] ?? 'unknown',
    final: code > 0 && code in states,
    changedAt: readOptionalInstant(object, 'last_timestamp'),
    changedAtLocal: readOptionalText(object, 'last_date'),
    error: readOptionalNumber(object, 'err'),
    extra: readExtra(object, known),
  };
}

/** The state of one message. The gateway answers five such requests a minute for the same message (third party). */
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
