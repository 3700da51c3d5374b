import {
  type Client,
  type ClientOptions,
  createClient,
  createLedger,
  type Ledger,
  type LedgerStore,
  type Outcome,
  type Recovered,
  type SettleOptions,
} from '@smsc/client';
import { type Credentials, send, type SendInput, type Sent } from '@smsc/protocol';
import type { CaseClock } from './clock.ts';
import { CaseGateway } from './gateway.ts';
import { secrets } from './secrets.ts';
import { holdClock } from './store-proxy.ts';
import type { LedgerSubject } from './subject.ts';

/** Time for which entries are kept in the cases, in milliseconds: a day. */
export const keepMs = 86_400_000;
/** Time limit of an attempt that the transport of the cases declares, in milliseconds. */
const attemptTimeoutMs = 1000;
/** Time after which a recorded request cannot arrive any more, in milliseconds: 30 s, the time limit, and a minute. */
export const arrivesWithinMs: number = 30_000 + attemptTimeoutMs + 60_000;

/** The message that the cases send. */
export const message: Readonly<Record<'id' | 'to' | 'text', string>> = {
  id: 'order-1',
  to: secrets.phone,
  text: secrets.text,
};

/** Options of a call. */
type CallOptions = Parameters<Client['call']>[2];

/** A client of a case. */
export interface CaseClient {
  readonly client: Client;
  /** Sends the message of the case, with other members if given. */
  send(more?: Partial<SendInput>, options?: CallOptions): Promise<Outcome<Sent, string>>;
  /** Runs `recover()` to its end. Returns everything that was reported. */
  recoverAll(options?: SettleOptions): Promise<readonly Recovered[]>;
}

/** A client's options in a case. */
export interface CaseClientOptions extends Partial<Omit<ClientOptions, 'ledger' | 'transport'>> {
  /** Store of the client's ledger. Default: the first store of the case. */
  readonly store?: LedgerStore | undefined;
  /** Time limit that the transport declares, in milliseconds. Default: 1,000. */
  readonly timeoutMs?: number | undefined;
}

let worlds = 0;

/** Everything that a case works with: stores, a clock, a gateway, clients. */
export class LedgerWorld {
  readonly clock: CaseClock;
  readonly gateway: CaseGateway;
  /** Credentials of the case. The login is new in each case, because clients with the same login share limits. */
  readonly credentials: Credentials = { login: `case-${++worlds}`, password: secrets.password };
  readonly #subject: LedgerSubject;
  /** Stores under test, by the wrapper that the case uses. */
  readonly #originals = new Map<LedgerStore, LedgerStore>();
  #first: LedgerStore | undefined;

  constructor(subject: LedgerSubject, clock: CaseClock) {
    this.#subject = subject;
    this.clock = clock;
    this.gateway = new CaseGateway(clock);
  }

  /** The first store. */
  get store(): LedgerStore {
    if (!this.#first) throw new Error('the case has no store yet');
    return this.#first;
  }

  /** A ledger over the first store. */
  get ledger(): Ledger {
    return createLedger(this.store);
  }

  #add(original: LedgerStore): LedgerStore {
    const store = holdClock(original, this.clock);
    this.#originals.set(store, original);
    return store;
  }

  #originalOf(store: LedgerStore): LedgerStore {
    return this.#originals.get(store) ?? store;
  }

  /** Opens the first store. */
  async open(): Promise<void> {
    this.#first = this.#add(await this.#subject.open({ keepMs, clock: this.clock }));
  }

  /** Returns a second store on the same data, or the first store if the subject has no `openAnother`. */
  async another(): Promise<LedgerStore> {
    const { openAnother } = this.#subject;
    return openAnother ? this.#add(await openAnother(this.#originalOf(this.store))) : this.store;
  }

  /** Makes the owner of a store look dead. */
  async kill(store: LedgerStore): Promise<void> {
    await this.#subject.kill!(this.#originalOf(store));
  }

  /** Makes every write of a store fail. */
  failWrites(store: LedgerStore): Promise<() => unknown> {
    return Promise.resolve(this.#subject.failWrites!(this.#originalOf(store)));
  }

  /** Returns everything that is kept outside the memory of the program. */
  async raw(): Promise<readonly Uint8Array[]> {
    return [...(await this.#subject.raw!(this.#originalOf(this.store)))];
  }

  /** Creates a client. */
  client({
    store = this.store,
    timeoutMs = attemptTimeoutMs,
    ...options
  }: CaseClientOptions = {}): CaseClient {
    const client = createClient({
      transport: this.gateway.transport(timeoutMs),
      credentials: this.credentials,
      clock: this.clock,
      random: () => 0.5,
      retries: 0,
      ...options,
      ledger: createLedger(store),
    });
    return {
      client,
      send: (more = {}, callOptions) =>
        client.call(send, { ...message, ...more } as SendInput & { id: string }, callOptions),
      recoverAll: async (settleOptions) => {
        const all: Recovered[] = [];
        for await (const each of client.recover(settleOptions)) all.push(each);
        return all;
      },
    };
  }

  /** Closes all stores and deletes their data. */
  async end(): Promise<void> {
    this.clock.stop();
    const originals = new Set(this.#originals.values());
    for (const original of originals) await Promise.resolve(original.close()).catch(() => undefined);
    const first = this.#first && this.#originalOf(this.#first);
    if (first) await this.#subject.remove?.(first);
  }
}
