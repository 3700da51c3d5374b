/** Meanings of an endpoint's error numbers. An error with another number has the meaning `undocumented code`. */
export type ErrorTable = Readonly<Record<number, string>>;

/**
 * Errors that every endpoint has. Source: the gateway's page for sending. Its pages for other endpoints list the same
 * errors.
 */
const commonErrors: ErrorTable = {
  1: 'invalid parameters',
  2: 'wrong login or password, or IP address not allowed',
  4: 'IP address blocked after too many errors',
  9: 'too many identical requests in a minute, or 15 requests at once',
};

/** Returns the errors of an endpoint: the common errors and the errors in `own`. */
export const errorTable = (own: ErrorTable = {}): ErrorTable => ({ ...commonErrors, ...own });

// The tables below are shared by several operation files. All other tables are in the file of their operations.

/** Errors of `send.php`. Source: the gateway's page for sending. */
export const sendErrors: ErrorTable = /* @__PURE__ */ errorTable({
  3: 'not enough money on the account',
  5: 'invalid date or time',
  6: 'text or sender forbidden, or mass mailing without a contract',
  7: 'invalid phone number',
  8: 'message cannot be delivered to this number',
});

/** Errors of `status.php`. Source: third parties. Error 5 occurs only when a message is deleted. */
export const statusErrors: ErrorTable = /* @__PURE__ */ errorTable({ 5: 'message could not be deleted' });

/** Errors of `phones.php`. Source: the gateway's page for contacts. */
export const contactErrors: ErrorTable = /* @__PURE__ */ errorTable({
  3: 'nothing found',
  5: 'request could not be carried out',
});

/** Errors of `get.php`. Source: the gateway's pages for reading data. All these pages list error 3. */
export const dataErrors: ErrorTable = /* @__PURE__ */ errorTable({ 3: 'nothing found' });
