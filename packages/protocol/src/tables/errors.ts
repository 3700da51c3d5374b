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
export const statusErrors: ErrorTable = {
  1: parameters,
  2: login,
  4: blocked,
  5: 'the message could not be deleted',
  9: often,
};

/** `balance.php`. Source: the gateway's page for SOAP, and third parties. */
export const balanceErrors: ErrorTable = { 1: parameters, 2: login, 4: blocked, 9: often };

/** `templates.php` and `op_templates.php`. Source: third parties; for operators' templates inferred from the former. */
export const templateErrors: ErrorTable = {
  1: parameters,
  2: login,
  3: 'template not found',
  4: blocked,
  5: 'could not be saved or removed',
  9: often,
};

/** `phones.php`. Source: the gateway's page for contacts. */
export const contactErrors: ErrorTable = {
  1: parameters,
  2: login,
  3: 'nothing found',
  4: blocked,
  5: 'could not be carried out',
  9: often,
};

/** `jobs.php`. Source: the gateway's page for mailings. */
export const jobErrors: ErrorTable = {
  1: parameters,
  2: login,
  3: 'could not be saved',
  4: blocked,
  5: 'wrong date',
  9: often,
};

/** `users.php`. Source: the gateway's page for sub-accounts. */
export const subAccountErrors: ErrorTable = {
  1: parameters,
  2: login,
  3: 'nothing found',
  4: blocked,
  5: 'could not be carried out',
  6: 'no such sub-account',
  7: 'the sub-account shares the balance of the main account, or the second balance was not named',
  8: 'could not be saved',
  9: often,
  10: 'not enough money to pass on',
};

/** `documents.php`. Source: the gateway's page for documents, of which the rest is not known; 9 is what every endpoint answers. */
export const documentErrors: ErrorTable = { 1: parameters, 2: login, 4: blocked, 9: often };

/** `senders.php`. Source: the gateway's page for sender names. */
export const senderErrors: ErrorTable = {
  1: parameters,
  2: login,
  3: 'sender name not found',
  4: blocked,
  5: 'could not be saved or removed',
  7: 'wrong number',
  8: 'the code cannot be delivered to this number',
  9: often,
  10: 'a code was already sent; the next can be in 8 hours',
  11: 'wrong code',
};

/** `get.php`. Source: the gateway's pages for getting data; 3 by each of them. */
export const dataErrors: ErrorTable = { 1: parameters, 2: login, 3: 'nothing found', 4: blocked, 9: often };

/** `info.php`. Source: the gateway's page for operators. */
export const operatorErrors: ErrorTable = {
  1: parameters,
  2: login,
  3: 'operator not found',
  4: blocked,
  9: often,
};

/** `tinyurls.php`. Source: the gateway's page for short links. */
export const shortLinkErrors: ErrorTable = {
  1: parameters,
  2: login,
  3: 'link not found',
  4: blocked,
  9: often,
};

/** `get_mnp.php`. Source: third parties. */
export const portedErrors: ErrorTable = { 1: parameters, 2: login, 4: blocked, 9: often };

/** `receive_phones.php`. Source: third parties. */
export const rentalErrors: ErrorTable = {
  1: parameters,
  2: login,
  3: 'not enough money for the rent',
  4: blocked,
  9: often,
};

/** `wait_call.php`. Source: a third party; it has 3 and 5 as well, without a meaning that is known. */
export const waitCallErrors: ErrorTable = {
  1: parameters,
  2: login,
  4: blocked,
  6: 'too many calls asked for from this number',
  9: often,
};

/** `downloads.php`. Inferred: what every endpoint answers. */
export const downloadErrors: ErrorTable = { 1: parameters, 2: login, 4: blocked, 9: often };

/** `ping.php`. Inferred: what every endpoint answers. */
export const eventErrors: ErrorTable = { 1: parameters, 2: login, 4: blocked, 9: often };
