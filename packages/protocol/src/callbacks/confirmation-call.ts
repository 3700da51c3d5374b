import type { JsonObject } from '../exchange/json.ts';
import { type CallbackFields, takeRemaining, takeRequired } from './fields.ts';

/**
 * A call to the number that `waitForCall` returned. The call confirms the number of the caller. The signature covers
 * `phone` and `calledAt`.
 */
export interface ConfirmationCall {
  /** Distinguishes the kinds of callbacks. */
  readonly event: 'call';
  /** Number of the caller. */
  readonly phone: string;
  /** Time of the call. */
  readonly calledAt: Date;
  /** Fields without a member of their own, such as `waitcall`, whose meaning is not documented. */
  readonly extra: JsonObject;
}

/** Reads and removes the signed fields. Returns the values in the order in which they are signed. */
export const signedOfCall = (fields: CallbackFields): readonly string[] => [
  takeRequired(fields, 'phone', /^[^:\u0000-\u001f]{1,100}$/, 'the number of the caller'),
  takeRequired(fields, 'ts', /^\d{1,12}$/, 'seconds since 1970'),
];

/** Creates a confirmation call from its signed values and the remaining fields. */
export const readCall = ([phone, ts]: readonly string[], fields: CallbackFields): ConfirmationCall => ({
  event: 'call',
  phone: phone!,
  calledAt: new Date(Number(ts) * 1000),
  extra: takeRemaining(fields),
});
