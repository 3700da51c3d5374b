import { GatewayError, ReplyError, type SmscError, TransportError } from '@smsc/protocol';
import type { AttemptInfo, CallInfo, CallSummary, Interceptor } from '@smsc/client';

export const send: CallInfo = { operation: 'send', effect: 'spends', id: 'order-7' };
export const balance: CallInfo = { operation: 'balance', effect: 'reads', id: undefined };

/** An end. */
export const ended = (outcome: CallSummary['outcome'], error?: SmscError, attempts = 1): CallSummary => ({
  outcome,
  code: error?.kind === 'gateway' ? error.code : undefined,
  error,
  attempts,
});

export const accepted: CallSummary = ended('accepted');
export const rejected: CallSummary = ended('rejected', new GatewayError('send', 7, 'wrong number', '7'));
export const notSent: CallSummary = ended(
  'not-sent',
  new TransportError('send: failed (ECONNREFUSED); nothing was sent', 'connect', 'network'),
);
export const unknown: CallSummary = ended(
  'unknown',
  new TransportError('send: no complete reply within 5 ms; the request may have left', 'sent', 'timeout'),
);
export const unreadable: CallSummary = ended(
  'unknown',
  new ReplyError('send', 502, 'the gateway always answers 200'),
);
export const failed: CallSummary = ended(
  'failed',
  new GatewayError('balance', 2, 'wrong login or password', undefined),
);

/** One attempt: where it goes and how it ends. */
export interface Attempted {
  readonly host?: string | undefined;
  readonly end: CallSummary;
  /** Runs while the request is in flight. */
  readonly meanwhile?: () => unknown;
}

/** Does what a client does: one call, with one attempt after the other. */
export async function carry(
  { call, attempt }: Interceptor,
  info: CallInfo,
  attempts: readonly Attempted[],
  end: CallSummary = { ...attempts.at(-1)!.end, attempts: attempts.length },
): Promise<CallSummary> {
  return call!(info, async () => {
    for (const [at, { host, end, meanwhile }] of attempts.entries()) {
      const about: AttemptInfo = { ...info, attempt: at + 1, host };
      await attempt!(about, async () => {
        await Promise.resolve();
        await meanwhile?.();
        return end;
      });
    }
    return end;
  });
}
