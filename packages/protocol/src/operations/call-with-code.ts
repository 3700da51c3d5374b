import { phone } from '../params/address.ts';
import { id } from '../params/id.ts';
import { needed } from '../params/needed.ts';
import { sender } from '../params/sender.ts';
import { visitor, type Visitor } from '../params/visitor.ts';
import { dialing, type Dialing } from '../params/voice.ts';
import type { JsonObject } from '../exchange/json.ts';
import type { Operation } from '../core/operation.ts';
import { readExtra, readNumber, readObject, readText } from '../core/read.ts';
import { sendErrors } from '../tables/errors.ts';

/** Input of {@link callWithCode}. */
export interface CallWithCodeInput {
  /** Phone number to call. */
  readonly to: string;
  /** Id of the call, used to query its status. Default: the client generates one. */
  readonly id?: string | number | undefined;
  /** Sender of the call. Default: the account's default sender. */
  readonly sender?: string | undefined;
  /** Ringing time, retry interval and number of attempts. Default: chosen by the gateway. */
  readonly dialing?: Dialing | undefined;
  /** The person on your site who caused this call. */
  readonly visitor?: Visitor | undefined;
}

/** An accepted call. */
export interface CallWithCode {
  /** Id of the call, used to query its status. */
  readonly id: string;
  /** Duration of the call in seconds. */
  readonly parts: number;
  /** Code that the subscriber receives, as digits. The gateway's page says four digits; six were observed. */
  readonly code: string;
  /** Other members of the response, unchanged. */
  readonly extra: JsonObject;
}

/**
 * Calls a subscriber with a code that the gateway generates. Depending on the country, a voice reads the code out, or
 * the number of the caller contains the code.
 *
 * @example
 * ```ts
 * const call = await smsc.call(callWithCode, { to: '380501234567' });
 * if (call.outcome === 'accepted') console.log(call.code); // compare it with what the user types
 * ```
 */
export const callWithCode: Operation<CallWithCodeInput, CallWithCode, 'spends'> = {
  name: 'callWithCode',
  path: 'sys/send.php',
  effect: 'spends',
  fields: { to: /* @__PURE__ */ phone('phones'), id, sender, dialing, visitor },
  constants: { mes: 'code', call: 1 },
  rules: /* @__PURE__ */ needed('to'),
  errors: sendErrors,
  // The gateway's page documents fmt 0 and 3. The layout of fmt 1 (the code in the last column) and of fmt 2 (the code
  // in an element) is inferred.
  layout: { columns: ['id', 'cnt', 'code'] },
  result: (reply) => {
    const object = readObject(reply);
    return {
      id: readText(object, 'id'),
      parts: readNumber(object, 'cnt'),
      code: readText(object, 'code'),
      extra: readExtra(object, ['id', 'cnt', 'code']),
    };
  },
};
