import type {
  CertainOutcome,
  Claim,
  ClaimAnswer,
  ClaimRequest,
  Clock,
  LedgerEntry,
  LedgerStore,
  OpenSend,
  SendEnd,
  StoredEntry,
} from '@smsc/client';
import { copyOwn } from '@smsc/protocol/adapter';
import { isUnwritable, type Statement, transaction } from './database.ts';
import type { Host } from './host.ts';
import { Owner } from './owner.ts';
import { retryQuietly, retryWhileBusy } from './retry.ts';
import {
  certainInMs,
  certainOutcome,
  isExpired,
  sealRequest,
  sealResult,
  states,
  toDoubt,
  toStored,
  unsealResult,
  type Uptime,
  uptimeOf,
} from './rows.ts';
import type { LedgerFile } from './schema.ts';
import { Slots } from './slots.ts';
import {
  Holder,
  prepareStatements,
  type SendOutline,
  type SendRow,
  State,
  type Statements,
} from './statements.ts';

type Awaitable<Value> = Value | Promise<Value>;

/** Settings of a store. */
export interface StoreSettings {
  /** Time for which an entry is kept after its end, in milliseconds. */
  readonly keepMs: number;
  /** Clock of the entries. `undefined`: the machine's clocks. */
  readonly clock: Clock | undefined;
  readonly host: Host;
  /** Time between two signs of life, in milliseconds. */
  readonly heartbeatMs: number;
  /** Time without a sign of life after which an owner counts as dead, in milliseconds. */
  readonly leaseMs: number;
}

/** A claim that this store has given to its client and that has not ended. */
interface RunningClaim {
  readonly token: number;
  readonly temporary: boolean;
}

/** Number of rows that are read at once. */
const pageSize = 500;
/** Maximum number of rows that are checked for expiry at one sign of life. */
const sweepSize = 200;

/** Time after which a row of a page is read again before it is used, in milliseconds. */
const freshMs = 20;

/** Returns to the event loop between two pages. */
const nextTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** Reads a custom clock as the uptime of the machine. */
const uptimeOfClock = (host: Host, { now, monotonic = now }: Clock): Uptime => ({
  boot: host.self.boot,
  uptimeMs: () => monotonic(),
  sinceBootMs: () => 0,
});

/** Stores a ledger in an SQLite file. */
export class SqliteStore implements LedgerStore {
  #file!: LedgerFile;
  #statements!: Statements;
  #owner!: Owner;
  #slots!: Slots;
  readonly #settings: StoreSettings;
  readonly #uptime: Uptime;
  readonly #now: () => number;
  /** Entries that ended before this time have expired. */
  readonly #expiredBefore: () => number;
  readonly #stopBeating: () => void;
  /** Claims that the client of this store is working on, by id. */
  readonly #running = new Map<string, RunningClaim>();
  /** Claims that ended but whose end could not be recorded. */
  readonly #unrecorded = new Set<Claim>();
  #sweptTo = 0;
  #isClosed = false;
  /** True if another file, or none, is at the path of the ledger. */
  #isLost = false;

  constructor(file: LedgerFile, settings: StoreSettings) {
    const { keepMs, clock, host, heartbeatMs } = settings;
    this.#settings = settings;
    this.#use(file);
    this.#uptime = clock ? uptimeOfClock(host, clock) : uptimeOf(host);
    const { now } = clock ?? Date;
    this.#now = () => Math.floor(now());
    const opened = { now: this.#now(), uptimeMs: this.#uptime.uptimeMs() };
    // Uses the smaller of both times: entries must not expire because the time of day was set.
    this.#expiredBefore = () =>
      Math.min(this.#now(), opened.now + Math.floor(this.#uptime.uptimeMs() - opened.uptimeMs)) - keepMs;
    const timer = setInterval(() => void this.#beat(), heartbeatMs);
    timer.unref();
    this.#stopBeating = () => clearInterval(timer);
    // A ledger on a full disk can still be read. It registers again at the first claim.
    void retryQuietly(() => this.#ifOpen(() => this.#owner.register()));
  }

  claim(request: ClaimRequest): Awaitable<ClaimAnswer> {
    const { keys } = this.#file;
    const digest = keys.digest(request.content);
    const sealed = sealRequest(keys, request.id, request);
    return this.#run(() => this.#claimNow(request, digest, sealed));
  }

  written({ id, token }: Claim, arrivesWithinMs: number): Awaitable<boolean> {
    return this.#run(() => {
      const { boot, uptimeMs } = this.#uptime;
      const moment = [boot, Math.ceil(uptimeMs()), Math.ceil(arrivesWithinMs), id, token] as const;
      const owner = this.#owner.id;
      const { write, writeAgain } = this.#statements;
      const changes = this.#isRunning(id, token)
        ? write.run(...moment, owner, owner)
        : writeAgain.run(...moment, owner);
      return changes > 0;
    });
  }

  ended(claim: Claim, given: SendEnd): Awaitable<boolean> {
    const end = copyOwn(given);
    const { id, token } = claim;
    const running = this.#isRunning(id, token) ? this.#running.get(id) : undefined;
    // Until the end is recorded, other calls with this id wait for it.
    const release = (): void => {
      if (running && this.#isRunning(id, token)) this.#running.delete(id);
    };
    const result = sealResult(this.#file.keys, id, end.result);
    const record = (): boolean => this.#endNow(claim, end, result, running);
    // In a transaction, no other client can write a further request between the check and the record.
    const checkAndRecord = (): boolean =>
      transaction(this.#file.database, () => this.#isCertain(id) && record());
    const endNow = end.ifCertain ? checkAndRecord : record;
    const keep = (error: unknown): never => {
      release();
      if (running) this.#unrecorded.add(claim);
      throw error;
    };
    const finish = (isRecorded: boolean): boolean => {
      release();
      return isRecorded;
    };
    try {
      const recorded = this.#run(endNow);
      return typeof recorded === 'boolean' ? finish(recorded) : recorded.then(finish, keep);
    } catch (error) {
      return keep(error);
    }
  }

  async *open(): AsyncGenerator<OpenSend> {
    const { keys } = this.#file;
    for await (const row of this.#rowsOf(Holder.report, this.#statements.pageOfHolder))
      yield {
        claim: { id: row.id, token: row.token },
        operation: row.operation,
        outcome: certainOutcome(row)!,
        result: unsealResult(keys, row),
      };
    const dead: number[] = await this.#deadHolders();
    const { outlineOfHolder } = this.#statements;
    for (const holder of dead)
      for await (const row of this.#rowsOf(holder, outlineOfHolder))
        if (row.state === State.claimed && !this.#isRunning(row.id, row.token))
          yield {
            claim: { id: row.id, token: row.token },
            operation: row.operation,
            outcome: 'not-sent',
            result: undefined,
          };
    for (const holder of dead)
      for await (const row of this.#rowsOf(holder, this.#statements.pageOfHolder))
        if (row.state === State.written && !this.#isRunning(row.id, row.token))
          yield toDoubt(row, keys, this.#uptime);
  }

  told({ id, token }: Claim): Awaitable<void> {
    return this.#run(() => {
      if (this.#isRunning(id, token)) return;
      if (this.#statements.tell.run(this.#now(), id, token, this.#owner.id) > 0)
        this.#statements.dropIfTemporary.run(id, token);
    });
  }

  enter(account: string, max: number): Awaitable<(() => void) | undefined> {
    return this.#run(() => this.#slots.enter(account, max));
  }

  entry(id: string): Awaitable<StoredEntry | undefined> {
    return this.#run(() => {
      const row = this.#find(id);
      return row && this.#toStored(row, (holder) => this.#owner.isAlive(holder));
    });
  }

  async *entries(outcome?: LedgerEntry['outcome']): AsyncGenerator<StoredEntry> {
    const pages = this.#pages((after) => this.#statements.page.all(after, pageSize));
    for await (const rows of pages) {
      const isAlive = this.#owner.createLiveness();
      for (const row of rows) {
        if (this.#isExpired(row)) continue;
        const entry = this.#toStored(row, isAlive);
        if (outcome === undefined || entry.outcome === outcome) yield entry;
      }
    }
  }

  forget(id: string): Awaitable<boolean> {
    return this.#run(() => {
      for (;;) {
        const row = this.#find(id);
        if (!row || this.#isHeld(row)) return false;
        if (this.#statements.forget.run(row.seq, row.token, row.state, row.holder) > 0) return true;
      }
    });
  }

  resolve(id: string, outcome: CertainOutcome): Awaitable<boolean> {
    return this.#run(() => {
      const row = this.#find(id);
      if (row?.state !== State.written || this.#isHeld(row)) return false;
      const token = this.#owner.nextToken();
      const { resolve, dropIfTemporary } = this.#statements;
      if (resolve.run(token, states[outcome], this.#now(), id, row.token, this.#owner.id) === 0) return false;
      dropIfTemporary.run(id, token);
      return true;
    });
  }

  async close(): Promise<void> {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#stopBeating();
    const { database } = this.#file;
    await retryQuietly(() => this.#tidy());
    await retryQuietly(() => this.#owner.leave());
    // The database keeps its files open until its statements have been collected, so it does not empty the log by itself.
    await retryQuietly(() => database.exec('PRAGMA wal_checkpoint(TRUNCATE)'));
    database.close();
  }

  #use(file: LedgerFile): void {
    const { host, leaseMs } = this.#settings;
    this.#file = file;
    this.#statements = prepareStatements(file.database);
    this.#owner = new Owner(file.database, this.#statements, host, leaseMs);
    this.#slots = new Slots(this.#statements, this.#owner, file.keys);
  }

  /** Runs a step, or throws if the store is closed. */
  #ifOpen<Result>(run: () => Result): Result {
    if (this.#isClosed) throw new Error('the ledger is closed');
    if (this.#isLost)
      throw new Error('the file of the ledger was moved or deleted while it was open; open it again');
    return run();
  }

  #run<Result>(run: () => Result): Awaitable<Result> {
    return retryWhileBusy(() => this.#ifOpen(run));
  }

  #isRunning(id: string, token: number): boolean {
    return this.#running.get(id)?.token === token;
  }

  /** Returns true if a client that is alive is working on an entry. */
  #isHeld(row: SendRow, isAlive = (holder: number) => this.#owner.isAlive(holder)): boolean {
    if (row.state > State.written || row.holder === null) return false;
    return row.holder === this.#owner.id ? this.#isRunning(row.id, row.token) : isAlive(row.holder);
  }

  #isExpired(row: SendRow): boolean {
    return isExpired(row, this.#expiredBefore());
  }

  /** Returns the row of an id, unless it has expired. */
  #find(id: string): SendRow | undefined {
    const row = this.#statements.byId.get(id);
    return row && !this.#isExpired(row) ? row : undefined;
  }

  #toStored(row: SendRow, isAlive: (holder: number) => boolean): StoredEntry {
    return toStored(row, this.#file.keys, this.#isHeld(row, isAlive));
  }

  #claimNow(request: ClaimRequest, digest: Uint8Array, sealed: Uint8Array): ClaimAnswer {
    try {
      return this.#claimFree(request, digest, sealed);
    } catch (error) {
      // On a full disk, an entry can still be read.
      const row = isUnwritable(error) ? this.#find(request.id) : undefined;
      const answer = row && this.#answerFor(row, digest);
      if (answer) return answer;
      throw error;
    }
  }

  /** Claims an id if it is free. */
  #claimFree(request: ClaimRequest, digest: Uint8Array, sealed: Uint8Array): ClaimAnswer {
    const { id, operation } = request;
    const temporary = Number(request.temporary);
    for (;;) {
      const token = this.#owner.nextToken();
      const owner = this.#owner.id;
      const now = this.#now();
      const before = this.#expiredBefore();
      const { claim, byId, takeOver, expire } = this.#statements;
      const isClaimed =
        claim.run(...[id, operation, digest, sealed, token, owner, temporary, now, owner, before]) > 0;
      if (isClaimed) return this.#yours(request, token);
      const row = byId.get(id);
      if (row && this.#isExpired(row)) expire.run(row.seq - 1, row.seq, before);
      else {
        const answer = row && this.#answerFor(row, digest);
        if (answer) return answer;
        if (this.#owner.register()) this.#slots.restore();
        else if (
          row?.state === State.claimed &&
          takeOver.run(token, owner, temporary, sealed, id, row.token, owner) > 0
        )
          return this.#yours(request, token);
      }
    }
  }

  #yours({ id, temporary }: ClaimRequest, token: number): ClaimAnswer {
    this.#running.set(id, { token, temporary });
    return { state: 'yours', claim: { id, token } };
  }

  /** Returns the answer for an entry that cannot be claimed, else `undefined`. */
  #answerFor(row: SendRow, digest: Uint8Array): ClaimAnswer | undefined {
    if (Buffer.compare(row.digest, digest) !== 0) return { state: 'conflict' };
    if (row.state === State.accepted) return { state: 'known', result: unsealResult(this.#file.keys, row) };
    if (this.#isHeld(row)) return { state: 'busy' };
    if (row.state === State.written)
      return { state: 'in-doubt', send: toDoubt(row, this.#file.keys, this.#uptime) };
    return undefined;
  }

  #endNow(
    { id, token }: Claim,
    { outcome, code, untold = false }: SendEnd,
    result: Uint8Array | null,
    running: RunningClaim | undefined,
  ): boolean {
    const { leaveInDoubt, drop, end, dropIfTemporary } = this.#statements;
    if (outcome === 'unknown') return leaveInDoubt.run(code ?? null, id, token) > 0;
    if (running?.temporary && !untold) return drop.run(id, token) > 0;
    const holder = untold ? Holder.report : null;
    const isRecorded = end.run(states[outcome], holder, this.#now(), code ?? null, result, id, token) > 0;
    if (isRecorded && !running && !untold) dropIfTemporary.run(id, token);
    return isRecorded;
  }

  /** Returns true if no request of an entry can arrive any more. */
  #isCertain(id: string): boolean {
    const row = this.#statements.byId.get(id);
    return !row || certainInMs(row, this.#uptime) === 0;
  }

  /** Reads rows page by page, so that no statement stays open between two pages. */
  async *#pages<Row extends SendOutline>(
    read: (after: number) => readonly Row[],
  ): AsyncGenerator<readonly Row[]> {
    for (let after = 0; ; await nextTurn()) {
      const rows = await this.#run(() => read(after));
      if (rows.length > 0) yield rows;
      const last = rows.at(-1);
      if (!last || rows.length < pageSize) return;
      after = last.seq;
    }
  }

  /** Reads a row again, with all its columns. */
  #read<Row extends SendOutline>(id: string): Awaitable<Row | undefined> {
    return this.#run(() => this.#statements.byId.get(id) as (SendRow & Row) | undefined);
  }

  /** Lists the rows of a holder. Each row is current when it is requested. */
  async *#rowsOf<Row extends SendOutline>(holder: number, page: Statement<Row>): AsyncGenerator<Row> {
    const pages = this.#pages((after) => page.all(holder, after, pageSize));
    for await (const rows of pages) {
      const readAt = performance.now();
      for (const row of rows) {
        const isFresh = performance.now() - readAt < freshMs;
        const current = isFresh ? row : await this.#read<Row>(row.id);
        if (current?.holder === holder && current.token === row.token) yield current;
      }
    }
  }

  /** Lists the holders with entries that nobody is working on. Includes this store, because its ends may be unrecorded. */
  async #deadHolders(): Promise<number[]> {
    const dead: number[] = [];
    for (let after = Holder.report as number; ;) {
      const next = await this.#run(() => {
        const row = this.#statements.nextHolder.get(after);
        return (
          row && { id: row.holder, isDead: row.holder === this.#owner.id || !this.#owner.isAlive(row.holder) }
        );
      });
      if (!next) return dead;
      if (next.isDead) dead.push(next.id);
      after = next.id;
    }
  }

  /** Gives a sign of life and does some housekeeping. */
  async #beat(): Promise<void> {
    // Other clients would use a new file at the same path, and could send the same ids again.
    this.#isLost ||= !this.#file.isInPlace();
    await retryQuietly(() =>
      this.#ifOpen(() => {
        const readOnly = this.#file;
        if (readOnly.reopen) {
          this.#use(readOnly.reopen());
          readOnly.database.close();
        }
        if (this.#owner.beat()) this.#slots.restore();
        this.#tidy();
        this.#owner.dropDead();
        this.#sweep();
      }),
    );
  }

  /** Records what could not be recorded before. */
  #tidy(): void {
    for (const claim of this.#unrecorded) {
      this.#statements.letGo.run(claim.id, claim.token);
      this.#unrecorded.delete(claim);
    }
    this.#slots.flush();
  }

  /** Deletes expired entries among the oldest ones, a few at a time. */
  #sweep(): void {
    const before = this.#expiredBefore();
    const rows = this.#statements.oldest.all(this.#sweptTo, sweepSize);
    const last = rows.at(-1);
    if (last) this.#statements.expire.run(this.#sweptTo, last.seq, before);
    // Rows are in the order of their first claims, so a row that was claimed later has not expired.
    const isDone = !last || rows.length < sweepSize || last.claimed_at >= before;
    this.#sweptTo = isDone ? 0 : last.seq;
  }
}
