import {
  type GatewayRequest,
  type RequestLimits,
  type Message,
  type RunningGateway,
  startGateway,
} from '@smsc/simulator';
import type { FetchLike, SmscOptions } from '../src/index.ts';
import { createSmsc, type Smsc } from '../src/index.ts';

/** Monday, 16 March 2026, 12:00 in Moscow (09:00 UTC). */
export const noon: number = Date.UTC(2026, 2, 16, 9);
export const minute = 60_000;
export const hour: number = 60 * minute;
export const day: number = 24 * hour;

/** Wire parameters of a request. */
export type Wire = Readonly<Record<string, string | number>>;
/** A JSON row of a response. */
export type WireRow = Readonly<Record<string, unknown>>;

/** A request that a client sent. */
export interface SentRequest {
  readonly path: string;
  /** Body of the request. `undefined` for a form with files. */
  readonly text: string | undefined;
}

/** An account of the gateway, with ways to use and inspect it. */
export interface Customer {
  readonly login: string;
  readonly password: string;
  readonly apiKey: string;
  readonly currency: string;
  readonly credit: string | undefined;
  /** Time zone, as hours from UTC. */
  readonly utcOffset: number;
  readonly world: World;
  /** Creates a client of this account. */
  client(options?: Partial<SmscOptions>): Smsc;
  /** Sends a request without the client. Returns the response as JSON, or as text if it is not JSON. */
  requestDirectly(endpoint: string, params: Wire): unknown;
  /** Requests a list without the client. Error 3 gives an empty list. */
  rows(endpoint: string, params: Wire): readonly WireRow[];
  /** Returns the messages that the account sent, oldest first. */
  messages(): readonly Message[];
  balance(): string;
  /** Returns the whole visible state of the account, to compare it later. */
  snapshot(): unknown;
  /** Holds requests in flight, each on a connection of its own. Returns a function that ends them. */
  hold(requests: number): () => void;
}

/** A simulator with a clock of its own. */
export interface World {
  readonly gateway: RunningGateway['gateway'];
  readonly url: string;
  /** Requests that clients sent, oldest first. */
  readonly sentRequests: readonly SentRequest[];
  now(): number;
  /** Advances the clock and runs everything that is due. */
  advance(ms: number): void;
  /** Returns an account that was not used before. */
  customer(): Customer;
  close(): Promise<void>;
}

/** Number of phone numbers that can be rented. */
const rentables = 100;

/** Returns the number that a customer can rent, and its monthly price. */
export const rentable = (customer: number): { readonly phone: string; readonly price: string } => ({
  phone: `38044${1_000_000 + (customer % rentables)}`,
  price: `${31 + ((customer % rentables) % 7)}.05`,
});

/** Returns the files that a customer's account can download. */
export const exportsOf = (
  place: number,
): readonly { readonly name: string; readonly content: Uint8Array; readonly madeAt: number }[] =>
  Array.from({ length: 1 + (place % 4) }, (_, at) => ({
    name: `отчёт ${place}-${at}.csv`,
    content: Uint8Array.from({ length: 1 + (place % 20) + at * 10 }, (_, octet) =>
      octet === 0 ? 0x25 : (octet * 37 + place) % 256,
    ),
    madeAt: noon - at * day,
  }));

/** Returns the accounts that a customer has with the operator Megafon. */
export const megafonOf = (place: number): readonly Readonly<Record<string, string>>[] =>
  Array.from({ length: place % 4 }, (_, at) => ({ account: `${place}-${at}`, sum: `${at}.50` }));

/** Numbers that were ported on three days. */
export const ported: readonly { readonly phone: string; readonly mccmnc: string; readonly date: string }[] =
  Array.from({ length: 60 }, (_, at) => ({
    phone: `3805000${String(10_000 + at * 7)}`,
    mccmnc: at % 2 === 0 ? '25503' : '25506',
    date: ['2026-03-14', '2026-03-15', '2026-03-16'][at % 3]!,
  }));

const currencies = ['UAH', 'RUR', 'KZT'];
const offsets = [3, 2, 5, -5];

/** Options of a world. */
export interface WorldOptions {
  /** Number of accounts. */
  readonly customers: number;
  /** Request limits. Default: none. */
  readonly limits?: Partial<RequestLimits> | 'as at the gateway' | undefined;
  readonly balance?: string | undefined;
  /** Registered sender names. Default: every name is allowed. */
  readonly senders?: readonly string[] | undefined;
}

/** Starts a simulator with its accounts. */
export async function openWorld({
  customers,
  limits,
  balance = '1000.00',
  senders,
}: WorldOptions): Promise<World> {
  let instant = noon;
  const sentRequests: SentRequest[] = [];
  let inspections = 0;
  const accountOf = (place: number) => ({
    login: `customer${place}`,
    password: `secret & ${place}`,
    apiKey: `key=${place}`,
    currency: currencies[place % currencies.length]!,
    credit: place % 3 === 1 ? '50.00' : undefined,
    utcOffset: offsets[place % offsets.length]!,
  });
  const running = await startGateway({
    accounts: Array.from({ length: customers }, (_, place) => ({
      ...accountOf(place),
      balance,
      senders,
      downloads: exportsOf(place),
      megafonAccounts: megafonOf(place),
      push: { url: 'https://customer.example/hook?charset=utf-8', secret: 'control' },
    })),
    limits: limits === 'as at the gateway' ? undefined : (limits ?? false),
    rentable: Array.from({ length: Math.min(rentables, customers) }, (_, place) => rentable(place)),
    ported,
    deliver: () => Promise.resolve({ status: 200 }),
    now: () => instant,
  });
  const { gateway, url } = running;

  const fetchAndNote: FetchLike = async (address, init) => {
    const content = await new Response(init.body as Blob).arrayBuffer();
    const isForm = init.headers['content-type']!.startsWith('multipart/');
    const text = isForm ? undefined : Buffer.from(content).toString();
    sentRequests.push({ path: new URL(address).pathname.slice(1), text });
    return fetch(address, { ...init, body: content });
  };

  function customerAt(place: number): Customer {
    const { login, password, apiKey, currency, credit, utcOffset } = accountOf(place);
    const request = (endpoint: string, params: Wire): GatewayRequest => {
      const form = new URLSearchParams({ login, psw: password, charset: 'utf-8', fmt: '3' });
      for (const [name, value] of Object.entries(params)) form.set(name, String(value));
      return {
        method: 'POST',
        url: `/sys/${endpoint}.php`,
        contentType: 'application/x-www-form-urlencoded',
        body: Buffer.from(form.toString()),
      };
    };
    const requestDirectly = (endpoint: string, params: Wire): unknown => {
      const body = Buffer.from(gateway.handle(request(endpoint, params), instant).body).toString('utf8');
      return /^[{[]/.test(body) ? (JSON.parse(body) as unknown) : body;
    };
    const rows = (endpoint: string, params: Wire): readonly WireRow[] => {
      const answer = requestDirectly(endpoint, params);
      if (Array.isArray(answer)) return answer as readonly WireRow[];
      if ((answer as WireRow)['error_code'] === 3) return [];
      throw new Error(`the gateway refused to list ${endpoint}: ${JSON.stringify(answer)}`);
    };
    const messages = (): readonly Message[] => gateway.messages(login);
    const balanceNow = (): string => gateway.balance(login)!;
    return {
      login,
      password,
      apiKey,
      currency,
      credit,
      utcOffset,
      world,
      requestDirectly,
      rows,
      messages,
      balance: balanceNow,
      client: (options) =>
        createSmsc({
          login,
          password,
          host: url,
          fetch: fetchAndNote,
          breaker: false,
          ...options,
        } as SmscOptions),
      hold: (requests) => {
        const held = Array.from({ length: requests }, (_, at) =>
          gateway.receive({ ...request('balance', {}), connection: `held ${at}` }, instant),
        );
        return () => held.forEach(({ release }) => release());
      },
      snapshot: () => {
        // A running number makes the requests differ, so that the limit of identical requests does not apply.
        const all = (endpoint: string, params: Wire): readonly WireRow[] =>
          rows(endpoint, { ...params, look: inspections++ });
        return {
          balance: balanceNow(),
          messages: messages().map((message) => ({ ...message })),
          events: gateway.events(login),
          contacts: all('phones', { get: 1 }),
          groups: all('phones', { get_group: 1 }),
          templates: all('templates', { get: 1 }),
          operatorTemplates: all('op_templates', { get: 1 }),
          jobs: all('jobs', { get_all: 1 }),
          senderNames: all('senders', { get: 1, all: 1, operators: 1 }),
          incoming: all('get', { get_answers: 1 }),
          spent: all('get', { get_stat: 1 }),
          subAccounts: [0, 1].flatMap((reseller) => all('users', { get_stat: 1, reseller })),
          rentable: all('receive_phones', { get: 1 }),
        };
      },
    };
  }

  let served = 0;
  const world: World = {
    gateway,
    url,
    sentRequests,
    now: () => instant,
    advance: (ms) => {
      instant += ms;
      gateway.advance(instant);
    },
    customer: () => {
      if (served === customers) throw new Error('the world has no unused customers; raise `customers`');
      return customerAt(served++);
    },
    close: () => running.close(),
  };
  return world;
}
