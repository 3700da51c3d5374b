import { type Account, openAccount } from './account.ts';
import type { Limits } from './limits.ts';
import type { AccountOptions } from './options.ts';

/** All accounts, by what a request names them with. */
export interface Accounts {
  readonly byLogin: ReadonlyMap<string, Account>;
  readonly byKey: ReadonlyMap<string, Account>;
}

/** Opens accounts. Throws a `TypeError` when a request could mean two of them, or one can never be meant. */
export function openAccounts(options: readonly AccountOptions[], limits: Limits): Accounts {
  const byLogin = new Map<string, Account>();
  const byKey = new Map<string, Account>();
  for (const each of options) {
    const account = openAccount(each, limits);
    if (byLogin.has(account.login)) throw new TypeError(`two accounts have the login «${account.login}»`);
    byLogin.set(account.login, account);
    if (account.apiKey === undefined) continue;
    if (byKey.has(account.apiKey)) throw new TypeError(`the account «${account.login}» has the API key of another`);
    byKey.set(account.apiKey, account);
  }
  return { byLogin, byKey };
}

/**
 * Who asks, or the number of the error: 1 when credentials are missing (the gateway's page calls them mandatory), 2 when
 * they are wrong. A login beside an API key has to be that key's: assumed.
 */
export function authenticate(values: ReadonlyMap<string, string>, accounts: Accounts): Account | 1 | 2 {
  const login = values.get('login') ?? '';
  const password = values.get('psw') ?? '';
  const apiKey = values.get('apikey') ?? '';
  if (apiKey !== '') {
    const account = accounts.byKey.get(apiKey);
    return account && (login === '' || login === account.login) ? account : 2;
  }
  if (login === '' || password === '') return 1;
  const account = accounts.byLogin.get(login);
  if (!account || account.password === undefined) return 2;
  return password === account.password || password === account.passwordMd5 ? account : 2;
}
