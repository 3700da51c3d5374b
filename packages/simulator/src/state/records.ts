import type { PreparedSend } from './outgoing-text.ts';
import type { Recurrence } from '../params/recurrence.ts';

/** Message that a subscriber sent to a number of the account. Instants are milliseconds since 1970. */
export interface ReceivedMessage {
  /** Id of the message. */
  readonly id: string;
  /** Login of the account that received the message. */
  readonly login: string;
  /** Number of the subscriber. */
  readonly from: string;
  /** Number that received the message. */
  readonly to: string;
  /** Text of the message. */
  readonly text: string;
  /** Instant at which the gateway received the message. */
  readonly receivedAt: number;
  /** Instant at which the subscriber sent the message. */
  readonly sentAt: number;
}

/** Number for incoming messages that an account rents. */
export interface RentedNumber {
  readonly phone: string;
  /** Price of a month, in millionths. */
  readonly price: bigint;
  /** True if the rent is not renewed at the end of the month. */
  ends: boolean;
}

/** State of a job. */
export type JobState = 'waiting' | 'sent' | 'cancelled';

/**
 * Job of `jobs.php`: messages that the gateway sends at a scheduled time, once or repeatedly. Instants are milliseconds
 * since 1970.
 */
export interface JobRecord {
  readonly id: string;
  readonly name: string;
  readonly createdAt: number;
  readonly prepared: PreparedSend;
  readonly recurrence: Recurrence;
  /** Number of remaining repetitions. */
  repeatsLeft: number;
  /** Time zone in hours from UTC. */
  readonly zone: number;
  /** Instant of the first run. */
  readonly firstDueAt: number;
  /** Instant of the next run. If the job has finished, instant of its last run. */
  dueAt: number;
  /** Number of runs so far. */
  runs: number;
  /** Number of messages sent so far. */
  count: number;
  /** Cost so far, in millionths. */
  cost: bigint;
  state: JobState;
}
