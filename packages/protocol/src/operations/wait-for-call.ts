import { phone } from '../params/address.ts';
import { needed } from '../params/needed.ts';
import { jsonFormat } from '../replies/json.ts';
import type { JsonObject } from '../exchange/json.ts';
import type { Operation } from '../core/operation.ts';
import { readExtra, readObject, readText, readTexts } from '../core/read.ts';
import { waitCallErrors } from '../tables/errors.ts';

/** Whose call is waited for. */
export interface WaitForCallInput {
  /** The number that the subscriber will call from. */
  readonly phone: string;
}

/** Where the subscriber has to call. */
export interface AwaitedCall {
  /** The gateway's number that the subscriber has to call. Nobody answers; the call is pushed to your handler. */
  readonly phone: string;
  /** All numbers that it can be, where the gateway gave them. */
  readonly phones: readonly string[];
  /** Members of the answer that are not known here. */
  readonly extra: JsonObject;
}

/**
 * Confirms a number by a call from it: the gateway says which number is to be called, and pushes to your handler that it
 * was. A third party says that the gateway limits how often it can be asked for one number, and nobody says what it
 * costs: so it is not repeated.
 */
export const waitForCall: Operation<WaitForCallInput, AwaitedCall, 'spends'> = {
  name: 'waitForCall',
  path: 'sys/wait_call.php',
  effect: 'spends',
  fields: { phone: /* @__PURE__ */ phone('phone') },
  rules: /* @__PURE__ */ needed('phone'),
  errors: waitCallErrors,
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
