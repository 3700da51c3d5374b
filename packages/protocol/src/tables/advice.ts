/** Advice on one error number of the gateway. */
export interface Advice {
  /**
   * `no`: the requested action has not happened. `earlier`: this request did nothing, but an identical request just before
   * it may have succeeded, and its response may have been lost.
   */
  readonly applied: 'no' | 'earlier';
  /** Next step for the caller, as a short English sentence. */
  readonly nextStep: string;
}

/**
 * Advice by error number. A number without advice has no entry. The texts come from this package, not from the
 * gateway.
 *
 * @example
 * ```ts
 * if (sent.outcome === 'rejected') console.error(sent.meaning, sendAdvice[sent.code]?.nextStep);
 * ```
 */
export type AdviceTable = Readonly<Partial<Record<number, Advice>>>;

const commonTexts: Readonly<Record<number, string>> = {
  1: 'correct the parameters; the gateway will reject the same request again',
  2: 'check the credentials and the list of allowed IP addresses in the account settings; do not retry, because frequent errors lead to error 4',
  4: 'stop for some minutes, then fix the cause of the earlier errors',
  9: 'wait a minute, and send fewer than 15 requests at the same time',
};

/** Advice for records that do not exist. */
export const notFound = 'check the id or the name; there is no such record';
/** Advice for a failure inside the gateway. */
export const retryLater = 'retry once later; if it fails again, contact the support of the gateway';

/**
 * Returns the advice for one endpoint: the common texts and the texts in `own`.
 *
 * @param earlier error numbers that can mean that an identical earlier request succeeded
 */
export function adviceTable(
  own: Readonly<Record<number, string>> = {},
  earlier: readonly number[] = [],
): AdviceTable {
  return Object.fromEntries(
    Object.entries({ ...commonTexts, ...own }).map(([code, nextStep]): [string, Advice] => [
      code,
      { applied: earlier.includes(Number(code)) ? 'earlier' : 'no', nextStep },
    ]),
  );
}

/** Advice on the errors that every endpoint has: 1, 2, 4 and 9. */
export const commonAdvice: AdviceTable = /* @__PURE__ */ adviceTable();

// The tables below are shared by several operation files. All other tables are in the file of their operations.

/** Advice on the errors of sending: `send`, `sendList`, `cost`, `costList` and `callWithCode`. */
export const sendAdvice: AdviceTable = /* @__PURE__ */ adviceTable(
  {
    3: 'top up the account',
    5: 'correct the time of sending',
    6: 'change the text or the sender, register the sender name, or sign a contract for mass mailings',
    7: 'correct the phone number',
    8: 'remove the number from the list, or use another channel',
    9: 'query the status, since the gateway may have accepted an identical message within the last minute; if not, retry after a minute',
  },
  [9],
);

/** Advice on the errors of operations on messages that were sent, such as `status` and `deleteMessage`. */
export const statusAdvice: AdviceTable = /* @__PURE__ */ adviceTable({
  5: 'do nothing; a message that has left the gateway cannot be deleted',
});

/** Advice on the errors of contacts, contact groups and the black list. */
export const contactAdvice: AdviceTable = /* @__PURE__ */ adviceTable({ 3: notFound, 5: retryLater });

/** Advice on the errors of history, incoming messages, statistics and prices. */
export const dataAdvice: AdviceTable = /* @__PURE__ */ adviceTable({
  3: 'use another period or other filters',
});
