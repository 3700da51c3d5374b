import type { JsonObject } from '../exchange/json.ts';
import { type CallbackFields, takeRemaining, takeRequired } from './fields.ts';

/** Somebody has called the number that `waitForCall` gave: the number that was called from is confirmed. Everything is signed. */
export interface ConfirmationCall {
  readonly event: 'call';
  /** Who called. */
  readonly phone: string;
  /** Time of the call. */
  readonly calledAt: Date;
  /** All other fields; `waitcall` among them, of which only is known that it is there. */
  readonly extra: JsonObject;
}

/** The values that are signed. */
export const signedOfCall = (pushed: CallbackFields): readonly string[] => [
  takeRequired(pushed, 'phone', /^[^:\u0000-\u001f]{1,100}$/, 'who called'),
  takeRequired(pushed, 'ts', /^\d{1,12}$/, 'seconds since 1970'),
];

/** A call, from its signed values and what is there besides. */
export const readCall = ([phone, ts]: readonly string[], pushed: CallbackFields): ConfirmationCall => ({
  event: 'call',
  phone: phone!,
  calledAt: new Date(Number(ts) * 1000),
  extra: takeRemaining(pushed),
});
