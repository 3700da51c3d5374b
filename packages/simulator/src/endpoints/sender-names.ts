import type { Account } from '../state/account.ts';
import { keepMessage } from '../state/account.ts';
import { subAccountsOf } from '../state/accounts.ts';
import { actionOf } from '../params/action.ts';
import type { Answer } from '../wire/answer.ts';
import { type RequestContext, isTooOften, valueOf } from '../state/request-context.ts';
import { writeDate } from '../wire/dates.ts';
import { readDay } from './period.ts';
import { readPhone } from '../params/recipients.ts';
import { refuse } from '../wire/refusal.ts';
import { created, done, listing, type Row } from '../wire/rows.ts';
import { isNumber, type SenderName } from '../state/sender-names.ts';
import { codeOf } from '../pricing/speech.ts';

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

function list(call: RequestContext, account: Account): Answer {
  const get = (name: string): string => valueOf(call, name);
  const from = get('from_date') === '' ? -Infinity : readDay(get('from_date'), account.utcOffset);
  if (from === undefined || !/^\d{0,15}$/.test(get('prev_id')) || !/^\d{0,9}$/.test(get('cnt')))
    return refuse('parameters');
  const before = get('prev_id') === '' ? Infinity : Number(get('prev_id'));
  // As in the history `prev_id` pages backwards, so the newest come first: assumed.
  const found = [...account.senderNames.values()]
    .reverse()
    .filter((name) => (name.approved || get('all') === '1') && name.addedAt >= from && name.id < before);
  const page = found.slice(0, get('cnt') === '' ? undefined : Number(get('cnt')));
  return page.length > 0
    ? listing(page.map((name) => rowOf(name, account, get('operators') === '1')))
    : refuse('nothing');
}

/** Writes into a name what a request says of it. */
function describe({ details: said }: SenderName, { parameters }: RequestContext): void {
  for (const name of [...details, ...operators])
    if (parameters.values.has(name)) said.set(name, parameters.values.get(name)!);
}

function add(call: RequestContext, account: Account): Answer {
  const sender = valueOf(call, 'sender') || valueOf(call, 'mail');
  if (!isSender(sender)) return refuse('parameters');
  if (isTooOften(call, 'senderNames', '')) return refuse('duplicate');
  // A name that is there already: which error is not known, assumed.
  if (account.senderNames.has(sender)) return refuse('operation');
  const name: SenderName = {
    id: account.nextRecord++,
    sender,
    addedAt: call.instant,
    approved: !isNumber(sender),
    code: undefined,
    details: new Map(),
  };
  describe(name, call);
  account.senderNames.set(sender, name);
  return created(name.id);
}

/**
 * Sends a code to a number that is to be a sender, as a message at no cost: assumed. A number that was not added before is
 * added: assumed.
 */
function sendCode(call: RequestContext, account: Account): Answer {
  const { house, instant } = call;
  const sender = valueOf(call, 'sender');
  if (sender === '') return refuse('parameters');
  const phone = readPhone(sender);
  if (phone === undefined) return refuse('number');
  if (account.priceOf('sms', phone) === undefined) return refuse('route');
  const known = account.senderNames.get(sender);
  if (known?.code && instant - known.code.sentAt < codeAgain) return refuse('codeSent');
  const name = known ?? {
    id: account.nextRecord++,
    sender,
    addedAt: instant,
    approved: false,
    code: undefined,
    details: new Map<string, string>(),
  };
  const id = String(account.nextId++);
  const digits = codeOf(`${account.login} ${sender} ${id}`);
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
      fate: house.fateOf(phone),
      refused: false,
      serial: house.serials.message++,
      clickedAt: undefined,
    },
    house.keepMessages,
  );
  return done;
}

/** `senders.php`: sender names. */
export function senderNames(call: RequestContext): Answer {
  const action = actionOf(call.parameters.values, ['get', 'add', 'chg', 'send_code', 'check_code', 'del']);
  const user = valueOf(call, 'user');
  const account =
    user === ''
      ? call.account
      : subAccountsOf(call.house.accounts, call.account).find(({ login }) => login === user);
  if (!action || !account) return refuse('parameters');
  if (action === 'get') return isTooOften(call, 'senderLists') ? refuse('duplicate') : list(call, account);
  if (action === 'add') return add(call, account);
  if (action === 'send_code') return sendCode(call, account);
  const [sender, id, code] = [valueOf(call, 'sender'), valueOf(call, 'id'), valueOf(call, 'code')];
  if ((sender === '' && id === '') || (action === 'check_code' && code === '')) return refuse('parameters');
  const name = findName(account, sender, id);
  if (!name) return refuse('nothing');
  switch (action) {
    case 'chg':
      describe(name, call);
      return done;
    case 'del':
      account.senderNames.delete(name.sender);
      return done;
    case 'check_code':
      if (name.code?.digits !== code) return refuse('code');
      name.approved = true;
      return done;
  }
}
