/** An endpoint's error numbers and what they mean. */
export type ErrorTable = Readonly<Record<number, string>>;

/** What every endpoint answers. Source: the gateway's page for sending; its pages for the other endpoints repeat them. */
const common = {
  1: 'error in the parameters',
  2: 'wrong login or password, or an address that the account does not allow',
  4: 'the IP address is blocked for a while because of frequent errors in requests',
} as const;

/** `send.php`. Source: the gateway's page for sending. */
export const sendErrors: ErrorTable = {
  1: common[1],
  2: common[2],
  3: 'not enough money in the account',
  4: common[4],
  5: 'wrong date',
  6: 'the message is forbidden, by its text or its sender, or mass mailing without a contract',
  7: 'wrong number',
  8: 'the message cannot be delivered to this number',
  9: 'the same request twice (a cost: more than five times) within a minute, or fifteen requests at once',
};

/** `status.php`. Source: third parties; 5 only answers the deletion of a message. */
export const statusErrors: ErrorTable = {
  1: common[1],
  2: common[2],
  4: common[4],
  5: 'the message could not be deleted',
  9: 'more than five requests for the same message within a minute, or fifteen requests at once',
};

/** `balance.php`. Source: the gateway's page for SOAP, and third parties. */
export const balanceErrors: ErrorTable = {
  1: common[1],
  2: common[2],
  4: common[4],
  9: 'more than ten requests within a minute, or fifteen requests at once',
};
