import { type Account, keepMessage } from '../state/account.ts';
import { subAccountsOf } from '../state/accounts.ts';
import type { Endpoint } from './endpoint.ts';
import { readAction } from '../params/action.ts';
import { pageId, readValues, wholeNumber } from '../params/read-values.ts';
import type { ResponseBody } from '../wire/response.ts';
import { type RequestContext, exceedsLimit, valueOf } from '../state/request-context.ts';
import { writeDate } from '../wire/dates.ts';
import { readDay } from '../params/day.ts';
import { readPhone } from '../params/recipients.ts';
import { errorResponse } from '../wire/errors.ts';
import { createdResponse, listResponse, okResponse, type Row } from '../wire/rows.ts';
import { isNumber, type SenderName } from '../state/sender-names.ts';
import { confirmationCode } from '../pricing/speech.ts';

/** Minimum time between two codes for the same sender, in milliseconds. Documented: 8 hours. */
const codeIntervalMs = 8 * 3_600_000;

/** Parameters that describe a sender name. Source: third party. */
const details = [
  'cmt',
  'fio',
  'inn',
  'site',
  'email',
  'address',
  'desc',
  'subj',
  'name',
  'site_name',
  'doc_info',
];
/** Parameters that register a sender name with operators. Source: third party. */
const operators = [
  'mega',
  'mega_step',
  'mts',
  'mts_step',
  'tele2',
  'tele2_step',
  'bee_step',
  'motiv_step',
  'ua_reg',
  'ua_int',
];

/** Returns true for a valid sender: up to 11 characters, up to 15 digits, or an e-mail address. */
const isValidSender = (sender: string): boolean =>
  /^(?:[ -~]{1,11}|\+?\d{1,15}|[^\s@]+@[^\s@]+)$/.test(sender);

/**
 * Creates the row of a sender name. Only the member `sender` is known. Assumptions: `id`, `comment`, `date`, `status` and
 * the states at operators.
 */
const rowOf = (
  { id, sender, approved, addedAt, details: values }: SenderName,
  utcOffset: number,
  withOperators: boolean,
): Row => [
  ['id', id],
  ['sender', sender],
  ['comment', values.get('cmt') ?? ''],
  ['date', writeDate(addedAt, utcOffset)],
  ['status', approved ? 1 : 0],
  ...(withOperators
    ? operators.filter((operator) => values.get(operator) === '1').map((operator) => [operator, 1] as const)
    : []),
];

const listReaders = {
  prev_id: pageId(Infinity),
  cnt: wholeNumber(0, 999_999_999, Infinity),
};

/** `get`: lists sender names. Assumption: `prev_id` pages backwards as in the history, so the newest names come first. */
function listNames(context: RequestContext, account: Account): ResponseBody {
  const { values } = context.parameters;
  const request = readValues(values, listReaders);
  const fromDate = valueOf(context, 'from_date');
  const from = fromDate === '' ? -Infinity : readDay(fromDate, account.utcOffset);
  if (!request || from === undefined) return errorResponse('parameters');
  const withUnapproved = values.get('all') === '1';
  const withOperators = values.get('operators') === '1';
  const page = [...account.senderNames.values()]
    .reverse()
    .filter(
      ({ approved, addedAt, id }) => (approved || withUnapproved) && addedAt >= from && id < request.prev_id,
    )
    .slice(0, request.cnt);
  return page.length > 0
    ? listResponse(page.map((name) => rowOf(name, account.utcOffset, withOperators)))
    : errorResponse('noRecords');
}

/** Sets the details of a sender name from the parameters of a request. */
function setDetails(name: SenderName, { parameters }: RequestContext): void {
  for (const parameter of [...details, ...operators]) {
    const value = parameters.values.get(parameter);
    if (value !== undefined) name.details.set(parameter, value);
  }
}

const createName = (account: Account, sender: string, addedAt: number): SenderName => ({
  id: account.nextRecordId++,
  sender,
  addedAt,
  approved: !isNumber(sender),
  code: undefined,
  details: new Map(),
});

/** `add`: adds a sender name. */
function addName(context: RequestContext, account: Account): ResponseBody {
  const sender = valueOf(context, 'sender') || valueOf(context, 'mail');
  if (!isValidSender(sender)) return errorResponse('parameters');
  if (exceedsLimit(context, 'senderNames', '')) return errorResponse('duplicate');
  // The error for a name that already exists is an assumption.
  if (account.senderNames.has(sender)) return errorResponse('operation');
  const name = createName(account, sender, context.instant);
  setDetails(name, context);
  account.senderNames.set(sender, name);
  return createdResponse(name.id);
}

/** Stores the message that contains a code. Assumption: this message is not charged. */
function keepCodeMessage(
  { gateway, instant }: RequestContext,
  account: Account,
  { id, phone, code }: { readonly id: string; readonly phone: string; readonly code: string },
): void {
  keepMessage(
    account,
    {
      id,
      login: account.login,
      phone,
      kind: 'sms',
      type: 0,
      sender: account.defaultSender,
      text: code,
      comment: undefined,
      subject: undefined,
      files: [],
      dialing: undefined,
      parts: 1,
      cost: '0.00',
      acceptedAt: instant,
      startsAt: instant,
      expiresAt: instant + 86_400_000,
      outcome: gateway.outcomeOf(phone),
      refused: false,
      serial: gateway.serials.message++,
      clickedAt: undefined,
    },
    gateway.keepMessages,
  );
}

/**
 * `send_code`: sends a confirmation code to a phone number that the account wants to use as a sender. Assumption: a number
 * that is not yet in the list of sender names is added to the list.
 */
function sendCode(context: RequestContext, account: Account): ResponseBody {
  const { instant } = context;
  const sender = valueOf(context, 'sender');
  if (sender === '') return errorResponse('parameters');
  const phone = readPhone(sender);
  if (phone === undefined) return errorResponse('invalidNumber');
  if (account.priceOf('sms', phone) === undefined) return errorResponse('noRoute');
  const known = account.senderNames.get(sender);
  if (known?.code && instant - known.code.sentAt < codeIntervalMs) return errorResponse('codeAlreadySent');
  const name = known ?? { ...createName(account, sender, instant), approved: false };
  const id = String(account.nextMessageId++);
  const digits = confirmationCode(`${account.login} ${sender} ${id}`);
  name.code = { digits, sentAt: instant };
  account.senderNames.set(sender, name);
  keepCodeMessage(context, account, { id, phone, code: digits });
  return okResponse;
}

/** `check_code`: approves a phone number if the code is correct. */
function checkCode(name: SenderName, code: string): ResponseBody {
  if (name.code?.digits !== code) return errorResponse('wrongCode');
  name.approved = true;
  return okResponse;
}

const findName = (account: Account, sender: string, id: string): SenderName | undefined =>
  sender === ''
    ? [...account.senderNames.values()].find((name) => String(name.id) === id)
    : account.senderNames.get(sender);

/** `chg`, `check_code` and `del`: operations on an existing sender name. */
function changeName(
  context: RequestContext,
  account: Account,
  action: 'chg' | 'check_code' | 'del',
): ResponseBody {
  const [sender, id, code] = [valueOf(context, 'sender'), valueOf(context, 'id'), valueOf(context, 'code')];
  if ((sender === '' && id === '') || (action === 'check_code' && code === ''))
    return errorResponse('parameters');
  const name = findName(account, sender, id);
  if (!name) return errorResponse('noRecords');
  if (action === 'check_code') return checkCode(name, code);
  if (action === 'del') account.senderNames.delete(name.sender);
  else setDetails(name, context);
  return okResponse;
}

/** Finds the account whose sender names are requested: the sub-account `user`, or the account that sent the request. */
function findAccount(context: RequestContext): Account | undefined {
  const user = valueOf(context, 'user');
  return user === ''
    ? context.account
    : subAccountsOf(context.gateway.accounts, context.account).find(({ login }) => login === user);
}

/** `senders.php`: sender names. */
export const senderNames: Endpoint = {
  path: '/sys/senders.php',
  respond: (context) => {
    const action = readAction(context.parameters.values, [
      'get',
      'add',
      'chg',
      'send_code',
      'check_code',
      'del',
    ]);
    const account = findAccount(context);
    if (!action || !account) return errorResponse('parameters');
    switch (action) {
      case 'get':
        return exceedsLimit(context, 'senderLists')
          ? errorResponse('duplicate')
          : listNames(context, account);
      case 'add':
        return addName(context, account);
      case 'send_code':
        return sendCode(context, account);
      default:
        return changeName(context, account, action);
    }
  },
};
