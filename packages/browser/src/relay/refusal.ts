import type { Issue } from '@smsc/protocol';
import type { Refusal, RelayResponse } from '../relay-protocol.ts';

/** HTTP status of each refusal. None is 408: browsers resend a request by themselves after a 408. */
const statuses: Readonly<Record<Refusal, number>> = {
  malformed: 400,
  'too-slow': 400,
  origin: 403,
  'not-listed': 403,
  guard: 403,
  cost: 403,
  conflict: 409,
  'too-large': 413,
  limit: 429,
  unavailable: 503,
};

/** Refusal of a call. The page receives the error message, so the message must contain no secret and no input of a visitor. */
export class RefusalError extends Error {
  readonly refusal: Refusal;
  /** HTTP status of the response. */
  readonly status: number;
  /** Time after which the call may be tried again, in ms. */
  readonly retryAfterMs: number | undefined;

  constructor(
    refusal: Refusal,
    message: string,
    {
      status = statuses[refusal],
      retryAfterMs,
    }: { readonly status?: number; readonly retryAfterMs?: number } = {},
  ) {
    super(message);
    this.refusal = refusal;
    this.status = status;
    this.retryAfterMs = retryAfterMs;
  }
}

/** Invalid input of a page. The page receives the issues. */
export class InvalidInputError extends Error {
  readonly issues: readonly Issue[];

  constructor(issues: readonly Issue[]) {
    super('invalid input');
    this.issues = issues;
  }
}

/** Creates the HTTP response. Its headers forbid caches to store it, and browsers to display it as a page. */
export function toHttpResponse(response: RelayResponse, status: number): Response {
  const { retryAfterMs } = { __proto__: null, ...response } as unknown as { readonly retryAfterMs?: number };
  return new Response(JSON.stringify(response), {
    status,
    headers: {
      'content-type': 'application/json; charset=utf-8',
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      ...(status === 405 ? { allow: 'POST' } : {}),
      ...(retryAfterMs === undefined ? {} : { 'retry-after': String(Math.ceil(retryAfterMs / 1000)) }),
    },
  });
}

/**
 * Creates the HTTP response to a failed call. The page learns nothing about an unexpected error.
 *
 * @param id id of the message, for operations that spend. It proves that the response belongs to the request
 */
export function toErrorResponse(thrown: unknown, id: string | undefined): Response {
  if (thrown instanceof InvalidInputError)
    return toHttpResponse({ outcome: 'invalid', id, issues: thrown.issues }, 400);
  const { refusal, message, retryAfterMs, status } =
    thrown instanceof RefusalError ? thrown : new RefusalError('unavailable', 'the relay failed');
  return toHttpResponse({ refused: refusal, id, message, retryAfterMs }, status);
}
