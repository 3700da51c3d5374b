import { InputError } from '@smsc/protocol';
import { type AttemptResult, toAttemptResult } from '../attempt-result.ts';
import { type Call, neverStarted } from '../call.ts';
import { asPromise, sleep, waitUnlessCancelled } from '../state/cancellation.ts';
import { contentOf } from './content.ts';
import type { LedgerContext } from './context.ts';
import { ClaimedRecord, DoubtRecord } from './records.ts';
import { inDoubt, unwritable } from './results.ts';
import { fromStoredResult } from './stored-result.ts';
import type { ClaimAnswer, DoubtfulSend, LedgerStore } from './store.ts';

/** Pauses between questions to a store in which another client holds the id, in milliseconds. */
const firstPauseMs = 10;
const longestPauseMs = 500;

/** Waits for a value unless the call is cancelled. Resolves to `undefined` if it is. */
async function waitFor<Value>(call: Call, value: Value | Promise<Value>): Promise<Value | undefined> {
  const promise = asPromise(value);
  return !promise || (await waitUnlessCancelled(call.cancellation, promise)) ? value : undefined;
}

/** Claims an id. Waits while another client holds it, until the call is cancelled. */
async function claimId(
  call: Call,
  { store, account, clock }: LedgerContext,
): Promise<ClaimAnswer | undefined> {
  const content = contentOf(call.info.operation, call.parts);
  const own = account();
  const request = {
    id: call.id!,
    operation: call.info.operation,
    content: typeof content === 'string' ? content : await content,
    to: call.to,
    account: typeof own === 'string' ? own : await own,
    temporary: call.temporary,
  };
  for (let pauseMs = firstPauseMs; ; pauseMs = Math.min(2 * pauseMs, longestPauseMs)) {
    const claiming = store.claim(request);
    const promise = asPromise(claiming);
    if (promise && !(await waitUnlessCancelled(call.cancellation, promise))) {
      void promise.then((late) => release(late, store)).catch(() => undefined);
      return undefined;
    }
    const answer = promise ? await promise : (claiming as ClaimAnswer);
    if (answer.state !== 'busy' || !(await sleep(clock, pauseMs, call.cancellation))) return answer;
  }
}

/** Gives up a claim that came after its call had ended. */
const release = (answer: ClaimAnswer, store: LedgerStore): unknown =>
  answer.state === 'yours' &&
  store.ended(answer.claim, {
    outcome: 'not-sent',
    result: undefined,
    code: undefined,
    ifCertain: false,
    untold: false,
  });

/** Claims the id of a send. Returns the result of the call if it must not be sent, else `undefined`. */
export async function claimSend(call: Call, context: LedgerContext): Promise<AttemptResult | undefined> {
  if (!call.hasId) return undefined;
  let answer: ClaimAnswer | undefined;
  try {
    answer = await claimId(call, context);
  } catch {
    return (await isStored(call, context)) ? keepUnknown(call, undefined, context) : unwritable(call);
  }
  switch (answer?.state) {
    case undefined:
      return neverStarted(call, call.cancellation);
    case 'yours':
      call.record = new ClaimedRecord(call, answer.claim, context);
      return undefined;
    case 'known':
      return knownResult(call, answer.result) ?? keepUnknown(call, undefined, context);
    case 'in-doubt':
      return keepUnknown(call, await ownDoubt(answer.send, context), context);
    case 'busy':
      return keepUnknown(call, undefined, context);
    case 'conflict':
      return toAttemptResult(
        call.effect,
        new InputError(call.info.operation, [
          {
            path: 'id',
            message: 'was used for another message; use a new id, or call forget(id) of the ledger',
          },
        ]),
      );
  }
}

/** Returns true if a ledger that cannot be written has an entry that may have taken effect. */
async function isStored(call: Call, { store }: LedgerContext): Promise<boolean> {
  try {
    const entry = await waitFor(call, store.entry(call.id!));
    return entry !== undefined && entry.outcome !== 'rejected' && entry.outcome !== 'not-sent';
  } catch {
    return false;
  }
}

/** Returns the result of a message that was accepted earlier. `undefined` if its response was lost and has further members. */
function knownResult({ effect, operation, id }: Call, stored: string | undefined): AttemptResult | undefined {
  try {
    // Without the response, the number of parts and the cost are not known.
    const result =
      stored === undefined
        ? operation.result({ id: id!, cnt: 0 }, new Uint8Array())
        : fromStoredResult(stored);
    return toAttemptResult(effect, undefined, { ...(result as object), repeated: true });
  } catch {
    return undefined;
  }
}

/** Returns a doubt that only the account's own credentials can resolve to `not-sent`. */
const ownDoubt = async (send: DoubtfulSend, { account }: LedgerContext): Promise<DoubtfulSend> =>
  send.account === (await account()) ? send : { ...send, certainInMs: Infinity };

/** Ends a call whose message may have been sent, by an earlier request or by another client. */
function keepUnknown(call: Call, send: DoubtfulSend | undefined, context: LedgerContext): AttemptResult {
  call.record = new DoubtRecord(
    {
      id: call.id!,
      operation: call.info.operation,
      claim: send?.claim,
      certainInMs: send?.certainInMs,
      untold: false,
    },
    context,
  );
  return inDoubt(call, send ? 'an earlier request may have sent it' : 'another client is sending it');
}
