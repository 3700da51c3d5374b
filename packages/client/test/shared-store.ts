import type {
  Claim,
  ClaimAnswer,
  ClaimRequest,
  LedgerStore,
  OpenSend,
  SendEnd,
  StoredEntry,
} from '../src/index.ts';
import type { VirtualClock } from '@smsc/testing/clocks';

/** Faults that can be planted in a store, to see that a test finds them. */
export type StoreFault = 'no fencing' | 'certain at once' | 'told at the end' | 'doubt is yours' | undefined;

interface Row {
  readonly request: ClaimRequest;
  readonly claimedAt: number;
  token: number;
  /** Process that holds the claim. `undefined`: nobody works on the entry. */
  owner: Process | undefined;
  state: 'claimed' | 'written' | 'accepted' | 'rejected' | 'not-sent';
  written: { readonly at: number; readonly arrivesWithinMs: number } | undefined;
  result: string | undefined;
  untold: boolean;
}

/** Time without a sign of life after which a process counts as dead, in milliseconds. */
const leaseMs = 20_000;

/** A process: it can be stopped for a while, and killed. */
export class Process {
  isKilled = false;
  frozenUntil = 0;
  readonly clock: VirtualClock;

  constructor(clock: VirtualClock) {
    this.clock = clock;
  }

  /** Runs a step as soon as the process runs. A process that was killed runs nothing. */
  readonly whenRunning = (run: () => void): void => {
    if (this.isKilled) return;
    const left = this.frozenUntil - this.clock.now();
    if (left > 0) this.clock.after(left, () => this.whenRunning(run));
    else run();
  };

  #frozenAt = 0;
  #frozenBefore = 0;

  get looksDead(): boolean {
    const isFrozen = this.frozenUntil > this.clock.now();
    return this.isKilled || (isFrozen && this.clock.now() - this.#frozenAt > leaseMs);
  }

  /** Total time for which the process was stopped, in milliseconds. */
  get frozenMs(): number {
    return this.#frozenBefore + Math.max(0, Math.min(this.clock.now(), this.frozenUntil) - this.#frozenAt);
  }

  freeze(ms: number): void {
    if (this.frozenUntil <= this.clock.now()) {
      this.#frozenBefore = this.frozenMs;
      this.#frozenAt = this.frozenUntil = this.clock.now();
    }
    this.frozenUntil = Math.max(this.frozenUntil, this.clock.now() + ms);
  }
}

/** A ledger's store that several processes share. A process that looks dead loses its claims. */
export class SharedStore {
  readonly rows = new Map<string, Row>();
  readonly #clock: VirtualClock;
  readonly #fault: StoreFault;
  #latestToken = 0;
  readonly #slots = new Map<Process, number>();
  /** Ids whose outcome was recorded by `recover()`, which has to report it. */
  readonly toReport = new Set<string>();

  constructor(clock: VirtualClock, fault: StoreFault) {
    this.#clock = clock;
    this.#fault = fault;
  }

  /** Returns a row. The claim of an owner that looks dead is void from then on. */
  #find(id: string): Row | undefined {
    const row = this.rows.get(id);
    if (row?.owner?.looksDead) {
      row.owner = undefined;
      if (row.state === 'claimed') Object.assign(row, { token: ++this.#latestToken, state: 'not-sent' });
    }
    return row;
  }

  #held({ id, token }: Claim): Row | undefined {
    const row = this.rows.get(id);
    const isHeld = row && (row.state === 'claimed' || row.state === 'written');
    return isHeld && (row.token === token || this.#fault === 'no fencing') ? row : undefined;
  }

  #certainInMs({ written }: Row): number {
    if (!written || this.#fault === 'certain at once') return 0;
    return Math.max(0, written.arrivesWithinMs - (this.#clock.now() - written.at));
  }

  #doubt(row: Row, account: string) {
    const { id, operation, to } = row.request;
    return { claim: { id, token: row.token }, operation, to, account, certainInMs: this.#certainInMs(row) };
  }

  #claim(request: ClaimRequest, owner: Process): ClaimAnswer {
    const row = this.#find(request.id);
    if (row && row.request.content !== request.content) return { state: 'conflict' };
    if (row?.state === 'accepted') return { state: 'known', result: row.result };
    if (row?.owner) return { state: 'busy' };
    if (row?.state === 'written' && this.#fault !== 'doubt is yours')
      return { state: 'in-doubt', send: this.#doubt(row, request.account) };
    this.toReport.delete(request.id);
    const token = ++this.#latestToken;
    const claimedAt = row?.claimedAt ?? this.#clock.now();
    const state = { state: 'claimed', written: undefined, result: undefined, untold: false } as const;
    this.rows.set(request.id, { request, claimedAt, token, owner, ...state });
    return { state: 'yours', claim: { id: request.id, token } };
  }

  #written(claim: Claim, arrivesWithinMs: number): boolean {
    const row = this.#held(claim);
    if (this.#fault === 'no fencing' && !row) return true;
    if (row) Object.assign(row, { state: 'written', written: { at: this.#clock.now(), arrivesWithinMs } });
    return row !== undefined;
  }

  #ended(claim: Claim, { outcome, result, ifCertain, untold = false }: SendEnd): boolean {
    const row = this.#held(claim);
    if (!row || (ifCertain && this.#certainInMs(row) > 0)) return false;
    row.owner = undefined;
    if (outcome === 'unknown') return ((row.state = 'written'), true);
    if (untold) this.toReport.add(claim.id);
    Object.assign(row, { state: outcome, result, untold: untold && this.#fault !== 'told at the end' });
    return true;
  }

  *#open(account: string): Generator<OpenSend> {
    for (const id of this.rows.keys()) {
      const row = this.#find(id)!;
      const { state, token, result } = row;
      const claim = { id, token };
      if (row.untold && state !== 'claimed' && state !== 'written')
        yield { claim, operation: 'send', outcome: state, result };
    }
    for (const id of this.rows.keys()) {
      const row = this.#find(id)!;
      if (row.state === 'written' && !row.owner) yield this.#doubt(row, account);
    }
  }

  #entry(id: string): StoredEntry | undefined {
    const row = this.#find(id);
    if (!row) return undefined;
    const { state, owner, result, claimedAt } = row;
    const open = owner ? 'running' : 'unknown';
    const outcome = state === 'claimed' || state === 'written' ? open : state;
    return {
      id,
      operation: 'send',
      outcome,
      code: undefined,
      result,
      claimedAt: new Date(claimedAt),
      endedAt: undefined,
    };
  }

  #enter(owner: Process, max: number): (() => void) | undefined {
    const used = [...this.#slots].reduce((sum, [each, count]) => sum + (each.looksDead ? 0 : count), 0);
    if (used >= max) return undefined;
    this.#slots.set(owner, (this.#slots.get(owner) ?? 0) + 1);
    return () => void this.#slots.set(owner, this.#slots.get(owner)! - 1);
  }

  /**
   * The store as a process sees it. All processes have the same account, under the name that each gives it: clients with
   * one login in one program share a ceiling, which a killed process would never leave.
   *
   * @param pass runs each step, and may delay it, fail, or stop the process
   */
  handle(owner: Process, account: string, pass: <Value>(run: () => Value) => Promise<Value>): LedgerStore {
    return {
      claim: (request) => pass(() => this.#claim(request, owner)),
      written: (claim, arrivesWithinMs) => pass(() => this.#written(claim, arrivesWithinMs)),
      ended: (claim, end) => pass(() => this.#ended(claim, end)),
      open: () => this.#open(account),
      told: ({ id, token }) =>
        pass(() => {
          const row = this.rows.get(id);
          if (row?.token === token) row.untold = false;
        }),
      enter: (_, max) => pass(() => this.#enter(owner, max)),
      entry: (id) => pass(() => this.#entry(id)),
      entries: () => [],
      forget: () => false,
      resolve: () => false,
      close: () => undefined,
    };
  }
}
