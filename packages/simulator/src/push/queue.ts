import { type Deliver, type PushFields, type PushRequest, writePush } from './request.ts';
import type { PushTarget } from './options.ts';

/** What a push tells of: the state of a message, the result of an HLR request, a message that came in, a call that was waited for. */
export type PushEvent = 'status' | 'hlr' | 'incoming' | 'call';

/** Something that the gateway tells the handler of an account. */
export interface Push {
  readonly login: string;
  readonly event: PushEvent;
  /** When it happened, in milliseconds since 1970. */
  readonly at: number;
  /** What is told, without signatures. */
  readonly fields: PushFields;
  readonly request: PushRequest;
  /** How often it was tried. */
  readonly attempts: number;
  /** `unanswered` once it is not tried any more. Without a way to deliver it stays `waiting`. */
  readonly outcome: 'waiting' | 'answered' | 'unanswered';
}

/** What an event is made of. */
interface Told {
  readonly event: PushEvent;
  readonly fields: PushFields;
  /** The values that a signature covers. */
  readonly signed: readonly string[];
}

/** Whose handler is told, if there is one. */
interface Subscriber {
  readonly login: string;
  readonly push: PushTarget | undefined;
}

/** All pushes of a gateway. */
export interface PushQueue {
  /** Writes one down, to be delivered from now on. */
  add(subscriber: Subscriber, told: Told, at: number): void;
  /** Oldest first. */
  readonly all: readonly Push[];
  /** When the next one is to be tried; `undefined` when none is, or none can be. */
  next(): number | undefined;
  /** Tries everything that is due up to an instant, one after the other. */
  deliver(to: number): Promise<void>;
}

type Mutable<Type> = { -readonly [Name in keyof Type]: Type[Name] };

/** One that is still to be answered, and when to try it. */
interface Waiting {
  readonly push: Mutable<Push>;
  readonly dueAt: number;
}

/** What the queue of pushes needs to know. */
export interface PushQueueOptions {
  readonly deliver: Deliver | undefined;
  /** Pauses before each repeat, in milliseconds. */
  readonly retriesMs: readonly number[];
  /** How many are remembered; the oldest are forgotten first. */
  readonly keep: number;
}

export function createPushQueue({ deliver, retriesMs, keep }: PushQueueOptions): PushQueue {
  let all: Mutable<Push>[] = [];
  /** Those that are due first come first. Before `from` they have been taken. */
  let waiting: Waiting[] = [];
  let from = 0;
  let delivering: Promise<void> = Promise.resolve();

  function wait(one: Waiting): void {
    let at = waiting.length;
    while (at > from && waiting[at - 1]!.dueAt > one.dueAt) at--;
    waiting.splice(at, 0, one);
  }

  /** The first one, if it is due. Half of the list is let go at once, as a long one is not moved for the sake of one. */
  function take(to: number): Waiting | undefined {
    const one = waiting[from];
    if (!one || one.dueAt > to) return undefined;
    if (++from * 2 > waiting.length) {
      waiting = waiting.slice(from);
      from = 0;
    }
    return one;
  }

  async function isAnswered(request: PushRequest, send: Deliver): Promise<boolean> {
    try {
      const { status } = await send(request);
      return status >= 200 && status < 300;
    } catch {
      return false;
    }
  }

  async function attempt({ push, dueAt }: Waiting, send: Deliver): Promise<void> {
    push.attempts++;
    const answered = await isAnswered(push.request, send);
    const pause = retriesMs[push.attempts - 1];
    if (!answered && pause !== undefined) wait({ push, dueAt: dueAt + pause });
    else push.outcome = answered ? 'answered' : 'unanswered';
  }

  async function run(to: number, send: Deliver): Promise<void> {
    for (let one = take(to); one; one = take(to)) await attempt(one, send);
  }

  return {
    add: (account, { event, fields, signed }, at) => {
      if (!account.push) return;
      const push: Mutable<Push> = {
        login: account.login,
        event,
        at,
        fields,
        request: writePush(fields, signed, account.push),
        attempts: 0,
        outcome: 'waiting',
      };
      all.push(push);
      // Half of them at once, so that a long list is not moved for the sake of one.
      if (all.length > keep * 2) all = all.slice(-keep);
      if (deliver) wait({ push, dueAt: at });
    },
    get all() {
      return all.slice(-keep);
    },
    next: () => waiting[from]?.dueAt,
    deliver: (to) => (deliver ? (delivering = delivering.then(() => run(to, deliver))) : delivering),
  };
}
