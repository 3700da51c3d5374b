import { createHash } from 'node:crypto';
import type { Account } from './account.ts';

/** Login of an account. */
export interface Login {
  readonly account: Account;
  readonly password: string | undefined;
  /** MD5 of the password. Requests may send it instead of the password. Source: the official C# library. */
  readonly passwordMd5: string | undefined;
}

/** All accounts, by login and by API key. */
export interface Accounts {
  readonly byLogin: ReadonlyMap<string, Login>;
  readonly byKey: ReadonlyMap<string, Account>;
  /** Adds a login, or changes its password. */
  addLogin(login: string, password: string | undefined, account: Account): void;
  addApiKey(apiKey: string, account: Account): void;
  rename(from: string, to: string): void;
}

/** Creates an empty collection of accounts. */
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

/** Returns all accounts, each once. Several logins may belong to the same account. */
export const allAccounts = ({ byLogin }: Accounts): readonly Account[] => [
  ...new Set([...byLogin.values()].map(({ account }) => account)),
];

/** Returns the sub-accounts of an account. */
export const subAccountsOf = (accounts: Accounts, parent: Account): readonly Account[] =>
  allAccounts(accounts).filter((account) => account.parent === parent);

/**
 * Returns the account of a login.
 *
 * @throws {TypeError} for an unknown login
 */
export function accountOf({ byLogin }: Accounts, login: string): Account {
  const found = byLogin.get(login);
  if (!found)
    throw new TypeError(
      `no account has the login «${login}»; the logins are ${[...byLogin.keys()].map((known) => `«${known}»`).join(', ')}`,
    );
  return found.account;
}

/** Returns true if the settings of a sub-account lock it. Assumption: requests then get error 2. */
const isLocked = ({ settings }: Account): boolean => settings.get('fl2[10]') === '1';

/**
 * Finds the account of a request by its credentials. Returns the name of an error if the credentials are missing (error 1:
 * the gateway's page calls them mandatory) or wrong (error 2). Assumption: a login that is sent with an API key must belong
 * to the same account.
 */
export function authenticate(
  values: ReadonlyMap<string, string>,
  accounts: Accounts,
): Account | 'parameters' | 'credentials' {
  const login = values.get('login') ?? '';
  const password = values.get('psw') ?? '';
  const apiKey = values.get('apikey') ?? '';
  if (apiKey !== '') {
    const account = accounts.byKey.get(apiKey);
    return account && (login === '' || login === account.login) ? account : 'credentials';
  }
  if (login === '' || password === '') return 'parameters';
  const found = accounts.byLogin.get(login);
  if (!found || found.password === undefined || isLocked(found.account)) return 'credentials';
  return password === found.password || password === found.passwordMd5 ? found.account : 'credentials';
}
