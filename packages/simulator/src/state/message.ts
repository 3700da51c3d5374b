import type { DeliveryOutcome } from '../options/delivery-outcomes.ts';
import type { MessageKind } from '../params/kinds.ts';
import type { DeliveryDelays } from '../options/options.ts';
import type { CallDialing } from '../params/voice.ts';

/** Message of an accepted request, to one recipient. Instants are milliseconds since 1970. */
export interface Message {
  /** Message id. All recipients of one request share it. */
  readonly id: string;
  /** Login of the account that sent the message. */
  readonly login: string;
  /**
   * Recipient: a phone number in international form, an e-mail address or a nickname. A wrong number is kept as it was
   * written.
   */
  readonly phone: string;
  /** Kind of the message. */
  readonly kind: MessageKind;
  /** Type number of the kind. */
  readonly type: number;
  /** Sender name. Empty if there is none; `HLR` for HLR requests (recorded). */
  readonly sender: string;
  /**
   * Text as sent: without its comment, transliterated and truncated if requested. For a binary message: its octets as
   * hexadecimal digits.
   */
  readonly text: string;
  /** Comment: the text after a line of three tildes. The comment is not sent. */
  readonly comment: string | undefined;
  /** The parameter `subj`. */
  readonly subject: string | undefined;
  /** Attached files with their sizes in bytes. */
  readonly files: readonly MessageFile[];
  /** Ringing and redialing of a call. `undefined` for other kinds. */
  readonly dialing: CallDialing | undefined;
  /** Number of SMS, or seconds of a call; 0 if the message was refused. */
  readonly parts: number;
  /** Cost, such as `0.385`. */
  readonly cost: string;
  /** Instant at which the gateway accepted the message. */
  readonly acceptedAt: number;
  /** Instant at which sending begins. */
  readonly startsAt: number;
  /** Instant at which the operator stops trying to deliver the message. */
  readonly expiresAt: number;
  /** Final status of the message. */
  readonly outcome: DeliveryOutcome;
  /** True if the message was refused immediately, so that it has its final status from the beginning. */
  readonly refused: boolean;
  /** Number that is unique in the whole gateway, the member `int_id` of responses. */
  readonly serial: number;
  /** Instant at which the recipient followed a short link in the message. */
  clickedAt: number | undefined;
}

/** File of a message. */
export interface MessageFile {
  /** Name of the file. */
  readonly name: string;
  /** Size in bytes. */
  readonly size: number;
}

/** Status of a message at an instant. */
export interface MessageState {
  /** Status code, as in the responses of `status.php`. */
  readonly status: number;
  /** Delivery error; 0 for none. */
  readonly err: number;
  /** Instant of the last change, in milliseconds since 1970. */
  readonly changedAt: number;
}

const delivered = 1;
const expired = 3;
const linkClicked = 4;

/**
 * Computes the status of a message at an instant: waiting (-1) until the operator has the message, then passed to the
 * operator (0), then its outcome. A message with the outcome «expired» expires at the end of its validity. The status of a
 * delivered message becomes 4 when the recipient follows a short link.
 */
export function stateOf(message: Message, delivery: DeliveryDelays, instant: number): MessageState {
  const { outcome, acceptedAt, startsAt, expiresAt, clickedAt } = message;
  const err = outcome.err ?? 0;
  if (message.refused) return { status: outcome.status, err, changedAt: acceptedAt };
  const passedAt = startsAt + delivery.toOperatorMs;
  if (instant < passedAt) return { status: -1, err: 0, changedAt: acceptedAt };
  const arrivesAt = passedAt + delivery.toHandsetMs;
  const endsAt = outcome.status === expired ? Math.max(expiresAt, arrivesAt) : arrivesAt;
  if (instant < endsAt) return { status: 0, err: 0, changedAt: passedAt };
  if (clickedAt !== undefined && instant >= clickedAt && outcome.status === delivered)
    return { status: linkClicked, err: 0, changedAt: Math.max(clickedAt, endsAt) };
  return { status: outcome.status, err, changedAt: endsAt };
}
