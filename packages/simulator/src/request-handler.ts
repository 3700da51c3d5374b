import { type AddressBlock, createAddressBlock } from './state/address-block.ts';
import type { Account } from './state/account.ts';
import { authenticate } from './state/accounts.ts';
import type { GatewayState } from './state/gateway-state.ts';
import { encodeText } from './wire/charset.ts';
import { type ErrorName, errorResponse } from './wire/errors.ts';
import type { GatewayReply, GatewayRequest, Pending } from './wire/http.ts';
import { type Parameters, readParameters } from './wire/parameters.ts';
import type { ResponseBody, ResponseFormat } from './wire/response.ts';
import type { Endpoint } from './endpoints/endpoint.ts';
import { routes } from './endpoints/routes.ts';
import { oneOf } from './params/read-values.ts';

/** Counts of requests. */
export interface RequestCounts {
  /** All requests so far. */
  readonly received: number;
  /** Requests that the gateway refused with an error. */
  readonly refused: number;
  /** Requests in flight now. */
  readonly inFlight: number;
  /** Maximum number of requests that were in flight at once. */
  readonly mostInFlight: number;
}

/** Handler of HTTP requests. */
export interface RequestHandler {
  receive(request: GatewayRequest, instant: number): Pending;
  readonly counts: RequestCounts;
}

/**
 * Content types by format. The header says windows-1251 even if the body is UTF-8 (recorded for JSON). Assumptions: the
 * content types of all formats except JSON, and their charset.
 */
const contentTypes: Readonly<Record<ResponseFormat, string>> = {
  0: 'text/plain; charset=windows-1251',
  1: 'text/plain; charset=windows-1251',
  2: 'text/xml; charset=windows-1251',
  3: 'application/json; charset=windows-1251',
};

/** Creates a reply of the web server itself, not of an endpoint. */
const serverReply = (status: number, text: string): GatewayReply => ({
  status,
  contentType: 'text/plain',
  body: Buffer.from(`${text}\n`),
});

/** Reply to a body that is too large. */
export const tooLarge: GatewayReply = serverReply(413, 'Payload Too Large');
const notFound = serverReply(404, 'Not Found');
const methodNotAllowed = serverReply(405, 'Method Not Allowed');

const defaultMethods: readonly string[] = ['GET', 'POST'];

const readFormat = oneOf(0, 1, 2, 3);

const writeReply = (
  { write, file }: ResponseBody,
  format: ResponseFormat,
  { charset }: Parameters,
): GatewayReply =>
  file
    ? { status: 200, contentType: file.contentType, body: file.content }
    : { status: 200, contentType: contentTypes[format], body: encodeText(write(format), charset) };

/** Finds the endpoint of a request. Returns a reply of the web server if there is none. */
function findEndpoint({ url, method }: GatewayRequest): Endpoint | GatewayReply {
  const pathEnd = url.search(/[?#]/);
  const endpoint = routes.get(pathEnd < 0 ? url : url.slice(0, pathEnd));
  if (!endpoint) return notFound;
  return (endpoint.methods ?? defaultMethods).includes(method) ? endpoint : methodNotAllowed;
}

/**
 * Counts a request of an account as in flight. A request without a connection counts as a separate connection.
 *
 * @returns a function that ends the request
 */
function countInFlight({ inFlight }: Account, connection: string | number | undefined): () => void {
  const key: unknown = connection ?? Symbol('connection');
  inFlight.set(key, (inFlight.get(key) ?? 0) + 1);
  return () => {
    const left = inFlight.get(key)! - 1;
    if (left > 0) inFlight.set(key, left);
    else inFlight.delete(key);
  };
}

/** Account of an accepted request, or the error of a refused one. */
type Admission =
  | { readonly account: Account; readonly end: () => void }
  | { readonly error: ErrorName; readonly end?: () => void };

/** Checks credentials, client address and the limit of concurrent requests. */
function admit(
  { address, connection }: GatewayRequest,
  parameters: Parameters,
  { accounts, limits }: GatewayState,
): Admission {
  const account = authenticate(parameters.values, accounts);
  if (typeof account === 'string') return { error: account };
  if (account.allowedAddresses && address !== undefined && !account.allowedAddresses.has(address))
    return { error: 'credentials' };
  const end = countInFlight(account, connection);
  // The gateway's page: error 9 for «fifteen and more at once from different connections under one login».
  return account.inFlight.size >= limits.concurrent ? { error: 'tooManyConcurrent', end } : { account, end };
}

/** Response of an endpoint, and a function that ends the request. */
interface HandledRequest {
  readonly body: ResponseBody;
  readonly end?: (() => void) | undefined;
}

function handle(
  request: GatewayRequest,
  endpoint: Endpoint,
  parameters: Parameters,
  { gateway, instant }: { readonly gateway: GatewayState; readonly instant: number },
): HandledRequest {
  const admission = admit(request, parameters, gateway);
  return 'error' in admission
    ? { body: errorResponse(admission.error), end: admission.end }
    : {
        body: endpoint.respond({ gateway, account: admission.account, instant, parameters }),
        end: admission.end,
      };
}

/** Creates the handler of a gateway's HTTP requests. */
export function createRequestHandler(gateway: GatewayState, maxBodyBytes: number): RequestHandler {
  const block: AddressBlock = createAddressBlock(gateway.limits);
  const counts = { received: 0, refused: 0, inFlight: 0, mostInFlight: 0 };

  function respond(
    request: GatewayRequest,
    instant: number,
  ): { readonly reply: GatewayReply; readonly end?: (() => void) | undefined } {
    const endpoint = findEndpoint(request);
    if ('status' in endpoint) return { reply: endpoint };
    if (request.body.length > maxBodyBytes) return { reply: tooLarge };
    const json = endpoint.json ?? false;
    const parameters = readParameters(request, json);
    const format = readFormat(parameters.values.get('fmt') ?? '');
    let handled: HandledRequest;
    if (block.isBlocked(request.address, instant)) handled = { body: errorResponse('addressBlocked') };
    else if (parameters.malformed || format === undefined) handled = { body: errorResponse('parameters') };
    else handled = handle(request, endpoint, parameters, { gateway, instant });
    const { body, end } = handled;
    if (body.error !== undefined) {
      counts.refused++;
      block.recordError(request.address, body.error, instant);
    }
    // Assumption: an unknown `fmt` is reported as a parameter error in the default format.
    return { reply: writeReply(body, json ? 3 : (format ?? 0), parameters), end };
  }

  return {
    counts,
    receive: (request, instant) => {
      counts.received++;
      counts.inFlight++;
      counts.mostInFlight = Math.max(counts.mostInFlight, counts.inFlight);
      const { reply, end } = respond(request, instant);
      let released = false;
      return {
        reply,
        release: () => {
          if (released) return;
          released = true;
          counts.inFlight--;
          end?.();
        },
      };
    },
  };
}
