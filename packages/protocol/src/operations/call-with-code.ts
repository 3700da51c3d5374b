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

/** Whom to call. */
export interface CallWithCodeInput {
  readonly to: string;
  /** The call's id, to ask for its state with. Default: the client makes one up. */
  readonly id?: string | number | undefined;
  readonly sender?: string | undefined;
  /** How long the call rings and how often it is tried. */
  readonly dialing?: Dialing | undefined;
  /** The person on your site who caused this call. */
  readonly visitor?: Visitor | undefined;
}

/** A call that was accepted. */
export interface CallWithCode {
  /** The id to ask for its state with. */
  readonly id: string;
  /** Seconds of the call. */
  readonly parts: number;
  /** The code that the subscriber is told: compare it with what they type. Digits, four by the gateway's page; six were seen. */
  readonly code: string;
  /** Members of the answer that are not known here. */
  readonly extra: JsonObject;
}

/**
 * Calls a subscriber with a code that the gateway generates. Depending on the country, the call reads the code out, or its
 * caller number contains the code.
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
  // fmt 0 and 3 are the page's; that the code stands last in fmt 1, and as an element in fmt 2, is inferred.
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
