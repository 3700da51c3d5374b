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
  /** Returns the names of the operations of these requests. */
  readonly operationNames: () => readonly string[];
}

type Proceed = () => Promise<WireReply>;

export type Options = Partial<Omit<RelayOptions<unknown>, 'operations'>> & {
  readonly operations?: Readonly<Record<string, object>>;
  /** Runs in place of each request to the gateway. `proceed` sends the request. */
  readonly intercept?: (request: WireRequest, proceed: Proceed) => ReturnType<Proceed>;
};

export const usual = {
  send: { operation: send, members: ['to', 'text', 'files', 'kind', 'subject', 'sendAt'] },
  status: { operation: status, members: ['id', 'phone'] },
};

/** Creates a relay over the real client and the simulator, with a clock that only the test moves. */
export function world({ operations = usual, intercept, ...options }: Options = {}): World {
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
        const proceed: Proceed = () => inner.send(request, attempt);
        return intercept ? intercept(request, proceed) : proceed();
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
  return {
    gateway,
    clock,
    relay,
    requests,
    operationNames: () => requests.map(({ operation }) => operation),
  };
}

export const uuid = (at = 0): string => `00000000-0000-4000-8000-${String(at).padStart(12, '0')}`;
export const input = { to: '380501234567', text: 'Ваш код: 4821' };

/** Members of a call that replace the members of a usual send. */
export interface CallFields {
  readonly operation?: string;
  readonly effect?: string;
  readonly id?: string;
  readonly token?: string;
  readonly input?: unknown;
  readonly special?: unknown;
}

export const callOf = (call: CallFields = {}): object => ({
  operation: 'send',
  effect: 'spends',
  id: uuid(),
  input,
  special: [],
  ...call,
});

/** Creates the request that a browser sends for a page. */
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
export interface ParsedResponse {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Readonly<Record<string, unknown>>;
}

export const readResponse = async (pending: Promise<Response>): Promise<ParsedResponse> => {
  const response = await pending;
  return {
    status: response.status,
    headers: response.headers,
    body: JSON.parse(await response.text()) as ParsedResponse['body'],
  };
};

/** Sends a call to a relay. */
export const ask = (
  { relay }: Pick<World, 'relay'>,
  call: CallFields = {},
  address = '203.0.113.7',
): Promise<ParsedResponse> => readResponse(relay(asRequest(callOf(call)), { address }));

/** Creates a client that runs a function in place of the gateway. */
export const clientOf = (
  run: (operation: Operation<never, unknown>, given: unknown, options: unknown) => unknown,
): RelayClient => ({
  call: ((operation: Operation<never, unknown>, given: unknown, options: unknown) =>
    Promise.resolve().then(() => run(operation, given, options))) as RelayClient['call'],
});

export { balance, status };
