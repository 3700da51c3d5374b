import type { Check, Loose, Place } from './fields.ts';

/**
 * Who asks: a login with its password (or the lower-case MD5 of it, says the vendor's own library), or an API key, which
 * needs neither.
 */
export type Credentials =
  | { readonly login: string; readonly password: string; readonly apiKey?: undefined }
  | { readonly apiKey: string; readonly login?: undefined; readonly password?: undefined };

/** The parameters that credentials become. */
export const credentialParams: readonly string[] = ['login', 'psw', 'apikey'];

/** Complains of what is no secret that can travel, and says nothing of it but its length: not even which character is none. */
const checkSecret: Check = (value, at) => {
  const fits = typeof value === 'string' && /^[^\0\r\n]{1,2000}$/.test(value) && at.charset.misfits(value).length === 0;
  at.expect(fits, value, `1 to 2000 characters of ${at.charset.name} in one line`);
};

/** Complains of credentials that cannot be any. What they are is never part of a complaint. */
export function checkCredentials({ login, password, apiKey }: Loose, at: Place): void {
  const named = { login, password, apiKey };
  const given = Object.keys(named).filter((name) => named[name as keyof typeof named] !== undefined);
  if (given.length === 0 || (apiKey !== undefined && given.length > 1)) at.complain('expected either { apiKey } or { login, password }');
  else for (const name of apiKey === undefined ? (['login', 'password'] as const) : (['apiKey'] as const)) checkSecret(named[name], at.inside(name));
}

/** Credentials as parameters. They are in the body and only there, so that no URL and no log line ever holds them. */
export const credentialsToParams = ({ login, password, apiKey }: Credentials): Record<string, string> =>
  apiKey === undefined ? { login, psw: password } : { apikey: apiKey };
