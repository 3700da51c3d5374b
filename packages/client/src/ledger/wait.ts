import { asPromise, type Cancellation, startDeadline, waitUnlessCancelled } from '../state/cancellation.ts';
import type { Clock } from '../state/clock.ts';

/** A value that has arrived. */
export interface Arrived<Value> {
  readonly value: Value;
}

/**
 * Waits for a value of a store. Resolves to `undefined` if the cancellation fires first. A value that is no promise has
 * always arrived.
 *
 * @param late called with a value that arrives after the cancellation
 */
export function arrival<Value>(
  given: Value | Promise<Value>,
  cancellation: Cancellation | undefined,
  late?: (value: Value) => unknown,
): Arrived<Value> | Promise<Arrived<Value> | undefined> {
  const promise = asPromise(given);
  return promise ? later(promise, cancellation, late) : { value: given as Value };
}

async function later<Value>(
  promise: Promise<Value>,
  cancellation: Cancellation | undefined,
  late: ((value: Value) => unknown) | undefined,
): Promise<Arrived<Value> | undefined> {
  if (await waitUnlessCancelled(cancellation, promise)) return { value: await promise };
  if (late) void promise.then(late).catch(() => undefined);
  return undefined;
}

/** Waits for a value of a store, up to a time limit in milliseconds. Resolves to `undefined` if it has not arrived. */
export function arrivalWithin<Value>(
  ms: number,
  given: Value | Promise<Value>,
  clock: Clock,
  outer: Cancellation | undefined,
): Arrived<Value> | Promise<Arrived<Value> | undefined> {
  const promise = asPromise(given);
  return promise ? laterWithin(ms, promise, clock, outer) : { value: given as Value };
}

async function laterWithin<Value>(
  ms: number,
  promise: Promise<Value>,
  clock: Clock,
  outer: Cancellation | undefined,
): Promise<Arrived<Value> | undefined> {
  const { cancellation, done } = startDeadline(clock, outer, ms);
  try {
    return await later(promise, cancellation, undefined);
  } finally {
    done();
  }
}

/** Runs a step in which the store may fail. Ignores the error. */
export function ignoreErrors(run: () => unknown): void {
  try {
    void asPromise(run())?.catch(() => undefined);
  } catch {
    // Ignored, like a rejection.
  }
}
