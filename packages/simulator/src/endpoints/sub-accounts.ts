import { type Account, openAccount } from '../state/account.ts';
import { subAccountsOf } from '../state/accounts.ts';
import type { Endpoint } from './endpoint.ts';
import { readAction } from '../params/action.ts';
import type { ResponseBody } from '../wire/response.ts';
import { type RequestContext, exceedsLimit, valueOf } from '../state/request-context.ts';
import { canAfford, recordTransaction } from '../state/turnover.ts';
import { parseAmount, writeAmount } from '../pricing/money.ts';
import { writeDay } from '../wire/dates.ts';
import { readPeriod } from './period.ts';
import { errorResponse } from '../wire/errors.ts';
import { createdResponse, listResponse, okResponse, recordResponse, type Row } from '../wire/rows.ts';
import { statisticsRow, turnoverIn } from './statistics.ts';
import { applySettings, readSettings } from './sub-account-settings.ts';

type Settings = ReadonlyMap<string, string>;

/** Returns true for a type of sub-account that shares the balance of the main account. Source: third party. */
const sharesBalance = (type: string): boolean => type === '2' || type === '3';
/** Returns true for a type of sub-account that shares the tariff of the main account. Source: third party. */
const sharesTariff = (type: string): boolean => type === '1' || type === '2';
/** Returns true for the type that creates no account, but only an additional login of the main account. */
const isLogin = (type: string): boolean => type === '4';

/** Valid logins. Assumption. */
const loginPattern = /^[\w.@-]{1,50}$/;

function openSubAccount(context: RequestContext, login: string, userId: number, settings: Settings): Account {
  const { account, gateway } = context;
  const type = settings.get('type') ?? '';
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
  return opened;
}

/** `add`: adds a sub-account. */
function addSubAccount(context: RequestContext, settings: Settings): ResponseBody {
  const { accounts, serials } = context.gateway;
  const [login, password] = [valueOf(context, 'user'), valueOf(context, 'password')];
  if (!loginPattern.test(login) || password === '') return errorResponse('parameters');
  if (exceedsLimit(context, 'subAccounts', '')) return errorResponse('duplicate');
  // The error for a login that already exists is an assumption.
  if (accounts.byLogin.has(login)) return errorResponse('subAccountNotSaved');
  const userId = serials.user++;
  const account = isLogin(settings.get('type') ?? '')
    ? context.account
    : openSubAccount(context, login, userId, settings);
  accounts.addLogin(login, password, account);
  return createdResponse(userId);
}

/** `chg`: changes login, password and settings of a sub-account. */
function changeSubAccount(context: RequestContext, sub: Account, settings: Settings): ResponseBody {
  const { accounts } = context.gateway;
  const [newLogin, password, currentPassword] = [
    valueOf(context, 'new_login'),
    valueOf(context, 'password'),
    valueOf(context, 'pswc'),
  ];
  if (exceedsLimit(context, 'subAccountChanges', sub.login)) return errorResponse('duplicate');
  const login = accounts.byLogin.get(sub.login)!;
  if (newLogin !== '' && !loginPattern.test(newLogin)) return errorResponse('parameters');
  // Assumption: the type of a sub-account cannot be changed.
  if (settings.has('type') && settings.get('type') !== (sub.settings.get('type') ?? ''))
    return errorResponse('operation');
  if (currentPassword !== '' && currentPassword !== login.password && currentPassword !== login.passwordMd5)
    return errorResponse('operation');
  if (newLogin !== '' && newLogin !== sub.login) {
    if (accounts.byLogin.has(newLogin)) return errorResponse('subAccountNotSaved');
    accounts.rename(sub.login, newLogin);
    sub.login = newLogin;
  }
  if (password !== '') accounts.addLogin(sub.login, password, sub);
  applySettings(sub, settings);
  return okResponse;
}

/**
 * `pay`: transfers money to a sub-account, or back to the main account if the amount is negative. Assumption: amounts are
 * converted between currencies at a rate of 1.
 */
function transferMoney({ account, instant }: RequestContext, sub: Account, sum: bigint): ResponseBody {
  if (sub.wallet === account.wallet) return errorResponse('sharedBalance');
  const [from, to, amount] = sum < 0n ? [sub, account, -sum] : [account, sub, sum];
  if (account.settings.get('fl[28]') === '1') return errorResponse('operation');
  if (!canAfford(from.wallet, amount)) return errorResponse('transferExceedsBalance');
  recordTransaction(from, instant, { spent: amount });
  recordTransaction(to, instant, { received: amount });
  // Assumption: the response contains the new balance.
  return recordResponse([['balance', writeAmount(sub.wallet.balance)]]);
}

/** Finds the sub-account that a request names by `user` or `user_id`. */
function findSubAccount(context: RequestContext): Account | undefined {
  const [user, userId] = [valueOf(context, 'user'), valueOf(context, 'user_id')];
  return subAccountsOf(context.gateway.accounts, context.account).find((sub) =>
    user === '' ? String(sub.userId) === userId : sub.login === user,
  );
}

/**
 * Selects the sub-accounts of a statistics request. Returns an error response if the named sub-account does not exist, or
 * if `reseller=1` is given and the sub-account shares the balance of the main account.
 */
function selectSubAccounts(context: RequestContext): readonly Account[] | { readonly refused: ResponseBody } {
  const { account, gateway } = context;
  const withOwnBalance = valueOf(context, 'reseller') === '1';
  if (valueOf(context, 'user') === '' && valueOf(context, 'user_id') === '')
    return subAccountsOf(gateway.accounts, account).filter(
      ({ wallet }) => (wallet !== account.wallet) === withOwnBalance,
    );
  const sub = findSubAccount(context);
  if (!sub) return { refused: errorResponse('subAccountNotFound') };
  return withOwnBalance && sub.wallet === account.wallet
    ? { refused: errorResponse('sharedBalance') }
    : [sub];
}

/** `get_stat` and `get_stat_all`: lists the turnover of sub-accounts. Assumption: `get_stat_all` has a row for each day. */
function listStatistics(context: RequestContext, byDay: boolean): ResponseBody {
  const subs = selectSubAccounts(context);
  if ('refused' in subs) return subs.refused;
  const period = readPeriod(context);
  if (!period) return errorResponse('parameters');
  // The simulator has no second balance.
  if (valueOf(context, 'balance2') === '1') return errorResponse('noRecords');
  const rows = subs.flatMap((sub): readonly Row[] => {
    const days = turnoverIn(sub, period);
    if (days.length === 0) return [];
    if (!byDay) return [statisticsRow(sub, days)];
    return days.map((turnover) => [
      ...statisticsRow(sub, [turnover]),
      ['date', writeDay(turnover.day * 86_400_000, 0)] as const,
    ]);
  });
  return rows.length > 0 ? listResponse(rows) : errorResponse('noRecords');
}

/** `users.php`: sub-accounts. */
export const subAccounts: Endpoint = {
  path: '/sys/users.php',
  respond: (context) => {
    const { values } = context.parameters;
    const action = readAction(values, ['add', 'chg', 'pay', 'get_stat', 'get_stat_all']);
    const settings = readSettings(values);
    if (!action || !settings) return errorResponse('parameters');
    if (action === 'add') return addSubAccount(context, settings);
    if (action !== 'chg' && action !== 'pay') return listStatistics(context, action === 'get_stat_all');
    if (valueOf(context, 'user') === '') return errorResponse('parameters');
    const sum = parseAmount(valueOf(context, 'sum'), 12);
    if (action === 'pay' && sum === undefined) return errorResponse('parameters');
    const sub = findSubAccount(context);
    if (!sub) return errorResponse('subAccountNotFound');
    return action === 'pay' && sum !== undefined
      ? transferMoney(context, sub, sum)
      : changeSubAccount(context, sub, settings);
  },
};
