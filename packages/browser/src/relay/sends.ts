import type { Clock } from '@smsc/client';
import type { Answer } from '../talk.ts';
import { Refused } from './refused.ts';

/** How long and how many answers about what spends are kept. */
export interface ReplayLimits {
  readonly replayMs: number;
  readonly maxReplays: number;
}

interface Send {
  readonly fingerprint: string;
  readonly answer: Promise<Answer>;
  /** Aborted when nobody waits for it any more. */
  readonly gone: AbortController;
  waiting: number;
  /** When it ended; undefined while it goes on. */
  endedAt: number | undefined;
}

/** Sends by their ids: the same one is made once, however often it is asked for. */
export interface Sends {
  readonly join: (id: string, fingerprint: string, signal: AbortSignal, make: (gone: AbortSignal) => Promise<Answer>) => Promise<Answer>;
}

const left = (): Refused => new Refused('unavailable', 'nobody waits for it');

export function createSends({ replayMs, maxReplays }: ReplayLimits, clock: Clock): Sends {
  const sends = new Map<string, Send>();

  /** Makes room: for what has been kept long enough, then for the oldest that has ended. What goes on is never forgotten. */
  function makeRoom(): void {
    const now = clock.now();
    for (const [id, { endedAt }] of sends) if (endedAt !== undefined && endedAt + replayMs <= now) sends.delete(id);
    if (sends.size < maxReplays) return;
    const [oldest] = [...sends].find(([, { endedAt }]) => endedAt !== undefined) ?? [];
    if (oldest === undefined) throw new Refused('unavailable', 'too much at once');
    sends.delete(oldest);
  }

  function begin(id: string, fingerprint: string, make: (gone: AbortSignal) => Promise<Answer>): Send {
    makeRoom();
    const gone = new AbortController();
    const send: Send = { fingerprint, gone, waiting: 0, endedAt: undefined, answer: make(gone.signal) };
    sends.set(id, send);
    send.answer.then(
      (answer) => {
        send.endedAt = clock.now();
        // What surely was not sent may be asked for again.
        if (!Object.hasOwn(answer, 'outcome') || !/^(?:accepted|unknown)$/.test((answer as { outcome: string }).outcome)) sends.delete(id);
      },
      () => sends.delete(id),
    );
    return send;
  }

  return {
    join: async (id, fingerprint, signal, make) => {
      const known = sends.get(id);
      if (known && known.fingerprint !== fingerprint) throw new Refused('conflict', 'this id was given to another message');
      const send = known ?? begin(id, fingerprint, make);
      send.waiting++;
      return new Promise((resolve, reject) => {
        const leave = (): void => {
          signal.removeEventListener('abort', leave);
          if (--send.waiting === 0) send.gone.abort();
          reject(left());
        };
        signal.addEventListener('abort', leave);
        send.answer.then(resolve, reject).finally(() => signal.removeEventListener('abort', leave)).catch(() => undefined);
        if (signal.aborted) leave();
      });
    },
  };
}
