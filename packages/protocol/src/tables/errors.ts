/** An endpoint's error numbers and what they mean. */
export type ErrorTable = Readonly<Record<number, string>>;

// What every endpoint answers. Source: the gateway's page for sending; its pages for the other endpoints repeat them.
const parameters = 'wrong parameters';
const login = 'wrong login or password, or address not allowed';
const blocked = 'address blocked for a while after frequent errors';
const often = 'same request too often in a minute, or 15 requests at once';

/** `send.php`. Source: the gateway's page for sending. */
export const sendErrors: ErrorTable = {
  1: parameters,
  2: login,
  3: 'not enough money',
  4: blocked,
  5: 'wrong date',
  6: 'forbidden by its text or its sender, or mass mailing without a contract',
  7: 'wrong number',
  8: 'cannot be delivered to this number',
  9: often,
};

/** `status.php`. Source: third parties; 5 only answers the deletion of a message. */
export const statusErrors: ErrorTable = { 1: parameters, 2: login, 4: blocked, 5: 'the message could not be deleted', 9: often };

/** `balance.php`. Source: the gateway's page for SOAP, and third parties. */
export const balanceErrors: ErrorTable = { 1: parameters, 2: login, 4: blocked, 9: often };
