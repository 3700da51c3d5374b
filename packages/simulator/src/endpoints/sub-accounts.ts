import { openAccount } from '../state/account.ts';
import type { Account } from '../state/account.ts';
import { subAccountsOf } from '../state/accounts.ts';
import { readAction } from '../params/action.ts';
import type { ResponseBody } from '../wire/response.ts';
import { type RequestContext, exceedsLimit, valueOf } from '../state/request-context.ts';
import { canAfford, recordTransaction } from '../state/turnover.ts';
import { readAmount, writeAmount } from '../pricing/money.ts';
import { readPeriod } from './period.ts';
import { errorResponse } from '../wire/errors.ts';
import { createdResponse, okResponse, listResponse, type Row, recordResponse } from '../wire/rows.ts';
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

function add(call: RequestContext, settings: ReadonlyMap<string, string>): ResponseBody {
  const { account, gateway } = call;
  const [login, password, type] = [
    valueOf(call, 'user'),
    valueOf(call, 'password'),
    settings.get('type') ?? '',
  ];
  if (!loginForm.test(login) || password === '') return errorResponse('parameters');
  if (exceedsLimit(call, 'subAccounts', '')) return errorResponse('duplicate');
  // A login that is taken: which error is not known, assumed.
  if (gateway.accounts.byLogin.has(login)) return errorResponse('unsaved');
  const userId = gateway.serials.user++;
  if (isLogin(type)) {
    gateway.accounts.addLogin(login, password, account);
    return createdResponse(userId);
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
      limits: gateway.limits,
      priceOf: sharesTariff(type) ? account.priceOf : gateway.tariffOf(settings.get('tariff') ?? ''),
      groups: undefined,
      parent: account,
      userId,
      ...(sharesBalance(type) ? { wallet: account.wallet } : {}),
    },
  );
  applySettings(opened, settings);
  gateway.accounts.addLogin(login, password, opened);
  return createdResponse(userId);
}

function change(call: RequestContext, sub: Account, settings: ReadonlyMap<string, string>): ResponseBody {
  const { accounts } = call.gateway;
  const [newLogin, password, current] = [
    valueOf(call, 'new_login'),
    valueOf(call, 'password'),
    valueOf(call, 'pswc'),
  ];
  const entrance = accounts.byLogin.get(sub.login)!;
  if (newLogin !== '' && !loginForm.test(newLogin)) return errorResponse('parameters');
  // What a sub-account is cannot be changed: assumed.
  if (settings.has('type') && settings.get('type') !== typeOf(sub)) return errorResponse('operation');
  if (current !== '' && current !== entrance.password && current !== entrance.passwordMd5)
    return errorResponse('operation');
  if (newLogin !== '' && newLogin !== sub.login) {
    if (accounts.byLogin.has(newLogin)) return errorResponse('unsaved');
    accounts.rename(sub.login, newLogin);
    sub.login = newLogin;
  }
  if (password !== '') accounts.addLogin(sub.login, password, sub);
  applySettings(sub, settings);
  return okResponse;
}

/** Moves money from the main account to a sub-account, or back. One unit of a currency is one of another: assumed. */
function pay({ account, instant }: RequestContext, sub: Account, sum: bigint): ResponseBody {
  if (sub.wallet === account.wallet) return errorResponse('shared');
  const [from, to, amount] = sum < 0n ? [sub, account, -sum] : [account, sub, sum];
  if (account.settings.get('fl[28]') === '1') return errorResponse('operation');
  if (!canAfford(from.wallet, amount)) return errorResponse('funds');
  recordTransaction(from, instant, { spent: amount });
  recordTransaction(to, instant, { received: amount });
  // How the answer looks is not known: assumed.
  return recordResponse([['balance', writeAmount(sub.wallet.balance)]]);
}

const two = (part: number): string => String(part).padStart(2, '0');
const writeDay = (day: number): string => {
  const date = new Date(day * 86_400_000);
  return `${two(date.getUTCDate())}.${two(date.getUTCMonth() + 1)}.${date.getUTCFullYear()}`;
};

/** What sub-accounts have spent and got; in detail a row for each day, which is assumed. */
function statistics(call: RequestContext, subs: readonly Account[], inDetail: boolean): ResponseBody {
  const period = readPeriod(call);
  if (!period) return errorResponse('parameters');
  // There is no second balance here.
  if (valueOf(call, 'balance2') === '1') return errorResponse('nothing');
  const rows = subs.flatMap((sub): readonly Row[] => {
    const days = turnoverOf(sub, period);
    if (days.length === 0) return [];
    return inDetail
      ? days.map((turnover) => [...statisticsRow(sub, [turnover]), ['date', writeDay(turnover.day)] as const])
      : [statisticsRow(sub, days)];
  });
  return rows.length > 0 ? listResponse(rows) : errorResponse('nothing');
}

/** `users.php`: sub-accounts. */
export function subAccounts(call: RequestContext): ResponseBody {
  const { account, gateway } = call;
  const action = readAction(call.parameters.values, ['add', 'chg', 'pay', 'get_stat', 'get_stat_all']);
  const settings = readSettings(call.parameters.values);
  if (!action || !settings) return errorResponse('parameters');
  if (action === 'add') return add(call, settings);

  const subs = subAccountsOf(gateway.accounts, account);
  const [user, userId] = [valueOf(call, 'user'), valueOf(call, 'user_id')];
  const sub = subs.find((each) => (user === '' ? String(each.userId) === userId : each.login === user));
  if (action === 'chg' || action === 'pay') {
    const sum = valueOf(call, 'sum');
    if (user === '' || (action === 'pay' && !/^-?\d{1,12}(?:\.\d{1,6})?$/.test(sum)))
      return errorResponse('parameters');
    if (!sub) return errorResponse('subAccount');
    if (action === 'pay') return pay(call, sub, readAmount(sum));
    return exceedsLimit(call, 'subAccountChanges', user)
      ? errorResponse('duplicate')
      : change(call, sub, settings);
  }
  const own = valueOf(call, 'reseller') === '1';
  if (user !== '' || userId !== '') {
    if (!sub) return errorResponse('subAccount');
    if (own && sub.wallet === account.wallet) return errorResponse('shared');
    return statistics(call, [sub], action === 'get_stat_all');
  }
  return statistics(
    call,
    subs.filter(({ wallet }) => (wallet !== account.wallet) === own),
    action === 'get_stat_all',
  );
}
