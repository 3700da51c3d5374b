import type { Effect, SmscError } from '@smsc/protocol';

// What `@smsc/client` calls its interceptors with. It stands here until the client exports it; then this file goes.

/** What an interceptor is told of a call. */
export interface CallInfo {
  /** The operation's name: `send`. */
  readonly operation: string;
  readonly effect: Effect;
  /** The message's id, the same in every attempt; `undefined` where there is none. */
  readonly id: string | undefined;
}

/** What an interceptor is told of one attempt. */
export interface AttemptInfo extends CallInfo {
  /** Which it is, from 1. */
  readonly attempt: number;
  /** Where it goes; `undefined` when that is the transport's to say. */
  readonly host: string | undefined;
}

/** How a call or an attempt ended. */
export interface Ended {
  /** Of what spends: one of the four outcomes. Of everything else: `done`, or `failed`. */
  readonly outcome: 'accepted' | 'rejected' | 'not-sent' | 'unknown' | 'done' | 'failed';
  /** The gateway's error number, if it refused. */
  readonly code: number | undefined;
  readonly error: SmscError | undefined;
  /** How many attempts there were; of an attempt, 1. */
  readonly attempts: number;
}

/** Sees every call and every attempt, before and after. */
export interface Interceptor {
  readonly call?: ((info: CallInfo, next: () => Promise<Ended>) => Promise<Ended>) | undefined;
  readonly attempt?: ((info: AttemptInfo, next: () => Promise<Ended>) => Promise<Ended>) | undefined;
}
