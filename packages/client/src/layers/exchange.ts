import {
  type GatewayError,
  ReplyError,
  type ReplyOptions,
  type SmscError,
  type WireReply,
} from '@smsc/protocol';
import { readReply } from '@smsc/protocol/adapter';
import { type AttemptResult, toAttemptResult, toError } from '../attempt-result.ts';
import { type AttemptStep, type Call, heldBack } from '../call.ts';
import { type Clock, momentOf, monotonicNow } from '../state/clock.ts';
import type { SharedLimits } from '../state/shared-limits.ts';
import type { SendAttempt } from '../transport/http-exchange.ts';

/** Sends the request and reads the reply. The innermost step, and the only one that uses the network. */
export const exchangeStep =
  (
    sendAttempt: SendAttempt,
    reading: ReplyOptions,
    { breaker, retryBudget }: Pick<SharedLimits, 'breaker' | 'retryBudget'>,
    clock: Clock,
  ): AttemptStep =>
  async ({ call, cancellation, isLate }): Promise<AttemptResult> => {
    if (isLate?.()) return heldBack(call, 'too late to send');
    const { operation, effect, request, options } = call;
    const sentAt = momentOf(clock);
    call.sentAt = sentAt;
    let reply: WireReply | undefined;
    let result: unknown;
    let error: SmscError | undefined;
    try {
      reply = await sendAttempt(request, {
        cancellation,
        host: call.host,
        onProgress: options.onProgress,
        isLate,
      });
      retryBudget.answered();
      result = readReply(operation, reply, reading);
    } catch (thrown) {
      error = toError(thrown, operation.name);
    }
    const refusal = error?.kind === 'gateway' ? error : undefined;
    if (!error || refusal) {
      breaker.record(monotonicNow(clock), sentAt.monotonic, refusal);
      if (isAboutAnother(call, refusal, result)) error = new ReplyError(operation.name, 200, 'unexpected id');
    }
    return toAttemptResult(effect, error, result, reply);
  };

/**
 * Returns true if a reply belongs to another message and so proves nothing about the message of this call. A successful
 * reply must contain the message's id. An error reply may contain no id.
 */
const isAboutAnother = ({ hasId, id }: Call, refusal: GatewayError | undefined, result: unknown): boolean =>
  hasId &&
  (refusal ? (refusal.id ?? id) : (result as { readonly id?: string } | null | undefined)?.id) !== id;
