import { readOptions, checkWhole } from '@smsc/protocol/adapter';

/** Keeps messages to one recipient apart. */
export interface RecipientThrottle {
  /** Takes a place for each recipient, or for none of them and says for how many milliseconds to wait before asking again. */
  take(recipients: readonly string[], now: number): number;
}

/** What {@link recipientThrottle} can be told. */
export interface RecipientThrottleOptions {
  /** So many messages to one recipient may follow one another with shorter pauses. Default: 49. */
  readonly messages?: number | undefined;
  /** The pause that is long enough, in milliseconds. Default: 60,000. */
  readonly pauseMs?: number | undefined;
}

/**
 * Waits before a message that the gateway would block as a flood: more than 50 to one subscriber with pauses under a
 * minute, says its page; half a minute, says a third party of error 251.
 *
 * Give one to every client of the process. It remembers a recipient for as long as the pause, and no text.
 */
export function recipientThrottle(options: RecipientThrottleOptions = {}): RecipientThrottle {
  const { messages = 49, pauseMs = 60_000 } = readOptions('spacing', options, {
    messages: checkWhole(1, 1_000_000),
    pauseMs: checkWhole(1, 86_400_000),
  });
  type Chain = { readonly last: number; readonly length: number };
  // A whole map is forgotten at a time: no chain is needed for longer than its pause.
  let recent = new Map<string, Chain>();
  let older = new Map<string, Chain>();
  let since = -Infinity;
  const lengthOf = (key: string, now: number): number => {
    const chain = recent.get(key) ?? older.get(key);
    return chain && now - chain.last < pauseMs ? chain.length : 0;
  };
  return {
    take: (recipients, now) => {
      const keys = [...new Set(recipients.map((each) => each.replace(/[^\d@a-z#]/gi, '')))];
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
    },
  };
}
