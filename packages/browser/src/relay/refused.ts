import type { RelayResponse, Refusal } from '../talk.ts';

/** What each refusal is in HTTP. Never 408: a browser sends what was answered so once more, by itself. */
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

/** Why a call goes no further. Its message goes to the page: nothing in it is a secret, or the visitor's. */
export class Refused extends Error {
  readonly refusal: Refusal;
  readonly status: number;
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

/** An answer as HTTP. Nobody keeps it, and nobody takes it for a page. */
export function respond(answer: RelayResponse, status: number): Response {
  const { retryAfterMs: wait } = { __proto__: null, ...answer } as unknown as {
    readonly retryAfterMs?: number;
  };
  return new Response(JSON.stringify(answer), {
    status,
    headers: {
      'content-type': 'application/json; charset=utf-8',
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      ...(status === 405 ? { allow: 'POST' } : {}),
      ...(wait === undefined ? {} : { 'retry-after': String(Math.ceil(wait / 1000)) }),
    },
  });
}

/** A refusal as HTTP. What was thrown and is none says nothing to a page. */
export function respondToError(thrown: unknown): Response {
  const refused =
    thrown instanceof Refused ? thrown : new Refused('unavailable', 'the relay could not do its work');
  return respond(
    { refused: refused.refusal, message: refused.message, retryAfterMs: refused.retryAfterMs },
    refused.status,
  );
}
