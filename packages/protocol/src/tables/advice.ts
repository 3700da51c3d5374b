import {
  balanceErrors,
  contactErrors,
  dataErrors,
  documentErrors,
  downloadErrors,
  type ErrorTable,
  eventErrors,
  jobErrors,
  operatorErrors,
  portedErrors,
  rentalErrors,
  senderErrors,
  sendErrors,
  shortLinkErrors,
  statusErrors,
  subAccountErrors,
  templateErrors,
  waitCallErrors,
} from './errors.ts';

/** What to know of an error number of one endpoint. */
export interface Advice {
  /** What the number means. */
  readonly meaning: string;
  /**
   * Whether anything was done: `no`; or `earlier`, not by this request, but perhaps by one like it that came before and
   * whose answer was lost.
   */
  readonly applied: 'no' | 'earlier';
  /** What helps. */
  readonly helps: string;
}

/** What helps against the errors that every endpoint has. */
const common: Readonly<Record<number, string>> = {
  1: 'correct the parameters; the same request will be refused again',
  2: 'check the credentials, and the list of allowed addresses in the settings; do not repeat, frequent errors lead to 4',
  4: 'stop for a while, then correct what caused the errors before it',
  9: 'wait a minute, and keep below 15 requests at once',
};

const nothing = 'nothing; there is no such thing';
const later = 'repeat once later; then ask the gateway’s support';

/** What helps where an endpoint differs. By path below the host. The advice is this package's. */
const own: Readonly<
  Partial<Record<string, readonly [table: ErrorTable, helps: Readonly<Record<number, string>>]>>
> = {
  'sys/send.php': [
    sendErrors,
    {
      3: 'top up the account',
      5: 'correct the time',
      6: 'change the text or the sender, register the sender, or make a contract for mass mailing',
      7: 'correct the number',
      8: 'drop the number, or send by another channel',
      9: 'an equal message was taken within the last minute: ask for its state; else wait a minute',
    },
  ],
  'sys/status.php': [statusErrors, { 5: 'nothing; what was already passed on cannot be removed' }],
  'sys/balance.php': [balanceErrors, {}],
  'sys/templates.php': [templateErrors, { 3: nothing, 5: later }],
  'sys/op_templates.php': [templateErrors, { 3: nothing, 5: later }],
  'sys/phones.php': [contactErrors, { 3: nothing, 5: later }],
  'sys/jobs.php': [
    jobErrors,
    {
      3: later,
      5: 'correct the time',
      9: 'an equal mailing may have been made within the last minute: list the mailings; else wait a minute',
    },
  ],
  'sys/users.php': [
    subAccountErrors,
    {
      3: nothing,
      5: later,
      6: 'correct the login',
      7: 'pay to a sub-account with a balance of its own, or name the second balance',
      8: later,
      10: 'top up the main account',
    },
  ],
  'sys/documents.php': [documentErrors, {}],
  'sys/senders.php': [
    senderErrors,
    {
      3: nothing,
      5: later,
      7: 'correct the number',
      8: 'take a number that gets messages',
      10: 'use the code that was sent, or wait 8 hours',
      11: 'ask for the code again',
    },
  ],
  'sys/get.php': [dataErrors, { 3: 'ask for another period' }],
  'sys/info.php': [operatorErrors, { 3: 'check the number' }],
  'sys/tinyurls.php': [shortLinkErrors, { 3: 'check the link' }],
  'sys/get_mnp.php': [portedErrors, {}],
  'sys/receive_phones.php': [rentalErrors, { 3: 'top up the account' }],
  'sys/wait_call.php': [waitCallErrors, { 6: 'wait, or confirm this number by a message' }],
  'sys/downloads.php': [downloadErrors, {}],
  'sys/ping.php': [eventErrors, {}],
};

/** Where a request like this one may have been carried out just before: by its path and number. */
const earlier = ['sys/send.php 9', 'sys/jobs.php 9', 'sys/senders.php 10'];

/**
 * What to know of an error number of an endpoint: `adviceOn(send.path, error.code)?.helps`. By itself, so that a client
 * which does not show it does not hold it. Numbers that are not documented have none.
 */
export function adviceOn(path: string, code: number): Advice | undefined {
  const [table, helps] = Object.hasOwn(own, path) ? own[path]! : [];
  const meaning = table?.[code];
  const help = helps?.[code] ?? common[code];
  if (meaning === undefined || help === undefined) return undefined;
  return { meaning, applied: earlier.includes(`${path} ${code}`) ? 'earlier' : 'no', helps: help };
}
