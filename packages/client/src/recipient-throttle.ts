import { readOptions, checkWhole } from '@smsc/protocol/adapter';
import { customThrottle, type RecipientThrottle } from './layers/throttle.ts';

/** Options of {@link recipientThrottle}. */
export interface RecipientThrottleOptions {
  /**
   * Maximum number of consecutive messages to one recipient with pauses shorter than `pauseMs`. 1 to 1,000,000.
   * Default: 49.
   */
  readonly messages?: number | undefined;
  /** Pause after which the count restarts at 0, in milliseconds. 1 to 86,400,000. Default: 60,000. */
  readonly pauseMs?: number | undefined;
}

/** Messages to one recipient that followed each other with pauses shorter than `pauseMs`. */
interface Burst {
  readonly last: number;
  readonly length: number;
}

/**
 * Creates a throttle that delays messages that the gateway would block as a flood. The gateway's documentation defines
 * a flood as more than 50 messages to one subscriber with pauses under a minute. A third party's description of
 * delivery error 251 says half a minute.
 *
 * Pass the same throttle to all clients of the process. It keeps recipients in memory, but no message texts.
 *
 * @throws {InputError} for unknown options and values out of range
 */
export function recipientThrottle(options: RecipientThrottleOptions = {}): RecipientThrottle {
  const { messages = 49, pauseMs = 60_000 } = readOptions('recipientThrottle', options, {
    messages: checkWhole(1, 1_000_000),
    pauseMs: checkWhole(1, 86_400_000),
  });
  // Two generations of bursts. The older map is dropped as a whole, because no burst is needed for longer than
  // `pauseMs`.
  let recent = new Map<string, Burst>();
  let older = new Map<string, Burst>();
  let since = -Infinity;
  const lengthOf = (recipient: string, now: number): number => {
    const burst = recent.get(recipient) ?? older.get(recipient);
    return burst && now - burst.last < pauseMs ? burst.length : 0;
  };
  return customThrottle((recipients, now) => {
    const keys = [...new Set(recipients.map((each) => each.replace(/^\+/, '')))];
    const full = keys.filter((key) => lengthOf(key, now) >= messages);
    if (full.length > 0)
      return Math.max(...full.map((key) => (recent.get(key) ?? older.get(key)!).last + pauseMs - now));
    if (now - since >= pauseMs) {
      older = recent;
      recent = new Map();
      since = now;
    }
    for (const key of keys) recent.set(key, { last: now, length: lengthOf(key, now) + 1 });
    return 0;
  });
}
