import { createHash } from 'node:crypto';
import type { Account } from './account.ts';

/** One way into an account: a login with its password. */
export interface Login {
  readonly account: Account;
  readonly password: string | undefined;
  /** MD5 of the password, which is taken in its place. Source: the official C# library. */
  readonly passwordMd5: string | undefined;
}

/** All accounts, by what a request names them with. */
export interface Accounts {
  readonly byLogin: ReadonlyMap<string, Login>;
  readonly byKey: ReadonlyMap<string, Account>;
  /** Lets a login in, or changes its password. */
  addLogin(login: string, password: string | undefined, account: Account): void;
  /** Lets an API key in. */
  addApiKey(apiKey: string, account: Account): void;
  rename(from: string, to: string): void;
}

export function createAccounts(): Accounts {
  const byLogin = new Map<string, Login>();
  const byKey = new Map<string, Account>();
  return {
    byLogin,
    byKey,
    addLogin: (login, password, account) => {
      byLogin.set(login, {
        account,
        password: password || undefined,
        passwordMd5: password ? createHash('md5').update(password, 'utf8').digest('hex') : undefined,
      });
    },
    addApiKey: (apiKey, account) => void byKey.set(apiKey, account),
    rename: (from, to) => {
      byLogin.set(to, byLogin.get(from)!);
      byLogin.delete(from);
    },
  };
}

/** Every account once: several logins may lead into one. */
export const allAccounts = ({ byLogin }: Accounts): readonly Account[] => [
  ...new Set([...byLogin.values()].map(({ account }) => account)),
];

/** Sub-accounts of an account. */
export const subAccountsOf = (accounts: Accounts, parent: Account): readonly Account[] =>
  allAccounts(accounts).filter((account) => account.parent === parent);

/** The account of a login. Throws a `TypeError` where there is none: whoever runs the gateway knows its logins. */
export function accountOf({ byLogin }: Accounts, login: string): Account {
  const entrance = byLogin.get(login);
  if (!entrance) throw new TypeError(`no account has the login «${login}»`);
  return entrance.account;
}

/** A switch of a sub-account that locks it up. That it then answers with error 2 is assumed. */
const isLocked = ({ settings }: Account): boolean => settings.get('fl2[10]') === '1';

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
  const entrance = accounts.byLogin.get(login);
  if (!entrance || entrance.password === undefined || isLocked(entrance.account)) return 2;
  return password === entrance.password || password === entrance.passwordMd5 ? entrance.account : 2;
}
