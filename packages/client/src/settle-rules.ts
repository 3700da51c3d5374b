// Rules that `settle()` of this package shares with `settle()` of `@smsc/browser`. Each package has its own loop,
// because code for web pages must be small, and pages can neither resend a message nor use a ledger.

/** Status code for "message not found". Source: the gateway's page of statuses. */
export const messageNotFound = -3;
/** Maximum time that a request may be delayed in transit, in milliseconds. Assumption. */
export const maxTransitMs = 60_000;
/** Maximum number of recipients to ask about. One known recipient proves that the gateway has the message. */
export const maxRecipients = 20;
/**
 * Returns the delay before a status request, in milliseconds. The gateway allows five status requests a minute for one
 * message.
 *
 * @param index number of status requests before it
 */
export const queryDelayMs = (index: number): number => [1000, 2000, 5000, 15_000][index] ?? 40_000;
/**
 * Matches recipients that the gateway does not rewrite: numbers with `+`, e-mail addresses, and numbers that already
 * have the international form. The gateway may correct other numbers, so "not found" under the original number proves
 * nothing.
 */
export const neverRewritten: RegExp = /[@+]|^[1-79]\d{10}/;
