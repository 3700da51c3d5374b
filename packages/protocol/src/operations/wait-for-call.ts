import { phone } from '../params/address.ts';
import { needed } from '../params/needed.ts';
import { jsonFormat } from '../replies/json.ts';
import type { JsonObject } from '../exchange/json.ts';
import type { Operation } from '../core/operation.ts';
import { readExtra, readObject, readText, readTexts } from '../core/read.ts';
import { adviceTable, type AdviceTable } from '../tables/advice.ts';
import { type ErrorTable, errorTable } from '../tables/errors.ts';

/** Number to confirm. */
export interface WaitForCallInput {
  /** Phone number that the subscriber will call from. */
  readonly phone: string;
}

/** Number that the subscriber has to call. */
export interface AwaitedCall {
  /** Number of the gateway that the subscriber has to call. The call is not answered; your webhook receives the event `call`. */
  readonly phone: string;
  /** All numbers that the subscriber may call, if the reply has them. */
  readonly phones: readonly string[];
  /** Other members of the response, unchanged. */
  readonly extra: JsonObject;
}

/** Errors of `wait_call.php`. Source: a third party. The meanings of errors 3 and 5 are not known. */
const waitForCallErrors: ErrorTable = /* @__PURE__ */ errorTable({
  6: 'too many confirmation calls requested for this number',
});

/** Advice on the errors of `waitForCall`. */
export const waitForCallAdvice: AdviceTable = /* @__PURE__ */ adviceTable({
  6: 'wait, or confirm the number by a message',
});

/**
 * Starts the confirmation of a phone number by a call from this number. The gateway returns the number that the
 * subscriber has to call. After the call, your webhook receives the event `call`. The price is not documented, and the
 * gateway limits the requests for one number (third party), so this operation is never retried.
 *
 * @example
 * ```ts
 * const waiting = await smsc.call(waitForCall, { phone: '380501234567' });
 * if (waiting.outcome === 'accepted') console.log(`Please call ${waiting.phone}`);
 * ```
 */
export const waitForCall: Operation<WaitForCallInput, AwaitedCall, 'spends'> = {
  name: 'waitForCall',
  path: 'sys/wait_call.php',
  effect: 'spends',
  fields: { phone: /* @__PURE__ */ phone('phone') },
  rules: /* @__PURE__ */ needed('phone'),
  errors: waitForCallErrors,
  format: jsonFormat,
  result: (reply) => {
    const object = readObject(reply);
    return {
      phone: readText(object, 'phone'),
      phones: readTexts(object, 'all_phones'),
      extra: readExtra(object, ['phone', 'all_phones']),
    };
  },
};
