import { copyOwn, getOwn, readOptions } from '@smsc/protocol/adapter';
import { checkMember } from '../checks.ts';
import { type Clock, type Moment, momentOf, since, systemClock } from '../state/clock.ts';
import { checkKeepMs, defaultKeepMs } from './keep.ts';
import { createLedger, type Ledger } from './ledger.ts';
import type {
  CertainOutcome,
  Claim,
  ClaimAnswer,
  ClaimRequest,
  DoubtfulSend,
  LedgerEntry,
  LedgerStore,
  OpenSend,
  SendEnd,
  StoredEntry,
} from './store.ts';

/** Options of `memoryLedger`. */
export interface MemoryLedgerOptions {
  /**
   * Time for which an entry is kept after its outcome is certain, in milliseconds. Default: 2,592,000,000, which is 30
   * days.
   */
  readonly keepMs?: number | undefined;
  /** Clock of the entries. Default: the platform's. */
  readonly clock?: Clock | undefined;
}

interface Entry {
  readonly request: Omit<ClaimRequest, 'content'>;
  readonly digest: string;
  readonly claimedAt: number;
  token: number;
  outcome: LedgerEntry['outcome'];
  /** The latest request. `undefined` if none was written under the current claim. */
  written: { readonly at: Moment; readonly arrivesWithinMs: number } | undefined;
  result: string | undefined;
  code: number | undefined;
  endedAt: Moment | undefined;
  untold: boolean;
}

/**
 * Creates the function that computes the digest of a content: 64 bits under a seed that exists only in this process. The
 * digest only has to tell apart the contents of one id, so it is fast instead of cryptographic.
 */
function createDigest(): (content: string) => string {
  const [first, second] = crypto.getRandomValues(new Uint32Array(2));
  return (content) => {
    let [one, other] = [first!, second!];
    for (let index = 0; index < content.length; index++) {
      const code = content.charCodeAt(index);
      // Two multiplications by odd constants: the one of FNV-1a and the golden ratio.
      one = Math.imul(one ^ code, 0x01000193);
      other = Math.imul(other ^ code ^ (one >>> 16), 0x9e3779b1);
    }
    return `${one} ${other}`;
  };
}

const isCertain = ({ outcome }: Entry): boolean => outcome !== 'running' && outcome !== 'unknown';

/** Returns the state of an entry that cannot be claimed, else `undefined`. */
function stateOf(entry: Entry, digest: string, clock: Clock): ClaimAnswer | undefined {
  if (entry.digest !== digest) return { state: 'conflict' };
  switch (entry.outcome) {
    case 'running':
      return { state: 'busy' };
    case 'unknown':
      return { state: 'in-doubt', send: doubtOf(entry, clock) };
    case 'accepted':
      return { state: 'known', result: entry.result };
    default:
      return undefined;
  }
}

/** Returns the time until no request of an entry can arrive any more, in milliseconds. */
const certainInMs = ({ written }: Entry, clock: Clock): number =>
  written ? Math.max(0, written.arrivesWithinMs - since(clock, written.at)[0]) : 0;

function doubtOf(entry: Entry, clock: Clock): DoubtfulSend {
  const { request, token } = entry;
  const { id, operation, to, account } = request;
  return { claim: { id, token }, operation, to, account, certainInMs: certainInMs(entry, clock) };
}

const toStored = ({ request, outcome, code, result, claimedAt, endedAt }: Entry): StoredEntry => ({
  id: request.id,
  operation: request.operation,
  outcome,
  code,
  result,
  claimedAt: new Date(claimedAt),
  endedAt: endedAt && new Date(endedAt.now),
});

/** Creates the entry of a claim. */
const toEntry = (request: Entry['request'], digest: string, claimedAt: number, token: number): Entry => ({
  request,
  digest,
  claimedAt,
  token,
  outcome: 'running',
  written: undefined,
  result: undefined,
  code: undefined,
  endedAt: undefined,
  untold: false,
});

/** Store in memory. Its only owner is this program, so no owner is ever dead. */
class MemoryStore implements LedgerStore {
  readonly #entries = new Map<string, Entry>();
  readonly #slots = new Map<string, number>();
  readonly #digestOf = createDigest();
  readonly #clock: Clock;
  readonly #keepMs: number;
  /** Tokens are unique in the whole store: an id that was forgotten and claimed again gets a new one. */
  #latestToken = 0;
  #isClosed = false;
  /** Iterator over all ids. It finds expired entries whose ids are not used any more. */
  #sweep: Iterator<string> | undefined;

  constructor({ clock = systemClock, keepMs = defaultKeepMs }: MemoryLedgerOptions) {
    this.#clock = clock;
    this.#keepMs = keepMs;
  }

  #throwIfClosed(): void {
    if (this.#isClosed) throw new Error('the ledger is closed');
  }

  /** Returns an entry. Deletes it first if it has expired. */
  #find(id: string): Entry | undefined {
    const entry = this.#entries.get(id);
    // Uses the smaller of both times: entries must not expire because the time of day was set.
    const isExpired = entry?.endedAt && !entry.untold && since(this.#clock, entry.endedAt)[0] > this.#keepMs;
    if (isExpired) this.#entries.delete(id);
    return isExpired ? undefined : entry;
  }

  /** Deletes up to two expired entries. Called for each new entry, so that expired ones do not pile up. */
  #deleteExpired(): void {
    for (let count = 0; count < 2; count++) {
      this.#sweep ??= this.#entries.keys();
      const next = this.#sweep.next();
      if (next.done) this.#sweep = undefined;
      else this.#find(next.value);
    }
  }

  /** Returns the entry of a claim, or `undefined` if the claim is void. */
  #held({ id, token }: Claim): Entry | undefined {
    const entry = this.#entries.get(id);
    return entry?.token === token && !isCertain(entry) ? entry : undefined;
  }

  #finish(entry: Entry, end: SendEnd): void {
    const { outcome, result, code, untold = false } = copyOwn(end);
    Object.assign(entry, { outcome, result, code, untold });
    if (outcome === 'unknown') {
      entry.untold = false;
      return;
    }
    entry.endedAt = momentOf(this.#clock);
    if (entry.request.temporary && !untold) this.#entries.delete(entry.request.id);
  }

  claim({ id, operation, content, to, account, temporary }: ClaimRequest): ClaimAnswer {
    const digest = this.#digestOf(content);
    this.#throwIfClosed();
    const earlier = this.#find(id);
    const state = earlier && stateOf(earlier, digest, this.#clock);
    if (state) return state;
    this.#deleteExpired();
    const token = ++this.#latestToken;
    // Replaces an entry that ended without a charge.
    const claimedAt = earlier?.claimedAt ?? this.#clock.now();
    this.#entries.set(id, toEntry({ id, operation, to, account, temporary }, digest, claimedAt, token));
    return { state: 'yours', claim: { id, token } };
  }

  written(claim: Claim, arrivesWithinMs: number): boolean {
    this.#throwIfClosed();
    const entry = this.#held(claim);
    if (entry) entry.written = { at: momentOf(this.#clock), arrivesWithinMs };
    return entry !== undefined;
  }

  ended(claim: Claim, end: SendEnd): boolean {
    const entry = this.#held(claim);
    if (!entry || (getOwn(end, 'ifCertain') && certainInMs(entry, this.#clock) > 0)) return false;
    this.#finish(entry, end);
    return true;
  }

  *open(): Generator<OpenSend> {
    const all = [...this.#entries.values()];
    for (const { request, token, outcome, result, untold } of all) {
      const { id, operation } = request;
      if (untold) yield { claim: { id, token }, operation, outcome: outcome as CertainOutcome, result };
    }
    for (const entry of all) if (entry.outcome === 'unknown') yield doubtOf(entry, this.#clock);
  }

  told({ id, token }: Claim): void {
    const entry = this.#entries.get(id);
    if (entry?.token !== token || !entry.untold) return;
    entry.untold = false;
    if (entry.request.temporary) this.#entries.delete(id);
  }

  enter(account: string, max: number): (() => void) | undefined {
    const taken = this.#slots.get(account) ?? 0;
    if (taken >= max) return undefined;
    this.#slots.set(account, taken + 1);
    return () => void this.#slots.set(account, this.#slots.get(account)! - 1);
  }

  entry(id: string): StoredEntry | undefined {
    const entry = this.#find(id);
    return entry && toStored(entry);
  }

  *entries(outcome?: LedgerEntry['outcome']): Generator<StoredEntry> {
    for (const id of [...this.#entries.keys()]) {
      const entry = this.#find(id);
      if (entry && (outcome === undefined || entry.outcome === outcome)) yield toStored(entry);
    }
  }

  forget(id: string): boolean {
    const entry = this.#find(id);
    return entry !== undefined && entry.outcome !== 'running' && this.#entries.delete(id);
  }

  resolve(id: string, outcome: CertainOutcome): boolean {
    const entry = this.#entries.get(id);
    if (entry?.outcome !== 'unknown') return false;
    entry.token = ++this.#latestToken;
    this.#finish(entry, { outcome, result: undefined, code: undefined, untold: false });
    return true;
  }

  close(): void {
    this.#isClosed = true;
  }
}

/** Creates a store in memory, the simplest implementation of {@link LedgerStore}. */
export const createMemoryStore = (options: MemoryLedgerOptions = {}): LedgerStore => new MemoryStore(options);

/**
 * Creates a ledger in memory: a message with an id of your own is sent once while the program runs. It is forgotten when
 * the program ends. `openLedger` of `@smsc/ledger` survives crashes.
 *
 * @throws {InputError} for invalid options
 */
export const memoryLedger = (options: MemoryLedgerOptions = {}): Ledger =>
  createLedger(
    createMemoryStore(
      readOptions('memoryLedger', options, {
        keepMs: checkKeepMs,
        clock: checkMember('after', 'function', 'a clock'),
      }),
    ),
  );
