import { type Database, isBusy, transaction } from './database.ts';
import { type Host, judge } from './host.ts';
import { Holder, type Statements } from './statements.ts';

/** Number of tokens that an owner reserves at once. */
const tokensAtOnce = 1_000;

/** Id of a ledger that is not registered as an owner. No row has it. */
const unregistered = -2;

/** One opened ledger, as the other users of the file see it. */
export class Owner {
  /** Id of the owner's row. Changes if the owner was declared dead and has registered again. */
  id: number = unregistered;
  #nextToken = 0;
  #lastToken = -1;
  readonly #database: Database;
  readonly #statements: Statements;
  readonly #host: Host;
  readonly #leaseMs: number;

  constructor(database: Database, statements: Statements, host: Host, leaseMs: number) {
    this.#database = database;
    this.#statements = statements;
    this.#host = host;
    this.#leaseMs = leaseMs;
  }

  /** Inserts the owner's row unless it exists. Returns true if it was inserted. */
  register(): boolean {
    if (this.#statements.owner.get(this.id)) return false;
    const { boot, namespace, pid, started } = this.#host.self;
    this.id = transaction(this.#database, () => {
      this.#statements.addOwner.run(boot, namespace, pid, started, this.#host.uptimeMs());
      return this.#statements.lastOwner.get()!.id;
    });
    return true;
  }

  /** Gives a sign of life. Returns true if the owner had been declared dead and is registered again. */
  beat(): boolean {
    return this.#statements.beat.run(this.#host.uptimeMs(), this.id) === 0 && this.register();
  }

  /** Returns a number that no claim of the file has had. */
  nextToken(): number {
    if (this.#nextToken > this.#lastToken) {
      this.#lastToken = transaction(this.#database, () => {
        this.#statements.takeTokens.run(tokensAtOnce);
        return this.#statements.lastToken.get()!.value;
      });
      this.#nextToken = this.#lastToken - tokensAtOnce + 1;
    }
    return this.#nextToken++;
  }

  /**
   * Returns true if another owner is alive. The row of a dead owner is deleted first: an owner without a row cannot
   * record a request, even if its process was only stopped and runs again.
   */
  isAlive(id: number): boolean {
    if (id === Holder.nobody) return false;
    for (;;) {
      const row = this.#statements.owner.get(id);
      if (!row) return false;
      const verdict = judge(row, this.#host, this.#leaseMs);
      if (verdict === 'alive') return true;
      try {
        if (this.#statements.dropOwner.run(id, row.heartbeat) > 0) return false;
      } catch (error) {
        if (isBusy(error)) throw error;
        // The disk is full or cannot be written. A process that may run again counts as alive.
        return verdict === 'silent';
      }
    }
  }

  /** Creates a function that judges each owner once. */
  createLiveness(): (id: number) => boolean {
    const verdicts = new Map<number, boolean>();
    return (id) => {
      const verdict = verdicts.get(id) ?? this.isAlive(id);
      verdicts.set(id, verdict);
      return verdict;
    };
  }

  /** Deletes the rows of dead owners. */
  dropDead(): void {
    for (const { id } of this.#statements.owners.all()) if (id !== this.id) this.isAlive(id);
  }

  /** Deletes the owner's row. Its running claims then count as claims of a dead owner. */
  leave(): void {
    this.#statements.leave.run(this.id);
    this.id = unregistered;
  }
}
