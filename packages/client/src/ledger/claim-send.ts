import { InputError } from '@smsc/protocol';
import { type AttemptResult, toAttemptResult } from '../attempt-result.ts';
import { type Call, heldBack, neverStarted } from '../call.ts';
import { sleep } from '../state/cancellation.ts';
import { contentOf } from './content.ts';
import type { LedgerContext } from './context.ts';
import { ClaimedRecord, DoubtRecord } from './records.ts';
import { inDoubt, unwritable } from './results.ts';
import { fromStoredResult } from './stored-result.ts';
import type { ClaimAnswer, DoubtfulSend, LedgerStore } from './store.ts';
import { type Arrived, arrival, ignoreErrors } from './wait.ts';

/** Pauses between two claims of an id that another client holds, in milliseconds. */
const firstPauseMs = 10;
const longestPauseMs = 500;

/** Claims an id. Waits while another client holds it, until the call is cancelled. */
async function claimId(
  call: Call,
  content: string,
  { store, account, clock }: LedgerContext,
): Promise<ClaimAnswer | undefined> {
  const { cancellation } = call;
  const own = account();
  const request = {
    id: call.id!,
    operation: call.info.operation,
    content,
    to: call.to,
    account: typeof own === 'string' ? own : await own,
    temporary: call.temporary,
  };
  let busy: ClaimAnswer | undefined;
  for (let pauseMs = firstPauseMs; ; pauseMs = Math.min(2 * pauseMs, longestPauseMs)) {
    let answer: Arrived<ClaimAnswer> | undefined;
    try {
      answer = await arrival(store.claim(request), cancellation, (late) => release(late, store));
    } catch (error) {
      if (!busy) throw error;
    }
    // The other client may have sent the message since the last answer.
    if (!answer) return busy;
    if (answer.value.state !== 'busy') return answer.value;
    busy = answer.value;
    if (!(await sleep(clock, pauseMs, cancellation))) return busy;
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

/** Claims the id of a send. Returns its claim, or the result of the call if it must not be sent. */
async function claimSend(call: Call, context: LedgerContext): Promise<ClaimedRecord | AttemptResult> {
  let content: string | undefined;
  try {
    content = (await arrival(contentOf(call.info.operation, call.parts), call.cancellation))?.value;
  } catch {
    return heldBack(call, 'a file could not be read');
  }
  let answer: ClaimAnswer | undefined;
  try {
    answer = content === undefined ? undefined : await claimId(call, content, context);
  } catch {
    return (await isStored(call, context))
      ? keepUnknown(call, undefined, 'the ledger could not be written', context)
      : unwritable(call);
  }
  return answer ? toClaimed(call, answer, context) : neverStarted(call, call.cancellation);
}

const sentEarlier = 'an earlier request may have sent it';
const sentByOthers =
  'a request with other credentials may have sent it; if it did not, call resolve(id, outcome) of the ledger';

/** Converts the answer to a claim. */
async function toClaimed(
  call: Call,
  answer: ClaimAnswer,
  context: LedgerContext,
): Promise<ClaimedRecord | AttemptResult> {
  switch (answer.state) {
    case 'yours':
      return new ClaimedRecord(call, answer.claim, context);
    case 'known':
      return (
        knownResult(call, answer.result) ??
        keepUnknown(call, undefined, 'it was accepted earlier, but its result is not known', context)
      );
    case 'in-doubt': {
      const send = await ownDoubt(answer.send, context);
      return keepUnknown(call, send, send === answer.send ? sentEarlier : sentByOthers, context);
    }
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
    // An answer that this version does not know must not let the request leave.
    default:
      return keepUnknown(call, undefined, 'another client is sending it', context);
  }
}

/** Returns true if a ledger that cannot be written has an entry that may have taken effect. */
async function isStored({ id, cancellation }: Call, { store }: LedgerContext): Promise<boolean> {
  try {
    const entry = (await arrival(store.entry(id!), cancellation))?.value;
    return entry !== undefined && entry.outcome !== 'rejected' && entry.outcome !== 'not-sent';
  } catch {
    return false;
  }
}

/**
 * Returns the result of a message that was accepted earlier. Returns `undefined` if its response was lost and the result
 * has members that only the response contains.
 */
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

/** Returns a send in doubt. With other credentials than its own, it can never be settled as `not-sent`. */
const ownDoubt = async (send: DoubtfulSend, { account }: LedgerContext): Promise<DoubtfulSend> =>
  send.account === (await account()) ? send : { ...send, certainInMs: Infinity };

/** Ends a call as `unknown`, because an earlier request or another client may have sent its message. */
function keepUnknown(
  call: Call,
  send: DoubtfulSend | undefined,
  why: string,
  context: LedgerContext,
): AttemptResult {
  const result = inDoubt(call, why);
  call.record = new DoubtRecord(
    {
      id: call.id!,
      operation: call.info.operation,
      claim: send?.claim,
      certainInMs: send?.certainInMs ?? Infinity,
      untold: false,
    },
    context,
  );
  return result;
}

/** Runs the attempts of a call under a claim of its id, and records their result. */
export async function runClaimed(
  call: Call,
  attempts: () => Promise<AttemptResult>,
  context: LedgerContext,
): Promise<AttemptResult> {
  if (!call.hasId) return attempts();
  const claimed = await claimSend(call, context);
  if (!(claimed instanceof ClaimedRecord)) return claimed;
  call.record = claimed;
  let result: AttemptResult | undefined;
  try {
    result = await attempts();
  } finally {
    // Without a result, an unexpected error ended the attempts.
    if (!result) ignoreErrors(() => claimed.ended(undefined));
  }
  const isVoid = (await claimed.ended(result)) === false;
  // Another client has taken the send over, and may have sent it.
  return isVoid && (result.outcome === 'rejected' || result.outcome === 'not-sent')
    ? inDoubt(call, 'another client has taken this send over')
    : result;
}
