import type { DeliveryOutcome } from '../options/delivery-outcomes.ts';
import { type MessageKind, typeNumbers } from '../params/kinds.ts';
import type { DeliveryDelays } from '../options/options.ts';
import type { CallDialing } from '../params/voice.ts';

/** One message to one recipient, as the gateway has it. Instants are milliseconds since 1970. */
export interface Message {
  readonly id: string;
  readonly login: string;
  /** The number in international form; the address or nick where the kind has one; a wrong number as it was written. */
  readonly phone: string;
  readonly kind: MessageKind;
  /** {@link MessageKind} as the gateway numbers it. */
  readonly type: number;
  /** Empty where there is none; `HLR` for HLR requests (recorded). */
  readonly sender: string;
  /**
   * What was sent: without its comment, in translit and cut where that was asked for. Of a binary message its octets as
   * hexadecimal digits.
   */
  readonly text: string;
  /** What stood behind a line of three tildes. */
  readonly comment: string | undefined;
  /** `subj`. */
  readonly subject: string | undefined;
  /** Sizes in bytes. */
  readonly files: readonly { readonly name: string; readonly size: number }[];
  /** Of a call. */
  readonly dialing: CallDialing | undefined;
  /** SMS, or seconds of a call; 0 where nothing was sent. */
  readonly parts: number;
  /** What was taken from the balance, such as `0.385`. */
  readonly cost: string;
  readonly acceptedAt: number;
  /** When it is due. */
  readonly startsAt: number;
  /** When the operator gives it up. */
  readonly expiresAt: number;
  readonly outcome: DeliveryOutcome;
  /** Refused on arrival: its fate came at once. */
  readonly refused: boolean;
  /** The gateway's own number for it, unlike any other: `int_id`. */
  readonly serial: number;
  /** When its recipient followed a short link in it. */
  clickedAt: number | undefined;
}

/** How far a message has come. */
export interface MessageState {
  readonly status: number;
  /** Delivery error; 0 for none. */
  readonly err: number;
  /** Since when, in milliseconds since 1970. */
  readonly changedAt: number;
}

/** What `type` and `flag` of a kind are. */
export const typeOf = (kind: MessageKind): number => typeNumbers[kind];

/**
 * The state of a message at an instant, and of nothing else: waiting (-1) until its time, then with the operator (0),
 * then what its fate is. What expires does so when its time to live is over; what was delivered is 4 once a short link in
 * it was followed.
 */
export function stateOf(message: Message, delivery: DeliveryDelays, instant: number): MessageState {
  const { outcome, acceptedAt, startsAt, expiresAt } = message;
  if (message.refused) return { status: outcome.status, err: outcome.err ?? 0, changedAt: acceptedAt };
  const passedAt = startsAt + delivery.toOperatorMs;
  if (instant < passedAt) return { status: -1, err: 0, changedAt: acceptedAt };
  const arrivesAt = passedAt + delivery.toHandsetMs;
  const endsAt = outcome.status === expired ? Math.max(expiresAt, arrivesAt) : arrivesAt;
  if (instant < endsAt) return { status: 0, err: 0, changedAt: passedAt };
  const { clickedAt } = message;
  if (clickedAt !== undefined && instant >= clickedAt && outcome.status === delivered)
    return { status: linkClicked, err: 0, changedAt: Math.max(clickedAt, endsAt) };
  return { status: outcome.status, err: outcome.err ?? 0, changedAt: endsAt };
}

const delivered = 1;
const expired = 3;
const linkClicked = 4;
