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

/** A message that somebody has sent to one of your numbers. The signature covers `from`, `text` and `to`. */
export interface ReceivedMessage {
  readonly event: 'incoming';
  /** Who wrote. */
  readonly from: string;
  /** The number of the service that it came to. */
  readonly to: string;
  /** May be empty. */
  readonly text: string;
  /** The gateway's number for it. Seen by single third parties. */
  readonly id: string | undefined;
  /** The id of the message that it answers. Seen by single third parties. */
  readonly answerTo: string | undefined;
  /** Time at which the gateway received the message. Source: single third parties. */
  readonly receivedAt: Date | undefined;
  /** The same as the gateway writes it, `DD.MM.YYYY hh:mm:ss` (inferred). */
  readonly receivedAtLocal: string | undefined;
  /** Fields that are not known here, as they came. */
  readonly extra: JsonObject;
}

/** No colon: only the text may have some, so that one signed row of values can be read in one way. */
const from = /^[^:\u0000-\u001f]{1,100}$/;
/** Three characters at least, and no minus: so it cannot be taken for the state of a message. */
const to = /^[^-:\u0000-\u001f][^:\u0000-\u001f]{2,99}$/;

/** The values that are signed. */
export function signedOfReceived(pushed: CallbackFields): readonly string[] {
  const sender = takeRequired(pushed, 'phone', from, 'who wrote');
  const text = takeStrictly(pushed, 'mes', anything, 'a text') ?? '';
  return [sender, text, takeRequired(pushed, 'to', to, 'the number that it came to')];
}

/** A message that came in, from its signed values and what is there besides. */
export const readReceived = (
  [sender, text, service]: readonly string[],
  pushed: CallbackFields,
): ReceivedMessage => ({
  event: 'incoming',
  from: sender!,
  to: service!,
  text: text!,
  id: take(pushed, 'id'),
  answerTo: take(pushed, 'sms_id'),
  receivedAt: takeInstant(pushed, 'ts'),
  receivedAtLocal: take(pushed, 'time'),
  extra: takeRemaining(pushed),
});
