/**
 * Reasons why a message was not delivered, by the number in `error`. Source: copies of the gateway's page of errors on
 * several third-party sites. The copies agree, but only one copy lists 2, 3 and 4. Results can also contain other
 * numbers.
 */
export const deliveryErrors: Readonly<Record<number, string>> = {
  0: 'no error',
  1: 'subscriber does not exist',
  2: 'mailbox full',
  3: 'mail server of the recipient not found',
  4: 'mailbox blocked',
  6: 'subscriber offline',
  11: 'service not enabled for the subscriber',
  12: 'phone or SIM card error',
  13: 'subscriber blocked',
  21: 'service not supported by the phone',
  200: 'test mode: not really sent',
  219: 'SIM card replaced recently',
  220: 'operator queue full',
  237: 'call not answered',
  238: 'no matching template',
  239: 'IP address not allowed',
  240: 'line busy',
  241: 'speech conversion failed, or not all parts were delivered',
  242: 'answering machine',
  243: 'no contract for mass mailings',
  244: 'mailing forbidden, or forbidden link in the text',
  245: 'no status received within 24 hours',
  246: 'outside the hours allowed for sending',
  247: 'daily limit of the account reached',
  248: 'no route',
  249: 'invalid number format',
  250: 'number forbidden by the account settings',
  251: 'daily limit of the number reached, or too many messages to it',
  252: 'number forbidden by the gateway',
  253: 'rejected by the spam filter',
  254: 'sender name not registered',
  255: 'rejected by the operator',
};
