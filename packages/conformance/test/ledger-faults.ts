// Faults that a store could have, each with cases that must fail because of it.
import type {
  Claim,
  ClaimAnswer,
  ClaimRequest,
  LedgerEntry,
  OpenSend,
  SendEnd,
  StoredEntry,
} from '@smsc/client';
import { type SharedData, SharedStore } from './shared-store.ts';

/** A fault, and the titles of cases that must fail because of it. */
export interface Fault {
  readonly fault: string;
  readonly create: (data: SharedData) => SharedStore;
  readonly titles: readonly string[];
}

const keepMs = 86_400_000;

/** Creates a fault from a subclass of the store. */
const fault = (
  name: string,
  titles: readonly string[],
  Faulty: new (data: SharedData) => SharedStore,
): Fault => ({ fault: name, titles, create: (data) => new Faulty(data) });

/** Creates a fault of `claim`. */
const claimFault = (
  name: string,
  titles: readonly string[],
  change: (
    answer: ClaimAnswer,
    request: ClaimRequest,
    store: SharedStore,
  ) => ClaimAnswer | Promise<ClaimAnswer>,
): Fault =>
  fault(
    name,
    titles,
    class extends SharedStore {
      override async claim(request: ClaimRequest) {
        return change(await super.claim(request), request, this);
      }
    },
  );

/** Creates a fault of the requests that `claim` gets. */
const requestFault = (
  name: string,
  titles: readonly string[],
  change: (request: ClaimRequest) => ClaimRequest,
): Fault =>
  fault(
    name,
    titles,
    class extends SharedStore {
      override claim(request: ClaimRequest) {
        return super.claim(change(request));
      }
    },
  );

/** Creates a fault of `ended`. */
const endFault = (
  name: string,
  titles: readonly string[],
  change: (end: SendEnd, claim: Claim, store: SharedStore) => SendEnd,
): Fault =>
  fault(
    name,
    titles,
    class extends SharedStore {
      override ended(claim: Claim, end: SendEnd) {
        return super.ended(claim, change(end, claim, this));
      }
    },
  );

/** Creates a fault of `open`. */
const openFault = (
  name: string,
  titles: readonly string[],
  change: (all: OpenSend[], store: SharedStore) => Iterable<OpenSend>,
): Fault =>
  fault(
    name,
    titles,
    class extends SharedStore {
      override open() {
        return change([...(super.open() as Iterable<OpenSend>)], this);
      }
    },
  );

/** Creates a fault of the entries. */
const entryFault = (
  name: string,
  titles: readonly string[],
  change: (entry: StoredEntry) => StoredEntry | undefined,
): Fault =>
  fault(
    name,
    titles,
    class extends SharedStore {
      override entry(id: string) {
        const entry = super.entry(id) as StoredEntry | undefined;
        return entry && change(entry);
      }

      override entries(outcome?: LedgerEntry['outcome']) {
        const all = [...(super.entries(outcome) as Iterable<StoredEntry>)];
        return all.flatMap((entry) => change(entry) ?? []);
      }
    },
  );

/** Deletes entries in doubt, or untold ones, as if they had expired. */
const expire = async (store: SharedStore, isExpired: (entry: StoredEntry) => boolean): Promise<void> => {
  for (const entry of [...(store.data.store.entries() as Iterable<StoredEntry>)])
    if (isExpired(entry) && store.data.clock.now() - entry.claimedAt.getTime() > keepMs)
      await store.data.store.forget(entry.id);
};

/** The token under which an entry can be changed at the moment. */
function currentClaim({ data }: SharedStore, { id, token }: Claim): Claim {
  const running = data.running.get(id)?.claim;
  for (const { claim } of data.store.open() as Iterable<OpenSend>) if (claim.id === id) return claim;
  return running ?? { id, token };
}

const doubtAsYours = async (answer: ClaimAnswer, request: ClaimRequest, store: SharedStore) => {
  if (answer.state !== 'in-doubt') return answer;
  await store.data.store.forget(request.id);
  return store.claim(request);
};

const voidByClaim = 'a new claim makes the earlier claim of the id void';
const repeated = 'an accepted message resolves to the same outcome again, without a request';
const certain = 'certainty comes when the request can no longer arrive, and not earlier';
const untoldByLeaving = 'leaving the loop of recover() leaves the current item untold';
const toldByNext = 'an item of recover() is told when the next one is requested, and not before';

const fencingFaults: readonly Fault[] = [
  fault(
    'a void claim can record a request',
    [
      voidByClaim,
      'a certain outcome is final for its claim',
      'a claim is void after a person decided the outcome',
    ],
    class extends SharedStore {
      override written(claim: Claim, arrivesWithinMs: number) {
        void super.written(claim, arrivesWithinMs);
        return true;
      }
    },
  ),
  fault(
    'a void claim can record an end',
    [voidByClaim, 'a claim whose token was never given out is void'],
    class extends SharedStore {
      override ended(claim: Claim, end: SendEnd) {
        return super.ended(currentClaim(this, claim), end);
      }
    },
  ),
  fault(
    'an end under a void claim is reported as recorded',
    [voidByClaim, 'a certain outcome is final for its claim'],
    class extends SharedStore {
      override ended(claim: Claim, end: SendEnd) {
        void super.ended(claim, end);
        return true;
      }
    },
  ),
  fault(
    'tokens are counted for each id, and begin anew after forget',
    [
      'no two claims have the same token',
      'a claim is void after its entry was forgotten, also when the id is claimed anew',
    ],
    (() => {
      const real = new WeakMap<SharedData, Map<string, Claim[]>>();
      return class extends SharedStore {
        #claims(id: string): Claim[] {
          const byId = real.get(this.data) ?? new Map<string, Claim[]>();
          real.set(this.data, byId);
          if (!this.data.store.entry(id)) byId.delete(id);
          const claims = byId.get(id) ?? [];
          byId.set(id, claims);
          return claims;
        }

        override async claim(request: ClaimRequest) {
          const claims = this.#claims(request.id);
          const answer = await super.claim(request);
          if (answer.state !== 'yours') return answer;
          claims.push(answer.claim);
          return { ...answer, claim: { id: request.id, token: claims.length } };
        }

        override written({ id, token }: Claim, arrivesWithinMs: number) {
          return super.written(this.#claims(id)[token - 1] ?? { id, token: -1 }, arrivesWithinMs);
        }

        override ended({ id, token }: Claim, end: SendEnd) {
          return super.ended(this.#claims(id)[token - 1] ?? { id, token: -1 }, end);
        }
      };
    })(),
  ),
];

const answerFaults: readonly Fault[] = [
  claimFault(
    'a busy id is yours',
    [
      'an id that is being sent is busy',
      'ten sends of one id at once make one request, and all get its outcome',
    ],
    (answer, { id }, { data }) =>
      answer.state === 'busy' ? { state: 'yours', claim: data.running.get(id)!.claim } : answer,
  ),
  claimFault(
    'a send in doubt is yours',
    [
      'a send whose outcome is unknown is in doubt, with everything that settles it',
      'a send whose response was lost is unknown again, and is settled as accepted',
    ],
    doubtAsYours,
  ),
  claimFault('an accepted message is yours after a minute', [repeated], async (answer, request, store) => {
    if (answer.state !== 'known') return answer;
    await store.data.store.forget(request.id);
    return store.claim(request);
  }),
  claimFault(
    'an accepted message is known without its result',
    [repeated, 'a message that was accepted is known, with its result unchanged'],
    (answer) => (answer.state === 'known' ? { ...answer, result: undefined } : answer),
  ),
  claimFault(
    'a result without a text is an empty text',
    ['a message that was accepted is known, with its result unchanged'],
    (answer) => (answer.state === 'known' ? { ...answer, result: answer.result ?? '' } : answer),
  ),
  claimFault(
    'a conflict is a busy id',
    [
      'an id that was used for other content is a conflict, in every state',
      'the same id with another message is an InputError that names id',
    ],
    (answer) => (answer.state === 'conflict' ? { state: 'busy' } : answer),
  ),
  fault(
    'a closed store claims',
    [
      'a closed store gives out no claim and records no request',
      'a send after close() is not-sent, and nothing leaves',
    ],
    class extends SharedStore {
      override close() {
        // Goes on.
      }
    },
  ),
  requestFault(
    'the digest is ignored: a key is reused for other content',
    [
      'an id that was used for other content is a conflict, in every state',
      'the same id with another message is an InputError that names id',
      'files with other bytes are another message, and equal files are the same one',
    ],
    (request) => ({
      ...request,
      content: '',
    }),
  ),
  requestFault(
    'the digest covers the account',
    [
      'the id alone is the key: another account cannot send it again',
      'the requested report, format, charset, body and credentials do not change the message',
    ],
    (request) => ({
      ...request,
      content: request.account + request.content,
    }),
  ),
  requestFault(
    'the key is the id and the account',
    ['the id alone is the key: another account cannot send it again'],
    (request) => ({
      ...request,
      id: request.account === 'bob' ? `bob-${request.id}` : request.id,
    }),
  ),
  requestFault('ids are compared without case', ['ids that look alike are different ids'], (request) => ({
    ...request,
    id: request.id.toLowerCase(),
  })),
  requestFault(
    'made-up ids are kept',
    [
      'ids that the client made up leave nothing behind',
      'messages without an id of the caller leave nothing behind when their outcome is certain',
    ],
    (request) => ({
      ...request,
      temporary: false,
    }),
  ),
  requestFault(
    'only the first recipient is kept',
    ['a send whose outcome is unknown is in doubt, with everything that settles it'],
    (request) => ({
      ...request,
      to: request.to.slice(0, 1),
    }),
  ),
  requestFault(
    'the account is not kept',
    [
      'open() returns what recover() needs',
      'a send of other credentials is never not-sent, and accepted if the gateway has it',
    ],
    (request) => ({
      ...request,
      account: '',
    }),
  ),
];

const endFaults: readonly Fault[] = [
  endFault(
    'code 9 is taken for a free pass',
    ['code 9 proves nothing: the send is in doubt and is not sent again'],
    (end) => (end.code === 9 ? { ...end, outcome: 'rejected' } : end),
  ),
  endFault(
    'every rejection is taken for a free pass',
    [
      'a rejection without an id on a connection that was used before leaves the send in doubt',
      'a rejection without an id on a connection of unknown age leaves the send in doubt',
    ],
    (end) => (end.code === undefined ? end : { ...end, outcome: 'rejected' }),
  ),
  endFault(
    'a rejection is final',
    [
      'a send that ended as rejected can be claimed again',
      'a send that the gateway rejected with its id is sent again',
    ],
    (end) => (end.outcome === 'rejected' ? { ...end, outcome: 'accepted' } : end),
  ),
  endFault(
    'an unknown outcome is taken for not-sent',
    [
      'a send whose outcome is unknown is in doubt, with everything that settles it',
      'a send whose response was lost is unknown again, and is settled as accepted',
    ],
    (end) => (end.outcome === 'unknown' ? { ...end, outcome: 'not-sent' } : end),
  ),
  endFault(
    'an end counts as told before it is told',
    [
      toldByNext,
      untoldByLeaving,
      'recover() can be killed at any item: each send is reported at last, and a told one once',
    ],
    (end) => ({
      ...end,
      untold: false,
    }),
  ),
  endFault(
    'ifCertain is ignored',
    [
      'an end with ifCertain is recorded only when no request can arrive any more',
      'an end with ifCertain is not recorded if a further request was written meanwhile',
      'a late probe cannot arrive after another client was told not-sent',
    ],
    (end) => ({
      ...end,
      ifCertain: false,
    }),
  ),
  endFault(
    'the code is not kept',
    ['entry() returns exactly the members of an entry, in every state'],
    (end) => ({
      ...end,
      code: undefined,
    }),
  ),
  endFault(
    'the result is not kept',
    [repeated, 'dates, bytes, big integers and undefined members of a result come back as they were'],
    (end) => ({
      ...end,
      result: undefined,
    }),
  ),
  endFault(
    'the result is cut off',
    ['a message that was accepted is known, with its result unchanged'],
    (end) => ({
      ...end,
      result: end.result?.slice(0, 4096),
    }),
  ),
  endFault(
    'every end is untold',
    ['open() lists sends in doubt and sends whose outcome is untold, and no others'],
    (end) => ({
      ...end,
      untold: true,
    }),
  ),
  fault(
    'an end that cannot be recorded leaves the id busy for ever',
    [
      'an end that cannot be recorded leaves the send in doubt, and not busy',
      'a send whose end could not be recorded is settled later, and not sent again',
      'an end that cannot be recorded leaves a send that was not written free',
    ],
    class extends SharedStore {
      override ended(claim: Claim, end: SendEnd) {
        if (this.data.isFull) throw new Error('the disk is full');
        return super.ended(claim, end);
      }
    },
  ),
  fault(
    'an end that cannot be recorded frees the id',
    [
      'an end that cannot be recorded leaves the send in doubt, and not busy',
      'a send whose end could not be recorded is settled later, and not sent again',
    ],
    class extends SharedStore {
      override ended(claim: Claim, end: SendEnd) {
        if (!this.data.isFull) return super.ended(claim, end);
        this.data.running.delete(claim.id);
        void this.data.store.ended(claim, { outcome: 'not-sent' });
        throw new Error('the disk is full');
      }
    },
  ),
];

const timeFaults: readonly Fault[] = [
  claimFault(
    'certainty comes at once',
    [certain, 'settle() waits for the last request that can still arrive'],
    (answer) =>
      answer.state === 'in-doubt' ? { ...answer, send: { ...answer.send, certainInMs: 0 } } : answer,
  ),
  openFault('certainty comes at once in open', [certain], (all) =>
    all.map((each) => (each.outcome ? each : { ...each, certainInMs: 0 })),
  ),
  fault(
    'certainty counts from the first request',
    [
      'certainty counts from the latest request of a send',
      'the latest request of a send in doubt is recorded',
    ],
    class extends SharedStore {
      readonly #written = new Set<number>();

      override written(claim: Claim, arrivesWithinMs: number) {
        if (this.#written.has(claim.token)) return true;
        this.#written.add(claim.token);
        return super.written(claim, arrivesWithinMs);
      }
    },
  ),
  fault(
    'certainty is computed from the time of day alone',
    ['certainty does not come earlier if the time of day is set ahead'],
    (() => {
      const writtenAt = new Map<string, number>();
      return class extends SharedStore {
        override written(claim: Claim, arrivesWithinMs: number) {
          writtenAt.set(claim.id, this.data.clock.now() + arrivesWithinMs);
          return super.written(claim, arrivesWithinMs);
        }

        override async claim(request: ClaimRequest) {
          const answer = await super.claim(request);
          if (answer.state !== 'in-doubt') return answer;
          const certainInMs = Math.max(0, writtenAt.get(request.id)! - this.data.clock.now());
          return { ...answer, send: { ...answer.send, certainInMs } };
        }
      };
    })(),
  ),
  fault(
    'what is in doubt expires',
    ['what is in doubt never expires'],
    class extends SharedStore {
      override async claim(request: ClaimRequest) {
        await expire(this, ({ outcome }) => outcome === 'unknown');
        return super.claim(request);
      }
    },
  ),
  fault(
    'untold outcomes expire',
    ['an untold outcome survives until it is told, however long that takes'],
    class extends SharedStore {
      override async claim(request: ClaimRequest) {
        await expire(this, ({ outcome }) => outcome === 'accepted');
        return super.claim(request);
      }
    },
  ),
  entryFault(
    'expired entries are still listed as new',
    ['entry() returns exactly the members of an entry, in every state'],
    (entry) => ({
      ...entry,
      claimedAt: new Date(entry.claimedAt.getTime() + 1),
    }),
  ),
  fault(
    'entries never expire',
    ['an entry is kept for keepMs after its end, and not longer'],
    class extends SharedStore {
      override ended(claim: Claim, end: SendEnd) {
        return super.ended(claim, { ...end, untold: true });
      }
    },
  ),
];

const reportFaults: readonly Fault[] = [
  openFault('open marks what it lists as told', [toldByNext], function* (all, store) {
    for (const each of all) {
      void store.told(each.claim);
      yield each;
    }
  }),
  openFault(
    'open leaves out untold outcomes',
    [toldByNext, 'open() lists sends in doubt and sends whose outcome is untold, and no others'],
    (all) => all.filter(({ outcome }) => outcome === undefined),
  ),
  openFault('open lists untold outcomes last', ['open() lists untold outcomes first'], (all) =>
    all.reverse(),
  ),
  openFault(
    'open lists what is being sent',
    [
      'open() lists sends in doubt and sends whose outcome is untold, and no others',
      'recover() leaves alone what another client is sending',
    ],
    (all, { data }) => [
      ...all,
      ...[...data.running.values()].map(({ claim }) => ({
        claim,
        operation: 'send',
        to: [],
        account: 'alex',
        certainInMs: 0,
      })),
    ],
  ),
  openFault('open lists at most 500 sends', ['open() lists each of 1,200 sends once'], (all) =>
    all.slice(0, 500),
  ),
  openFault(
    'open leaves out results',
    ['open() returns what recover() needs', 'recover() reports untold outcomes first and without a request'],
    (all) => all.map((each) => (each.outcome ? { ...each, result: undefined } : each)),
  ),
  fault(
    'told does nothing',
    [
      'told() removes an outcome from open(), and nothing else',
      'recover() reports each send in doubt with its outcome, and then nothing',
    ],
    class extends SharedStore {
      override told() {
        // Forgets to record it.
      }
    },
  ),
  fault(
    'told does not compare tokens',
    ['told() under a void claim does nothing'],
    class extends SharedStore {
      override told(claim: Claim) {
        return super.told(currentClaim(this, claim));
      }
    },
  ),
  fault(
    'told deletes the entry',
    [
      'told() removes an outcome from open(), and nothing else',
      'a send that recover() reported as not-sent can be sent, and one that it reported as accepted is known',
    ],
    class extends SharedStore {
      override async told(claim: Claim) {
        await super.told(claim);
        await super.forget(claim.id);
      }
    },
  ),
  fault(
    'told settles what is in doubt',
    ['told() for a send in doubt keeps it in doubt'],
    class extends SharedStore {
      override told(claim: Claim) {
        void this.data.store.ended(claim, { outcome: 'not-sent' });
        return super.told(claim);
      }
    },
  ),
];

const decisionFaults: readonly Fault[] = [
  fault(
    'forget deletes what is being sent',
    ['forget() leaves alone what is being sent'],
    class extends SharedStore {
      override async forget(id: string) {
        const running = this.data.running.get(id);
        if (running) void this.ended(running.claim, { outcome: 'not-sent' });
        return super.forget(id);
      }
    },
  ),
  fault(
    'forget always returns true',
    [
      'forget() deletes an entry that is not running, once',
      'forget() of an id that was never claimed returns false',
    ],
    class extends SharedStore {
      override async forget(id: string) {
        await super.forget(id);
        return true;
      }
    },
  ),
  fault(
    'forget deletes nothing',
    [
      'forget() deletes an entry that is not running, once',
      'an id can be used for another message after forget()',
    ],
    class extends SharedStore {
      override forget(id: string) {
        return this.data.store.entry(id) !== undefined && !this.data.running.has(id);
      }
    },
  ),
  fault(
    'resolve always records accepted',
    ['resolve() decides a doubt: accepted is known, and any other outcome can be sent again'],
    class extends SharedStore {
      override resolve(id: string) {
        return super.resolve(id, 'accepted');
      }
    },
  ),
  fault(
    'resolve decides what is being sent',
    ['resolve() changes only what is in doubt'],
    class extends SharedStore {
      override resolve(id: string, outcome: 'accepted' | 'rejected' | 'not-sent') {
        const running = this.data.running.get(id);
        return running ? this.ended(running.claim, { outcome }) : super.resolve(id, outcome);
      }
    },
  ),
  fault(
    'entries ignores its filter',
    ['entries() lists all entries, or those with one outcome'],
    class extends SharedStore {
      override entries() {
        return super.entries();
      }
    },
  ),
  entryFault(
    'a running send is shown as unknown',
    ['entry() returns exactly the members of an entry, in every state'],
    (entry) => (entry.outcome === 'running' ? { ...entry, outcome: 'unknown' } : entry),
  ),
  entryFault(
    'entries have an end before they end',
    ['entry() returns exactly the members of an entry, in every state'],
    (entry) => ({
      ...entry,
      endedAt: entry.endedAt ?? entry.claimedAt,
    }),
  ),
];

const slotFaults: readonly Fault[] = [
  fault(
    'slots are not freed',
    [
      'a slot that was left can be taken again, by any client',
      'slots are given back after every kind of outcome',
    ],
    class extends SharedStore {
      override enter(account: string, max: number) {
        return super.enter(account, max) && (() => undefined);
      }
    },
  ),
  fault(
    'slots are not counted',
    [
      'enter() gives out at most max slots, to all clients together',
      'a client waits for a slot that another client holds',
    ],
    class extends SharedStore {
      override enter() {
        return () => undefined;
      }
    },
  ),
  fault(
    'slots are counted by each store alone',
    ['enter() gives out at most max slots, to all clients together'],
    (() => {
      let stores = 0;
      return class extends SharedStore {
        readonly #name = String(stores++);
        override enter(account: string, max: number) {
          return super.enter(account + this.#name, max);
        }
      };
    })(),
  ),
  fault(
    'slots are counted for all accounts together',
    ['each account has slots of its own'],
    class extends SharedStore {
      override enter(_: string, max: number) {
        return super.enter('', max);
      }
    },
  ),
  fault(
    'one slot too many is given out',
    ['enter() gives out at most max slots, to all clients together'],
    class extends SharedStore {
      override enter(account: string, max: number) {
        return super.enter(account, max + 1);
      }
    },
  ),
  fault(
    'leaving one slot frees all',
    ['leaving one slot frees one slot'],
    (() => {
      const all = new Set<() => void>();
      return class extends SharedStore {
        override enter(account: string, max: number) {
          const leave = super.enter(account, max);
          if (!leave) return undefined;
          all.add(leave);
          return () => {
            for (const each of all) each();
          };
        }
      };
    })(),
  ),
];

const ownerFaults: readonly Fault[] = [
  fault(
    'the claims of a dead owner stay busy',
    [
      'the claim of a dead owner passes on if no request was written, and its old claim is void',
      'recover() reports the sends of a program that was killed',
    ],
    class extends SharedStore {
      override reap() {
        // Keeps the claims of dead owners.
      }
    },
  ),
  fault(
    'a request of a dead owner was not recorded',
    [
      'the claim of a dead owner is in doubt if a request was written',
      'open() lists the sends of a dead owner: in doubt if a request was written, else not sent and untold',
    ],
    class extends SharedStore {
      override reap() {
        for (const running of this.data.running.values()) if (running.owner.isDead) running.isWritten = false;
        super.reap();
      }
    },
  ),
  fault(
    'every claim of a dead owner is in doubt',
    ['the claim of a dead owner passes on if no request was written, and its old claim is void'],
    class extends SharedStore {
      override reap() {
        for (const running of this.data.running.values()) if (running.owner.isDead) running.isWritten = true;
        super.reap();
      }
    },
  ),
  fault(
    'a dead owner can still record requests',
    [
      'an owner that was declared dead cannot send again what another client is settling',
      'the claim of a dead owner passes on if no request was written, and its old claim is void',
    ],
    class extends SharedStore {
      override written(claim: Claim, arrivesWithinMs: number) {
        return this.data.store.written(claim, arrivesWithinMs) || this.isDead;
      }
    },
  ),
  fault(
    'the request of a dead owner is only fenced once its doubt is settled',
    ['an owner that was declared dead cannot send again what another client is settling'],
    class extends SharedStore {
      override written(claim: Claim, arrivesWithinMs: number) {
        this.reap();
        return this.data.store.written(claim, arrivesWithinMs);
      }
    },
  ),
  fault(
    'a dead owner that claims again can use its old claims',
    ['an owner that was declared dead and goes on cannot send under its old claims'],
    class extends SharedStore {
      #hasRisen = false;

      override claim(request: ClaimRequest) {
        this.#hasRisen = this.isDead;
        return super.claim(request);
      }

      override written(claim: Claim, arrivesWithinMs: number) {
        return this.#hasRisen || super.written(claim, arrivesWithinMs);
      }
    },
  ),
  fault(
    'slots of a dead owner stay taken',
    ['slots of a dead owner are free'],
    class extends SharedStore {
      override die() {
        this.isDead = true;
      }
    },
  ),
];

const diskFaults: readonly Fault[] = [
  fault(
    'a request that cannot be recorded counts as recorded',
    ['a request that cannot be recorded is an error, and its claim can be ended'],
    class extends SharedStore {
      override written(claim: Claim, arrivesWithinMs: number) {
        return this.data.isFull || super.written(claim, arrivesWithinMs);
      }
    },
  ),
  fault(
    'a full disk cannot be read',
    [
      'everything can be read while no write is possible',
      'a message that was accepted is never not-sent while no write is possible',
    ],
    class extends SharedStore {
      override reap() {
        if (this.data.isFull) throw new Error('the disk is full');
        super.reap();
      }
    },
  ),
  ...(['content', 'account', 'to'] as const).map((member) =>
    fault(
      `the ${member} is written to the disk`,
      ['no text, recipient, login, password, key or result is written to the disk'],
      class extends SharedStore {
        override claim(request: ClaimRequest) {
          this.data.disk.push(String(request[member]));
          return super.claim(request);
        }
      },
    ),
  ),
  fault(
    'the result is written to the disk',
    ['no text, recipient, login, password, key or result is written to the disk'],
    class extends SharedStore {
      override ended(claim: Claim, end: SendEnd) {
        this.data.disk.push(end.result ?? '');
        return super.ended(claim, end);
      }
    },
  ),
];

/** All planted faults. */
export const faults: readonly Fault[] = [
  ...fencingFaults,
  ...answerFaults,
  ...endFaults,
  ...timeFaults,
  ...reportFaults,
  ...decisionFaults,
  ...slotFaults,
  ...ownerFaults,
  ...diskFaults,
];
