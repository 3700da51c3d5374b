import type { Charset } from '../charsets/charset.ts';
import { IssueContext } from '../core/issues.ts';
import type { UnknownRecord } from '../core/own-members.ts';

/** Credentials of an account: a login with its password, or an API key alone. */
export type Credentials =
  | {
      /** Login of the account or of a sub-account. */
      readonly login: string;
      /** Password, or its MD5 hash as lower-case hexadecimal digits (source: the vendor's own library). */
      readonly password: string;
      readonly apiKey?: undefined;
    }
  | {
      /** API key of the account. Replaces login and password. */
      readonly apiKey: string;
      readonly login?: undefined;
      readonly password?: undefined;
    };

/** Names of the parameters that contain the credentials. */
export const credentialParams: readonly string[] = ['login', 'psw', 'apikey'];

/** Checks a login, a password or an API key. An issue shows only the length of the value. */
const checkSecret = (value: unknown, at: IssueContext, name: string): void => {
  const valid = typeof value === 'string' && /^[^\0\r\n]{1,2000}$/.test(value) && at.canEncode(value);
  if (valid) return;
  const charset = at.charset ? `${at.charset.name} ` : '';
  at.inside(name).expect(false, value, `text of 1 to 2000 ${charset}characters in one line`);
};

/**
 * Checks credentials. Their values never appear in an issue.
 *
 * @param charset charset of the requests; default: the charset of `at`
 */
export function checkCredentials(
  { login, password, apiKey }: UnknownRecord,
  at: IssueContext,
  charset?: unknown,
): void {
  const byLogin = login !== undefined || password !== undefined;
  if (byLogin === (apiKey !== undefined))
    return at.addIssue('expected either { apiKey } or { login, password }');
  const context = charset ? new IssueContext(charset as Charset, at.path, at.issues) : at;
  if (!byLogin) return checkSecret(apiKey, context, 'apiKey');
  checkSecret(login, context, 'login');
  checkSecret(password, context, 'password');
}

/**
 * Returns credentials as parameters. The parameters are sent only in the body, so that no URL and no log of URLs
 * contains them.
 */
export const credentialsToParams = ({ login, password, apiKey }: Credentials): Record<string, string> =>
  apiKey ? { apikey: apiKey } : { login: login!, psw: password! };
