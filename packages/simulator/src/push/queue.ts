import { type Deliver, type PushFields, type PushRequest, writePush } from './request.ts';
import type { PushTarget } from './options.ts';

/** Event of a webhook: a delivery status, the result of an HLR request, an incoming message, or an awaited call. */
export type PushEvent = 'status' | 'hlr' | 'incoming' | 'call';

/** Webhook of an account (the gateway calls it a push). */
export interface Push {
  /** Login of the account. */
  readonly login: string;
  /** Kind of the event. */
  readonly event: PushEvent;
  /** Instant of the event, in milliseconds since 1970. */
  readonly at: number;
  /** Fields of the webhook, without signatures. */
  readonly fields: PushFields;
  /** Request to the webhook of the account. */
  readonly request: PushRequest;
  /** Number of delivery attempts so far. */
  readonly attempts: number;
  /**
   * `waiting`: not delivered yet. `answered`: delivered. `unanswered`: not delivered after the last retry. Without a
   * `deliver` function the outcome stays `waiting`.
   */
  readonly outcome: 'waiting' | 'answered' | 'unanswered';
}

/** Content of a webhook. */
interface PushContent {
  readonly event: PushEvent;
  readonly fields: PushFields;
  /** Values that the signature covers. */
  readonly signed: readonly string[];
}

/** Members of an account that its webhooks need. */
interface PushAccount {
  readonly login: string;
  readonly push: PushTarget | undefined;
}

/** Webhooks of all accounts. */
export interface PushQueue {
  /** Adds a webhook, due at once. Does nothing for an account without a handler. */
  add(account: PushAccount, content: PushContent, at: number): void;
  /** Webhooks so far, oldest first. */
  readonly all: readonly Push[];
  /** Returns the instant of the next attempt, or `undefined` if none is planned. */
  next(): number | undefined;
  /** Delivers the webhooks that are due by an instant, one after another. */
  deliver(until: number): Promise<void>;
}

type Mutable<Type> = { -readonly [Name in keyof Type]: Type[Name] };

/** Webhook with the instant of its next attempt. */
interface PendingPush {
  readonly push: Mutable<Push>;
  readonly dueAt: number;
}

/** Options of a webhook queue. */
export interface PushQueueOptions {
  /** Delivers webhooks. `undefined`: the webhooks are only listed. */
  readonly deliver: Deliver | undefined;
  /** Delays before each retry, in milliseconds. */
  readonly retriesMs: readonly number[];
  /** Number of webhooks to keep. The oldest are dropped first. */
  readonly keep: number;
}

/** Pending webhooks in order of due time. */
interface PendingPushes {
  add(pending: PendingPush): void;
  /** Removes and returns the first webhook if it is due. */
  takeDue(until: number): PendingPush | undefined;
  next(): number | undefined;
}

function createPendingPushes(): PendingPushes {
  /** Sorted by due time. Entries before `from` have been taken. */
  let pending: PendingPush[] = [];
  let from = 0;
  return {
    add: (one) => {
      let at = pending.length;
      while (at > from && pending[at - 1]!.dueAt > one.dueAt) at--;
      pending.splice(at, 0, one);
    },
    takeDue: (until) => {
      const first = pending[from];
      if (!first || first.dueAt > until) return undefined;
      // Removes the taken entries when they make up half of the list. Removing them one at a time would copy a long list
      // each time.
      if (++from * 2 > pending.length) {
        pending = pending.slice(from);
        from = 0;
      }
      return first;
    },
    next: () => pending[from]?.dueAt,
  };
}

async function isAnswered(request: PushRequest, deliver: Deliver): Promise<boolean> {
  try {
    const { status } = await deliver(request);
    return status >= 200 && status < 300;
  } catch {
    return false;
  }
}

/** Creates a webhook queue. */
export function createPushQueue({ deliver, retriesMs, keep }: PushQueueOptions): PushQueue {
  let all: Mutable<Push>[] = [];
  const pending = createPendingPushes();
  let delivering: Promise<void> = Promise.resolve();

  async function attempt({ push, dueAt }: PendingPush, send: Deliver): Promise<void> {
    push.attempts++;
    const answered = await isAnswered(push.request, send);
    const delay = retriesMs[push.attempts - 1];
    if (!answered && delay !== undefined) pending.add({ push, dueAt: dueAt + delay });
    else push.outcome = answered ? 'answered' : 'unanswered';
  }

  async function deliverDue(until: number, send: Deliver): Promise<void> {
    for (let due = pending.takeDue(until); due; due = pending.takeDue(until)) await attempt(due, send);
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
      // Drops old webhooks in bulk, because removing one at a time would copy a long list each time.
      if (all.length > keep * 2) all = all.slice(-keep);
      if (deliver) pending.add({ push, dueAt: at });
    },
    get all() {
      return all.slice(-keep);
    },
    next: () => pending.next(),
    deliver: (until) => {
      if (deliver) delivering = delivering.then(() => deliverDue(until, deliver));
      return delivering;
    },
  };
}
