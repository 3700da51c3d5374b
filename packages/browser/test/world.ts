import { createClient } from '@smsc/client';
import { balance, type Operation, send, status, type WireReply, type WireRequest } from '@smsc/protocol';
import { createGateway, type Gateway, gatewayTransport } from '@smsc/simulator';
import { ManualClock } from '@smsc/testing/clocks';
import { createRelay, type Relay, type RelayClient, type RelayOptions } from '../src/relay.ts';

export const origin = 'https://shop.example';
export const secret = 'k-5up3r-s3cr3t';

export interface World {
  readonly gateway: Gateway;
  readonly clock: ManualClock;
  readonly relay: Relay;
  /** Requests that were sent to the gateway. */
  readonly requests: WireRequest[];
  /** Names of the operations that did. */
  readonly ran: () => readonly string[];
}

type Go = () => Promise<WireReply>;

export type Options = Partial<Omit<RelayOptions<unknown>, 'operations'>> & {
  readonly operations?: Readonly<Record<string, object>>;
  /** Stands between client and gateway. */
  readonly between?: (request: WireRequest, go: Go) => ReturnType<Go>;
};

export const usual = {
  send: { operation: send, members: ['to', 'text', 'files', 'kind', 'subject', 'sendAt'] },
  status: { operation: status, members: ['id', 'phone'] },
};

/** A relay over the real client and the gateway's double, on a clock that stands still. */
export function world({ operations = usual, between, ...options }: Options = {}): World {
  const clock = new ManualClock();
  const gateway = createGateway({
    accounts: [{ login: 'shop', apiKey: secret, balance: '100.00' }],
    limits: false,
  });
  const requests: WireRequest[] = [];
  const inner = gatewayTransport(gateway, { now: clock.now });
  const client = createClient({
    transport: {
      send: (request, attempt) => {
        requests.push(request);
        const go: Go = () => inner.send(request, attempt);
        return between ? between(request, go) : go();
      },
    },
    credentials: { apiKey: secret },
    clock,
  });
  const relay = createRelay({
    client,
    origins: [origin],
    operations,
    clock,
    ...options,
  } as unknown as Parameters<typeof createRelay>[0]);
  return { gateway, clock, relay, requests, ran: () => requests.map(({ operation }) => operation) };
}

export const uuid = (at = 0): string => `00000000-0000-4000-8000-${String(at).padStart(12, '0')}`;
export const input = { to: '380501234567', text: 'Ваш код: 4821' };

/** A call as a page makes it. */
export interface Asked {
  readonly operation?: string;
  readonly effect?: string;
  readonly id?: string;
  readonly token?: string;
  readonly input?: unknown;
  readonly special?: unknown;
}

export const callOf = (asked: Asked = {}): object => ({
  operation: 'send',
  effect: 'spends',
  id: uuid(),
  input,
  special: [],
  ...asked,
});

/** A request as a browser sends it for a page. */
export const asRequest = (
  body: BodyInit | object,
  { headers = {}, ...init }: RequestInit & { readonly headers?: Record<string, string> } = {},
): Request =>
  new Request('https://shop.example/api/sms', {
    method: 'POST',
    headers: {
      origin,
      'sec-fetch-site': 'same-origin',
      'smsc-relay': '1',
      ...(body instanceof FormData ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
    body:
      typeof body === 'string' ||
      body instanceof FormData ||
      body instanceof Blob ||
      body instanceof ReadableStream
        ? body
        : JSON.stringify(body),
    ...(body instanceof ReadableStream ? { duplex: 'half' } : {}),
    ...init,
  });

/** Status, headers and parsed body of a relay's response. */
export interface Said {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Readonly<Record<string, unknown>>;
}

export const said = async (answered: Promise<Response>): Promise<Said> => {
  const response = await answered;
  return {
    status: response.status,
    headers: response.headers,
    body: JSON.parse(await response.text()) as Said['body'],
  };
};

/** Asks a relay. */
export const ask = (
  { relay }: Pick<World, 'relay'>,
  asked: Asked = {},
  address = '203.0.113.7',
): Promise<Said> => said(relay(asRequest(callOf(asked)), { address }));

/** A client that gives what it is told to. */
export const clientOf = (
  run: (operation: Operation<never, unknown>, given: unknown, options: unknown) => unknown,
): RelayClient => ({
  call: ((operation: Operation<never, unknown>, given: unknown, options: unknown) =>
    Promise.resolve().then(() => run(operation, given, options))) as RelayClient['call'],
});

export { balance, status };
