import { openAccount } from '../state/account.ts';
import type { Account } from '../state/account.ts';
import { subAccountsOf } from '../state/accounts.ts';
import { actionOf } from '../params/action.ts';
import type { Answer } from '../wire/answer.ts';
import { type RequestContext, isTooOften, valueOf } from '../state/request-context.ts';
import { affords, book } from '../state/ledger.ts';
import { readAmount, writeAmount } from '../pricing/money.ts';
import { readPeriod } from './period.ts';
import { refuse } from '../wire/refusal.ts';
import { created, done, listing, type Row, single } from '../wire/rows.ts';
import { statisticsRow, turnoverOf } from './statistics.ts';
import { applySettings, readSettings } from './sub-account-settings.ts';

/** Types of sub-accounts by what they share with the main account. Source: third party. */
const sharesBalance = (type: string): boolean => type === '2' || type === '3';
const sharesTariff = (type: string): boolean => type === '1' || type === '2';
/** One login more to the main account. */
const isLogin = (type: string): boolean => type === '4';

const typeOf = ({ settings }: Account): string => settings.get('type') ?? '';

/** What logins look like: assumed. */
const loginForm = /^[\w.@-]{1,50}$/;

function add(call: RequestContext, settings: ReadonlyMap<string, string>): Answer {
  const { account, house } = call;
  const [login, password, type] = [
    valueOf(call, 'user'),
    valueOf(call, 'password'),
    settings.get('type') ?? '',
  ];
  if (!loginForm.test(login) || password === '') return refuse('parameters');
  if (isTooOften(call, 'subAccounts', '')) return refuse('duplicate');
  // A login that is taken: which error is not known, assumed.
  if (house.accounts.byLogin.has(login)) return refuse('unsaved');
  const userId = house.serials.user++;
  if (isLogin(type)) {
    house.accounts.admit(login, password, account);
    return created(userId);
  }
  const opened = openAccount(
    {
      login,
      balance: '0',
      currency: account.currency,
      utcOffset: account.utcOffset,
      defaultSender: account.defaultSender,
      stopWords: account.stopWords,
    },
    {
      limits: house.limits,
      priceOf: sharesTariff(type) ? account.priceOf : house.tariffOf(settings.get('tariff') ?? ''),
      groups: undefined,
      parent: account,
      userId,
      ...(sharesBalance(type) ? { purse: account.purse } : {}),
    },
  );
  applySettings(opened, settings);
  house.accounts.admit(login, password, opened);
  return created(userId);
}

function change(call: RequestContext, sub: Account, settings: ReadonlyMap<string, string>): Answer {
  const { accounts } = call.house;
  const [newLogin, password, current] = [
    valueOf(call, 'new_login'),
    valueOf(call, 'password'),
    valueOf(call, 'pswc'),
  ];
  const entrance = accounts.byLogin.get(sub.login)!;
  if (newLogin !== '' && !loginForm.test(newLogin)) return refuse('parameters');
  // What a sub-account is cannot be changed: assumed.
  if (settings.has('type') && settings.get('type') !== typeOf(sub)) return refuse('operation');
  if (current !== '' && current !== entrance.password && current !== entrance.passwordMd5)
    return refuse('operation');
  if (newLogin !== '' && newLogin !== sub.login) {
    if (accounts.byLogin.has(newLogin)) return refuse('unsaved');
    accounts.rename(sub.login, newLogin);
    sub.login = newLogin;
  }
  if (password !== '') accounts.admit(sub.login, password, sub);
  applySettings(sub, settings);
  return done;
}

/** Moves money from the main account to a sub-account, or back. One unit of a currency is one of another: assumed. */
function pay({ account, instant }: RequestContext, sub: Account, sum: bigint): Answer {
  if (sub.purse === account.purse) return refuse('shared');
  const [from, to, amount] = sum < 0n ? [sub, account, -sum] : [account, sub, sum];
  if (account.settings.get('fl[28]') === '1') return refuse('operation');
  if (!affords(from.purse, amount)) return refuse('funds');
  book(from, instant, { spent: amount });
  book(to, instant, { received: amount });
  // How the answer looks is not known: assumed.
  return single([['balance', writeAmount(sub.purse.balance)]]);
}

const two = (part: number): string => String(part).padStart(2, '0');
const writeDay = (day: number): string => {
  const date = new Date(day * 86_400_000);
  return `${two(date.getUTCDate())}.${two(date.getUTCMonth() + 1)}.${date.getUTCFullYear()}`;
};

/** What sub-accounts have spent and got; in detail a row for each day, which is assumed. */
function statistics(call: RequestContext, subs: readonly Account[], inDetail: boolean): Answer {
  const period = readPeriod(call);
  if (!period) return refuse('parameters');
  // There is no second balance here.
  if (valueOf(call, 'balance2') === '1') return refuse('nothing');
  const rows = subs.flatMap((sub): readonly Row[] => {
    const days = turnoverOf(sub, period);
    if (days.length === 0) return [];
    return inDetail
      ? days.map((turnover) => [...statisticsRow(sub, [turnover]), ['date', writeDay(turnover.day)] as const])
      : [statisticsRow(sub, days)];
  });
  return rows.length > 0 ? listing(rows) : refuse('nothing');
}

/** `users.php`: sub-accounts. */
export function subAccounts(call: RequestContext): Answer {
  const { account, house } = call;
  const action = actionOf(call.parameters.values, ['add', 'chg', 'pay', 'get_stat', 'get_stat_all']);
  const settings = readSettings(call.parameters.values);
  if (!action || !settings) return refuse('parameters');
  if (action === 'add') return add(call, settings);

  const subs = subAccountsOf(house.accounts, account);
  const [user, userId] = [valueOf(call, 'user'), valueOf(call, 'user_id')];
  const sub = subs.find((each) => (user === '' ? String(each.userId) === userId : each.login === user));
  if (action === 'chg' || action === 'pay') {
    const sum = valueOf(call, 'sum');
    if (user === '' || (action === 'pay' && !/^-?\d{1,12}(?:\.\d{1,6})?$/.test(sum)))
      return refuse('parameters');
    if (!sub) return refuse('subAccount');
    if (action === 'pay') return pay(call, sub, readAmount(sum));
    return isTooOften(call, 'subAccountChanges', user) ? refuse('duplicate') : change(call, sub, settings);
  }
  const own = valueOf(call, 'reseller') === '1';
  if (user !== '' || userId !== '') {
    if (!sub) return refuse('subAccount');
    if (own && sub.purse === account.purse) return refuse('shared');
    return statistics(call, [sub], action === 'get_stat_all');
  }
  return statistics(
    call,
    subs.filter(({ purse }) => (purse !== account.purse) === own),
    action === 'get_stat_all',
  );
}
