import { ReplyError, type ReplyOptions, type SmscError, type WireReply } from '@smsc/protocol';
import { readReply } from '@smsc/protocol/adapter';
import type { Breaker } from '../breaker.ts';
import type { Step } from '../call.ts';
import type { ClientTransport } from '../http-exchange.ts';
import { type Clock, momentOf, monotonicNow } from '../clock.ts';
import { toAttemptResult, toError } from '../attempt-result.ts';
import type { RetryBudget } from '../retry-budget.ts';

/** Sends the request, reads its answer, and says what came of it: the innermost step, and the only one that has a network. */
export const exchange =
  (
    send: NonNullable<ClientTransport['attempt']>,
    reading: ReplyOptions,
    breaker: Breaker,
    quota: RetryBudget,
    clock: Clock,
  ): Step =>
  async ({ call, ending }) => {
    const { operation, effect, request, hasId, id, options } = call;
    const left = (call.left = momentOf(clock));
    let reply: WireReply | undefined;
    let result: unknown;
    let error: SmscError | undefined;
    try {
      reply = await send(request, {
        cancellation: ending,
        host: call.host,
        onProgress: options.onProgress,
      });
      quota.answered();
      result = readReply(operation, reply, reading);
    } catch (thrown) {
      error = toError(thrown, operation.name);
    }
    const refusal = error?.kind === 'gateway' ? error : undefined;
    if (!error || refusal) {
      breaker.note(monotonicNow(clock), left.monotonic, refusal);
      // An answer about another message says nothing of this one. A refusal need not say what it is about.
      const told = refusal ? (refusal.id ?? id) : (result as { readonly id?: string } | null | undefined)?.id;
      if (hasId && told !== id) error = new ReplyError(operation.name, 200, 'it is about another id');
    }
    return toAttemptResult(effect, error, result, reply?.retryAfter);
  };
