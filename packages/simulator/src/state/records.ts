import type { Order } from './outgoing-text.ts';
import type { Parameters } from '../wire/parameters.ts';
import type { Recurrence } from '../params/recurrence.ts';

/** A message that a subscriber has sent to a number of the account's. Instants are milliseconds since 1970. */
export interface ReceivedMessage {
  readonly id: string;
  readonly login: string;
  /** Who wrote. */
  readonly from: string;
  /** The number that it came to. */
  readonly to: string;
  readonly text: string;
  readonly receivedAt: number;
  readonly sentAt: number;
}

/** A number for receiving that an account rents. */
export interface RentedNumber {
  readonly phone: string;
  /** For a month, in millionths. */
  readonly price: bigint;
  /** It ends with the month. */
  ends: boolean;
}

/** How far a mailing has come. */
export type JobState = 'waiting' | 'sent' | 'cancelled';

/** A mailing that sends itself. */
export interface MailingJob {
  readonly id: string;
  readonly name: string;
  readonly isMail: boolean;
  /** As it was asked for, template and all. */
  readonly parameters: Parameters;
  readonly createdAt: number;
  readonly order: Order;
  readonly repeat: Recurrence;
  /** How often it may still be repeated. */
  repeatsLeft: number;
  /** Hours from UTC. */
  readonly zone: number;
  /** When it is sent first. */
  readonly first: number;
  /** When it is sent next; of one that is through, when it was sent last. */
  due: number;
  /** How often it was sent. */
  runs: number;
  /** Messages that it has sent. */
  count: number;
  /** What it has cost, in millionths. */
  cost: bigint;
  state: JobState;
}
