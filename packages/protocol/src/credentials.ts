import type { Charset } from './charsets/charset.ts';
import type { Issue } from './errors.ts';
import { complain, isObject, typeName, unknownMembers } from './fields.ts';
import { checkLine } from './format/text.ts';
import type { Params } from './wire.ts';

/**
 * Who asks: a login with its password (or the lower-case MD5 of it, says the vendor's own library), or an API key, which
 * needs neither.
 */
export type Credentials =
  | { readonly login: string; readonly password: string; readonly apiKey?: undefined }
  | { readonly apiKey: string; readonly login?: undefined; readonly password?: undefined };

const wire: Readonly<Record<string, string>> = { login: 'login', password: 'psw', apiKey: 'apikey' };

/** The parameters that credentials become. */
export const credentialParams: readonly string[] = Object.values(wire);

/** Complains of credentials that cannot be any. What they are is never part of a complaint. */
export function checkCredentials(value: unknown, charset: Charset): readonly Issue[] {
  if (!isObject(value)) return complain('credentials', `is ${typeName(value)}; expected { login, password } or { apiKey }`);
  const given = Object.keys(wire).filter((name) => value[name] !== undefined);
  const complete = given.join() === 'apiKey' || given.join() === 'login,password';
  return [
    ...unknownMembers(value, Object.keys(wire), 'credentials'),
    ...(complete ? [] : complain('credentials', `expected { login, password } or { apiKey }, got ${given.length ? given.join(', ') : 'neither'}`)),
    ...given.flatMap((name) => checkLine(value[name], `credentials.${name}`, charset)),
  ];
}

/** Credentials as parameters. They are in the body and only there, so that no URL and no log line ever holds them. */
export const credentialsToParams = (credentials: Credentials): Params =>
  credentials.apiKey === undefined ? { login: credentials.login, psw: credentials.password } : { apikey: credentials.apiKey };
