import type { Clock } from '@smsc/client';
import type { RelayResponse } from '../talk.ts';
import { unknownToAnswer } from './answer.ts';
import { Refused } from './refused.ts';

/** How long and how many answers about what spends are kept. */
export interface ReplayLimits {
  readonly replayMs: number;
  readonly maxReplays: number;
}

interface Send {
  readonly fingerprint: string;
  readonly answer: Promise<RelayResponse>;
  /** Aborted when nobody waits for it any more. */
  readonly gone: AbortController;
  waiting: number;
  /** Whether it may be at the gateway. */
  hasLeft: boolean;
  /** When it ended; undefined while it goes on. */
  endedAt: number | undefined;
}

/** A request about a message that is here. */
export interface Arrival {
  /** Whether there is another one about the same, or was one whose answer is kept. */
  readonly isKnown: () => boolean;
  readonly end: () => void;
}

/** One request for a send. */
export interface Joining {
  readonly key: string;
  readonly id: string;
  /** Another one is another message. */
  readonly fingerprint: string;
  /** Aborted when who asks has gone away. */
  readonly signal: AbortSignal;
  /** Makes it. `gone`: nobody waits for it any more. `onLeaving`: from now on it may be at the gateway. */
  readonly make: (gone: AbortSignal, onLeaving: () => void) => Promise<RelayResponse>;
}

/** Sends by their names and ids: the same one is made once, however often it is asked for. */
export interface Sends {
  /** Takes note of a request before it is read, until it has been answered. */
  readonly arrive: (key: string) => Arrival;
  readonly join: (joining: Joining) => Promise<RelayResponse>;
}

export function createSends({ replayMs, maxReplays }: ReplayLimits, clock: Pick<Clock, 'now'>): Sends {
  const sends = new Map<string, Send>();
  /** Requests that are here, of each message. */
  const here = new Map<string, number>();

  const isOver = ({ endedAt }: Send): boolean => endedAt !== undefined && endedAt + replayMs <= clock.now();

  /** The one that is known, but for what has been kept long enough. */
  function find(key: string): Send | undefined {
    const found = sends.get(key);
    return found && isOver(found) ? undefined : found;
  }

  /** Makes room: for what has been kept long enough, then for the oldest that has ended. What goes on is never forgotten. */
  function makeRoom(): void {
    for (const [key, send] of sends) if (isOver(send)) sends.delete(key);
    if (sends.size < maxReplays) return;
    const [oldest] = [...sends].find(([, { endedAt }]) => endedAt !== undefined) ?? [];
    if (oldest === undefined) throw new Refused('unavailable', 'too much at once');
    sends.delete(oldest);
  }

  function begin({ key, fingerprint, make }: Joining): Send {
    makeRoom();
    const gone = new AbortController();
    const send: Send = {
      fingerprint,
      gone,
      waiting: 0,
      hasLeft: false,
      endedAt: undefined,
      answer: make(gone.signal, () => void (send.hasLeft = true)),
    };
    sends.set(key, send);
    send.answer.then(
      (answer) => {
        send.endedAt = clock.now();
        // What surely was not sent may be asked for again.
        if (
          !Object.hasOwn(answer, 'outcome') ||
          !/^(?:accepted|unknown)$/.test((answer as { outcome: string }).outcome)
        )
          sends.delete(key);
      },
      () => sends.delete(key),
    );
    return send;
  }

  return {
    arrive: (key) => {
      here.set(key, (here.get(key) ?? 0) + 1);
      return {
        isKnown: () => here.get(key)! > 1 || find(key) !== undefined,
        end: () => {
          const others = here.get(key)! - 1;
          if (others > 0) here.set(key, others);
          else here.delete(key);
        },
      };
    },

    join: async (joining) => {
      const { key, id, fingerprint, signal } = joining;
      const known = find(key);
      if (known && known.fingerprint !== fingerprint)
        throw new Refused('conflict', 'this id was given to another message');
      const send = known ?? begin(joining);
      send.waiting++;
      return new Promise((resolve, reject) => {
        const leave = (): void => {
          signal.removeEventListener('abort', leave);
          if (--send.waiting === 0) send.gone.abort();
          // Whoever sees this last must not take it for a proof: it may be at the gateway, or get there for another.
          if (send.hasLeft || send.waiting > 0) resolve(unknownToAnswer(id, 'aborted'));
          else reject(new Refused('unavailable', 'nobody waits for it'));
        };
        signal.addEventListener('abort', leave);
        send.answer
          .then(resolve, reject)
          .finally(() => signal.removeEventListener('abort', leave))
          .catch(() => undefined);
        if (signal.aborted) leave();
      });
    },
  };
}
