import type { Loose, Place } from './fields.ts';
import { checkLine } from './format/text.ts';
import type { Params } from './wire.ts';

/**
 * Who asks: a login with its password (or the lower-case MD5 of it, says the vendor's own library), or an API key, which
 * needs neither.
 */
export type Credentials =
  | { readonly login: string; readonly password: string; readonly apiKey?: undefined }
  | { readonly apiKey: string; readonly login?: undefined; readonly password?: undefined };

/** The parameters that credentials become. */
export const credentialParams: readonly string[] = ['login', 'psw', 'apikey'];

/** Complains of credentials that cannot be any. What they are is never part of a complaint. */
export function checkCredentials({ login, password, apiKey }: Loose, at: Place): void {
  if (apiKey !== undefined) checkLine(apiKey, at.inside('apiKey'));
  if (apiKey === undefined || login !== undefined || password !== undefined) {
    if (apiKey !== undefined) at.complain('are { login, password } or { apiKey }');
    checkLine(login, at.inside('login'));
    checkLine(password, at.inside('password'));
  }
}

/** Credentials as parameters. They are in the body and only there, so that no URL and no log line ever holds them. */
export const credentialsToParams = ({ login, password, apiKey }: Credentials): Params =>
  apiKey === undefined ? { login, psw: password } : { apikey: apiKey };
