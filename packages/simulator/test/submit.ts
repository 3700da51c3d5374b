import { type Gateway, type GatewayRequest } from '../src/index.ts';

/** Noon in Moscow on 23 November 2025, which is 09:00 UTC. */
export const noon: number = Date.UTC(2025, 10, 23, 9);

export type Params = Readonly<Record<string, string | number>>;

export const form = (params: Params): string =>
  Object.entries(params)
    .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`)
    .join('&');

/** Creates a POST request under the account demo, in UTF-8. Default endpoint: `send.php`. */
export const request = (params: Params, over: Partial<GatewayRequest> = {}): GatewayRequest => ({
  method: 'POST',
  url: '/sys/send.php',
  contentType: 'application/x-www-form-urlencoded',
  body: Buffer.from(form({ login: 'demo', psw: 'demo', charset: 'utf-8', ...params })),
  ...over,
});

/** Sends a request under the account demo. Returns the body of the response as UTF-8. */
export const submit = (
  gateway: Gateway,
  params: Params,
  at: number = noon,
  over: Partial<GatewayRequest> = {},
): string => Buffer.from(gateway.handle(request(params, over), at).body).toString('utf8');

/** Sends a request under the account demo, with `fmt=3`. Returns the parsed JSON of the response. */
export const submitForJson = (
  gateway: Gateway,
  params: Params,
  at: number = noon,
  over: Partial<GatewayRequest> = {},
): Record<string, unknown> =>
  JSON.parse(submit(gateway, { ...params, fmt: 3 }, at, over)) as Record<string, unknown>;

export const to = (endpoint: string): Partial<GatewayRequest> => ({ url: `/sys/${endpoint}.php` });

/** Sends a request to an endpoint, with `fmt=3`. Returns the parsed JSON, or the text of a response that is not JSON. */
export const api = (gateway: Gateway, endpoint: string, params: Params, at: number = noon): unknown => {
  const body = submit(gateway, { fmt: 3, ...params }, at, to(endpoint));
  return /^[{[]/.test(body) ? (JSON.parse(body) as unknown) : body;
};

/** Sends a request to an endpoint, with `fmt=3`. Returns the error number of the response, or `undefined` if it has none. */
export const errorOf = (gateway: Gateway, endpoint: string, params: Params, at: number = noon): unknown => {
  const response = api(gateway, endpoint, params, at);
  return typeof response === 'string'
    ? Number(/^ERROR = (\d+)/.exec(response)?.[1]) || undefined
    : (response as Record<string, unknown>)['error_code'];
};
