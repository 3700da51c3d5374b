/** An endpoint's error numbers and what they mean. */
export type ErrorTable = Readonly<Record<number, string>>;

/** What every endpoint answers. Source: the gateway's page for sending; its pages for the other endpoints repeat them. */
const common = {
  1: 'wrong parameters',
  2: 'wrong login or password, or address not allowed',
  4: 'address blocked for a while after frequent errors',
  9: 'same request too often in a minute, or 15 requests at once',
} as const;

/** `send.php`. Source: the gateway's page for sending. */
export const sendErrors: ErrorTable = {
  1: common[1],
  2: common[2],
  3: 'not enough money',
  4: common[4],
  5: 'wrong date',
  6: 'forbidden by its text or its sender, or mass mailing without a contract',
  7: 'wrong number',
  8: 'cannot be delivered to this number',
  9: common[9],
};

/** `status.php`. Source: third parties; 5 only answers the deletion of a message. */
export const statusErrors: ErrorTable = {
  1: common[1],
  2: common[2],
  4: common[4],
  5: 'the message could not be deleted',
  9: common[9],
};

/** `balance.php`. Source: the gateway's page for SOAP, and third parties. */
export const balanceErrors: ErrorTable = common;
