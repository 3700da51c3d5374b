import type { Effect, SmscError } from '@smsc/protocol';
import type { Cancellation } from './cancellation.ts';

/** What an interceptor is told of a call. Nothing of it is a secret, a text or a number; an id is, where you put one into it. */
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
export interface CallSummary {
  /** Of what spends: one of the four outcomes. Of everything else: `done`, or `failed`. */
  readonly outcome: 'accepted' | 'rejected' | 'not-sent' | 'unknown' | 'done' | 'failed';
  /** The gateway's error number, if it refused. */
  readonly code: number | undefined;
  readonly error: SmscError | undefined;
  /** How many attempts there were; of an attempt, 1. */
  readonly attempts: number;
}

/** One layer around calls, attempts, or both. */
export type Layer<Info> = (info: Info, next: () => Promise<CallSummary>) => Promise<CallSummary>;

/**
 * Sees every call from before it waits until it has ended, and every attempt from before it leaves until its answer. The
 * first of a list is the outermost.
 *
 * To hold a call back, throw, or return without calling `next`: it is then `not-sent`, and a `next` that comes later does
 * nothing. What has happened cannot be changed: the outcome is what it is, whatever is returned, or thrown afterwards, and
 * however often `next` is called; the layers outside are told the same.
 *
 * An attempt has one of the places (`maxInFlight`) while its layers run. What calls the same client belongs into `call`.
 */
export interface Interceptor {
  readonly call?: Layer<CallInfo> | undefined;
  readonly attempt?: Layer<AttemptInfo> | undefined;
}

/**
 * Runs through the layers, and gives what has happened. Whoever is outside is told that, and nothing else: not what the
 * inner ones return or throw, which can be anything. Whatever has let nothing through by the time it ends, or the ending
 * comes, has held the call back: `core` is not run any more, and `held` is what has happened.
 *
 * @param core what it is all about: once, or not at all. Ends by itself soon after the ending
 * @param told what has happened, in the words of those who look on
 */
export function layered<Info, Fate>(
  layers: readonly Layer<Info>[],
  info: Info,
  core: () => Promise<Fate>,
  held: () => Fate,
  told: (fate: Fate) => CallSummary,
  ending: Cancellation | undefined,
): Promise<Fate> {
  let fate: Promise<Fate> | undefined;
  const through = (at: number): Promise<Fate> => {
    const layer = layers[at];
    if (!layer || fate) return (fate ??= core());
    return new Promise((resolve) => {
      let inner: Promise<CallSummary> | undefined;
      const over = (): void => {
        off?.();
        resolve((fate ??= Promise.resolve(held())));
      };
      const off = ending?.on(over);
      try {
        // It can return and throw anything, and that changes nothing.
        Promise.resolve(layer(info, () => (inner ??= through(at + 1).then(told)))).then(over, over);
      } catch {
        over();
      }
      if (ending?.aborted) over();
    });
  };
  return through(0);
}
