import { GatewayError, ReplyError, type SmscError, TransportError } from '@smsc/protocol';
import type { AttemptInfo, CallInfo, CallSummary, Interceptor } from '@smsc/client';

export const send: CallInfo = { operation: 'send', effect: 'spends', id: 'order-7' };
export const balance: CallInfo = { operation: 'balance', effect: 'reads', id: undefined };

/** Creates the summary of a call. */
export const summaryOf = (outcome: CallSummary['outcome'], error?: SmscError, attempts = 1): CallSummary => ({
  outcome,
  code: error?.kind === 'gateway' ? error.code : undefined,
  error,
  attempts,
});

export const accepted: CallSummary = summaryOf('accepted');
export const rejected: CallSummary = summaryOf('rejected', new GatewayError('send', 7, 'wrong number', '7'));
export const notSent: CallSummary = summaryOf(
  'not-sent',
  new TransportError('send: failed (ECONNREFUSED); nothing was sent', 'connect', 'network'),
);
export const unknown: CallSummary = summaryOf(
  'unknown',
  new TransportError(
    'send: no complete reply within 5 ms; the request may have been sent',
    'sent',
    'timeout',
  ),
);
export const unreadable: CallSummary = summaryOf('unknown', new ReplyError('send', 502, 'expected HTTP 200'));
export const failed: CallSummary = summaryOf(
  'failed',
  new GatewayError('balance', 2, 'wrong login or password', undefined),
);

/** One attempt: its host and its end. */
export interface Attempted {
  readonly host?: string | undefined;
  readonly end: CallSummary;
  /** Runs while the request is in flight. */
  readonly meanwhile?: () => unknown;
}

/** Runs an interceptor as a client does: one call, with its attempts in sequence. */
export async function carry(
  { call, attempt }: Interceptor,
  info: CallInfo,
  attempts: readonly Attempted[],
  end: CallSummary = { ...attempts.at(-1)!.end, attempts: attempts.length },
): Promise<CallSummary> {
  return call!(info, async () => {
    for (const [at, { host, end, meanwhile }] of attempts.entries()) {
      const attemptInfo: AttemptInfo = { ...info, attempt: at + 1, host };
      await attempt!(attemptInfo, async () => {
        await Promise.resolve();
        await meanwhile?.();
        return end;
      });
    }
    return end;
  });
}
