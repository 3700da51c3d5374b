import type { Account } from '../state/account.ts';
import { keepMessage } from '../state/account.ts';
import { subAccountsOf } from '../state/accounts.ts';
import { readAction } from '../params/action.ts';
import type { ResponseBody } from '../wire/response.ts';
import { type RequestContext, exceedsLimit, valueOf } from '../state/request-context.ts';
import { writeDate } from '../wire/dates.ts';
import { readDay } from './period.ts';
import { readPhone } from '../params/recipients.ts';
import { errorResponse } from '../wire/errors.ts';
import { createdResponse, okResponse, listResponse, type Row } from '../wire/rows.ts';
import { isNumber, type SenderName } from '../state/sender-names.ts';
import { confirmationCode } from '../pricing/speech.ts';

/** «The next code after 8 hours.» */
const codeAgain = 8 * 3_600_000;

/** What can be said of a name. Source: third party. */
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
/** Registration with operators. Source: third party. */
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

/** «11 characters or 15 digits», or an e-mail address. */
const isSender = (sender: string): boolean => /^(?:[ -~]{1,11}|\+?\d{1,15}|[^\s@]+@[^\s@]+)$/.test(sender);

const findName = (account: Account, sender: string, id: string): SenderName | undefined =>
  sender === ''
    ? [...account.senderNames.values()].find((name) => String(name.id) === id)
    : account.senderNames.get(sender);

/** Only `sender` is known of the members; `id`, `comment`, `date` and `status` are assumed, and so are the states at operators. */
const rowOf = (
  { id, sender, approved, addedAt, details: said }: SenderName,
  account: Account,
  withOperators: boolean,
): Row => [
  ['id', id],
  ['sender', sender],
  ['comment', said.get('cmt') ?? ''],
  ['date', writeDate(addedAt, account.utcOffset)],
  ['status', approved ? 1 : 0],
  ...(withOperators
    ? operators.filter((operator) => said.get(operator) === '1').map((operator) => [operator, 1] as const)
    : []),
];

function list(call: RequestContext, account: Account): ResponseBody {
  const get = (name: string): string => valueOf(call, name);
  const from = get('from_date') === '' ? -Infinity : readDay(get('from_date'), account.utcOffset);
  if (from === undefined || !/^\d{0,15}$/.test(get('prev_id')) || !/^\d{0,9}$/.test(get('cnt')))
    return errorResponse('parameters');
  const before = get('prev_id') === '' ? Infinity : Number(get('prev_id'));
  // As in the history `prev_id` pages backwards, so the newest come first: assumed.
  const found = [...account.senderNames.values()]
    .reverse()
    .filter((name) => (name.approved || get('all') === '1') && name.addedAt >= from && name.id < before);
  const page = found.slice(0, get('cnt') === '' ? undefined : Number(get('cnt')));
  return page.length > 0
    ? listResponse(page.map((name) => rowOf(name, account, get('operators') === '1')))
    : errorResponse('nothing');
}

/** Writes into a name what a request says of it. */
function describe({ details: said }: SenderName, { parameters }: RequestContext): void {
  for (const name of [...details, ...operators])
    if (parameters.values.has(name)) said.set(name, parameters.values.get(name)!);
}

function add(call: RequestContext, account: Account): ResponseBody {
  const sender = valueOf(call, 'sender') || valueOf(call, 'mail');
  if (!isSender(sender)) return errorResponse('parameters');
  if (exceedsLimit(call, 'senderNames', '')) return errorResponse('duplicate');
  // A name that is there already: which error is not known, assumed.
  if (account.senderNames.has(sender)) return errorResponse('operation');
  const name: SenderName = {
    id: account.nextRecordId++,
    sender,
    addedAt: call.instant,
    approved: !isNumber(sender),
    code: undefined,
    details: new Map(),
  };
  describe(name, call);
  account.senderNames.set(sender, name);
  return createdResponse(name.id);
}

/**
 * Sends a code to a number that is to be a sender, as a message at no cost: assumed. A number that was not added before is
 * added: assumed.
 */
function sendCode(call: RequestContext, account: Account): ResponseBody {
  const { gateway, instant } = call;
  const sender = valueOf(call, 'sender');
  if (sender === '') return errorResponse('parameters');
  const phone = readPhone(sender);
  if (phone === undefined) return errorResponse('number');
  if (account.priceOf('sms', phone) === undefined) return errorResponse('route');
  const known = account.senderNames.get(sender);
  if (known?.code && instant - known.code.sentAt < codeAgain) return errorResponse('codeSent');
  const name = known ?? {
    id: account.nextRecordId++,
    sender,
    addedAt: instant,
    approved: false,
    code: undefined,
    details: new Map<string, string>(),
  };
  const id = String(account.nextMessageId++);
  const digits = confirmationCode(`${account.login} ${sender} ${id}`);
  name.code = { digits, sentAt: instant };
  account.senderNames.set(sender, name);
  keepMessage(
    account,
    {
      id,
      login: account.login,
      phone,
      kind: 'sms',
      type: 0,
      sender: account.defaultSender,
      text: digits,
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
  return okResponse;
}

/** `senders.php`: sender names. */
export function senderNames(call: RequestContext): ResponseBody {
  const action = readAction(call.parameters.values, ['get', 'add', 'chg', 'send_code', 'check_code', 'del']);
  const user = valueOf(call, 'user');
  const account =
    user === ''
      ? call.account
      : subAccountsOf(call.gateway.accounts, call.account).find(({ login }) => login === user);
  if (!action || !account) return errorResponse('parameters');
  if (action === 'get')
    return exceedsLimit(call, 'senderLists') ? errorResponse('duplicate') : list(call, account);
  if (action === 'add') return add(call, account);
  if (action === 'send_code') return sendCode(call, account);
  const [sender, id, code] = [valueOf(call, 'sender'), valueOf(call, 'id'), valueOf(call, 'code')];
  if ((sender === '' && id === '') || (action === 'check_code' && code === ''))
    return errorResponse('parameters');
  const name = findName(account, sender, id);
  if (!name) return errorResponse('nothing');
  switch (action) {
    case 'chg':
      describe(name, call);
      return okResponse;
    case 'del':
      account.senderNames.delete(name.sender);
      return okResponse;
    case 'check_code':
      if (name.code?.digits !== code) return errorResponse('code');
      name.approved = true;
      return okResponse;
  }
}
