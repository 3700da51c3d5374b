import type { IssueContext } from '../core/issues.ts';
import type { UnknownRecord } from '../core/own-members.ts';

/** Who asks: a login with its password, or an API key, which needs neither. */
export type Credentials =
  | {
      /** The account's, or that of a sub-account. */
      readonly login: string;
      /** Its password; or the lower-case MD5 of it, says the vendor's own library. */
      readonly password: string;
      readonly apiKey?: undefined;
    }
  | {
      /** A key of the account's, in place of login and password. */
      readonly apiKey: string;
      readonly login?: undefined;
      readonly password?: undefined;
    };

/** The parameters that credentials become. */
export const credentialParams: readonly string[] = ['login', 'psw', 'apikey'];

/** Complains of what is no secret that can travel, and says nothing of it but its length: not even which character is none. */
const checkSecret = (value: unknown, at: IssueContext, name: string): void => {
  const valid = typeof value === 'string' && /^[^\0\r\n]{1,2000}$/.test(value) && at.canEncode(value);
  if (valid) return;
  const charset = at.charset ? ` of ${at.charset.name}` : '';
  at.inside(name).expect(false, value, `1 to 2000 characters${charset} in one line`);
};

/** Complains of credentials that cannot be any. What they are is never part of a complaint. */
export function checkCredentials({ login, password, apiKey }: UnknownRecord, at: IssueContext): void {
  const byLogin = login !== undefined || password !== undefined;
  if (byLogin === (apiKey !== undefined))
    return at.addIssue('expected either { apiKey } or { login, password }');
  if (!byLogin) return checkSecret(apiKey, at, 'apiKey');
  checkSecret(login, at, 'login');
  checkSecret(password, at, 'password');
}

/** Credentials as parameters. They are in the body and only there, so that no URL and no log line ever holds them. */
export const credentialsToParams = ({ login, password, apiKey }: Credentials): Record<string, string> =>
  apiKey ? { apikey: apiKey } : { login: login!, psw: password! };
