import type { Owner } from './owner.ts';
import { retryQuietly } from './retry.ts';
import type { Keys } from './secret.ts';
import type { Statements } from './statements.ts';

/** Slots of one account. `held`: number of slots that are taken in the file. `used`: number of those that a request uses. */
interface Account {
  readonly digest: Uint8Array;
  held: number;
  used: number;
}

/** Minimum time between two searches for dead owners, in milliseconds. */
const searchEveryMs = 100;

/** Slots for parallel requests, which all users of the file share. */
export class Slots {
  readonly #accounts = new Map<string, Account>();
  readonly #statements: Statements;
  readonly #owner: Owner;
  readonly #keys: Keys;
  #isFlushing = false;
  #searchAt = 0;

  constructor(statements: Statements, owner: Owner, keys: Keys) {
    this.#statements = statements;
    this.#owner = owner;
    this.#keys = keys;
  }

  #accountOf(name: string): Account {
    let account = this.#accounts.get(name);
    if (!account) {
      account = { digest: this.#keys.digest(name), held: 0, used: 0 };
      this.#accounts.set(name, account);
    }
    return account;
  }

  /** Takes a slot. Returns a function that frees it, or `undefined` if all are taken. */
  enter(name: string, max: number): (() => void) | undefined {
    const account = this.#accountOf(name);
    // A slot that was freed a moment ago is still held in the file.
    if (account.used >= max || (account.used >= account.held && !this.#take(account, max))) return undefined;
    account.used++;
    let isFreed = false;
    return () => {
      if (isFreed) return;
      isFreed = true;
      account.used--;
      this.#flushSoon();
    };
  }

  #take(account: Account, max: number): boolean {
    for (let tries = 0; tries < 3; tries++) {
      const { id } = this.#owner;
      if (this.#statements.takeSlot.run(account.digest, id, id, account.digest, max) > 0) {
        account.held++;
        return true;
      }
      if (this.#owner.register()) this.restore();
      else if (!this.#dropDeadOwners(account)) return false;
    }
    return false;
  }

  /** Frees the slots of dead owners. Returns true if there were any. */
  #dropDeadOwners({ digest }: Account): boolean {
    const now = performance.now();
    if (now < this.#searchAt) return false;
    this.#searchAt = now + searchEveryMs;
    const others = this.#statements.slotOwners.all(digest, this.#owner.id);
    return others.filter(({ owner }) => !this.#owner.isAlive(owner)).length > 0;
  }

  /** Frees slots in the file after the current turn of the event loop. A request of the same turn can use them. */
  #flushSoon(): void {
    if (this.#isFlushing) return;
    this.#isFlushing = true;
    setImmediate(() => {
      this.#isFlushing = false;
      // After a failure, the next sign of life tries again.
      void retryQuietly(() => this.flush());
    });
  }

  /** Frees the slots in the file that no request uses. */
  flush(): void {
    for (const account of this.#accounts.values()) if (account.held > account.used) this.#write(account);
  }

  /** Takes the used slots again after the owner has been registered again. */
  restore(): void {
    for (const account of this.#accounts.values()) {
      account.held = 0;
      if (account.used > 0) this.#write(account);
    }
  }

  #write(account: Account): void {
    const { digest, used } = account;
    const { id } = this.#owner;
    if (this.#statements.setSlots.run(digest, id, used, id) > 0) account.held = used;
  }
}
