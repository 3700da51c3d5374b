// A store in memory with several owners. Shows that the cases for owners, full disks and the bytes on a disk can be
// passed, and serves as the store in which ledger-faults.test.ts plants faults.
import {
  type Claim,
  type ClaimRequest,
  createMemoryStore,
  type LedgerEntry,
  type LedgerStore,
  type SendEnd,
} from '@smsc/client';
import type { LedgerOpening, LedgerSubject } from '../src/ledger.ts';

interface Running {
  readonly claim: Claim;
  readonly owner: SharedStore;
  isWritten: boolean;
}

/** The data that several stores share. */
export interface SharedData {
  readonly store: LedgerStore;
  readonly clock: LedgerOpening['clock'];
  /** Claims that have not ended, by id. */
  readonly running: Map<string, Running>;
  /** Everything that was written. */
  readonly disk: string[];
  isFull: boolean;
}

/** One owner's view of the data. */
export class SharedStore implements LedgerStore {
  readonly data: SharedData;
  readonly #slots = new Set<() => void>();
  isDead = false;
  isClosed = false;

  constructor(data: SharedData) {
    this.data = data;
  }

  /** Ends the claims of dead owners. */
  reap(isWrite = false): void {
    if (this.data.isFull && isWrite) throw new Error('the disk is full');
    for (const [id, { claim, owner, isWritten }] of this.data.running) {
      if (!owner.isDead) continue;
      this.data.running.delete(id);
      const outcome = isWritten ? 'unknown' : 'not-sent';
      void this.data.store.ended(claim, { outcome, untold: true });
    }
  }

  die(): void {
    this.isDead = true;
    for (const leave of this.#slots) leave();
  }

  async claim(request: ClaimRequest) {
    if (this.isClosed) throw new Error('the ledger is closed');
    this.reap(true);
    const answer = await this.data.store.claim(request);
    if (answer.state === 'yours') {
      this.data.running.set(request.id, { claim: answer.claim, owner: this, isWritten: false });
      this.data.disk.push(JSON.stringify([request.id, request.operation]));
    }
    return answer;
  }

  written(claim: Claim, arrivesWithinMs: number) {
    if (this.isClosed) throw new Error('the ledger is closed');
    this.reap(true);
    const running = this.data.running.get(claim.id);
    if (running?.claim.token === claim.token) running.isWritten = true;
    return !this.isDead && this.data.store.written(claim, arrivesWithinMs);
  }

  ended(claim: Claim, end: SendEnd) {
    if (this.isDead) return false;
    const running = this.data.running.get(claim.id);
    const isRunning = running?.claim.token === claim.token;
    if (isRunning) this.data.running.delete(claim.id);
    if (!this.data.isFull) return this.data.store.ended(claim, end);
    if (isRunning) void this.data.store.ended(claim, { outcome: running.isWritten ? 'unknown' : 'not-sent' });
    throw new Error('the disk is full');
  }

  open() {
    this.reap();
    return this.data.store.open();
  }

  told(claim: Claim) {
    this.reap(true);
    return this.data.store.told(claim);
  }

  enter(account: string, max: number) {
    const leave = this.data.store.enter(account, max) as (() => void) | undefined;
    if (!leave) return undefined;
    const leaveOnce = (): void => void (this.#slots.delete(leaveOnce) && leave());
    this.#slots.add(leaveOnce);
    return leaveOnce;
  }

  entry(id: string) {
    this.reap();
    return this.data.store.entry(id);
  }

  entries(outcome?: LedgerEntry['outcome']) {
    this.reap();
    return this.data.store.entries(outcome);
  }

  forget(id: string) {
    this.reap(true);
    return this.data.store.forget(id);
  }

  resolve(id: string, outcome: Parameters<LedgerStore['resolve']>[1]) {
    this.reap(true);
    return this.data.store.resolve(id, outcome);
  }

  close() {
    this.isClosed = true;
  }
}

/** Creates a subject whose stores are made by a function. */
export const sharedSubject = (
  create: (data: SharedData) => SharedStore = (data) => new SharedStore(data),
): LedgerSubject<SharedStore> => ({
  open: (options) =>
    create({
      store: createMemoryStore(options),
      clock: options.clock,
      running: new Map(),
      disk: [],
      isFull: false,
    }),
  openAnother: ({ data }) => create(data),
  kill: (store) => store.die(),
  failWrites: ({ data }) => {
    data.isFull = true;
    return () => void (data.isFull = false);
  },
  raw: ({ data }) => [Buffer.from(data.disk.join('\n'))],
});
