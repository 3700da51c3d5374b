import type { JsonObject } from '../exchange/json.ts';
import {
  anything,
  type CallbackFields,
  takeRemaining,
  take,
  takeInstant,
  takeRequired,
  takeStrictly,
} from './fields.ts';

/** A message to one of your numbers. The signature covers `from`, `text` and `to`. */
export interface ReceivedMessage {
  /** Distinguishes the kinds of callbacks. */
  readonly event: 'incoming';
  /** Number of the sender. */
  readonly from: string;
  /** Number that received the message. */
  readonly to: string;
  /** Text of the message. May be empty. */
  readonly text: string;
  /** Id that the gateway gave the message. Source: a few third parties. */
  readonly id: string | undefined;
  /** Id of your message to which this message replies. Source: a few third parties. */
  readonly answerTo: string | undefined;
  /** Time at which the gateway received the message. Source: a few third parties. */
  readonly receivedAt: Date | undefined;
  /** Time of receipt in the gateway's notation: `DD.MM.YYYY hh:mm:ss` (inferred). */
  readonly receivedAtLocal: string | undefined;
  /** Unknown fields, unchanged. */
  readonly extra: JsonObject;
}

/** Allows no colon. Only the text may contain colons, so that the signed values have a single interpretation. */
const from = /^[^:\u0000-\u001f]{1,100}$/;
/**
 * Requires at least three characters and no leading minus, so that a receiving number cannot be confused with the state
 * of a message.
 */
const to = /^[^-:\u0000-\u001f][^:\u0000-\u001f]{2,99}$/;

/** Reads and removes the signed fields. Returns the values in the order in which they are signed. */
export function signedOfReceived(fields: CallbackFields): readonly string[] {
  const sender = takeRequired(fields, 'phone', from, 'the sender');
  const text = takeStrictly(fields, 'mes', anything, 'a text') ?? '';
  return [sender, text, takeRequired(fields, 'to', to, 'the receiving number')];
}

/** Creates a received message from its signed values and the remaining fields. */
export const readReceived = (
  [sender, text, service]: readonly string[],
  fields: CallbackFields,
): ReceivedMessage => ({
  event: 'incoming',
  from: sender!,
  to: service!,
  text: text!,
  id: take(fields, 'id'),
  answerTo: take(fields, 'sms_id'),
  receivedAt: takeInstant(fields, 'ts'),
  receivedAtLocal: take(fields, 'time'),
  extra: takeRemaining(fields),
});
