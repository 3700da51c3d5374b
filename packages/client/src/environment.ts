import { getOwn, type IssueContext, type UnknownRecord } from '@smsc/protocol/adapter';

/** Reads a variable of the environment. Returns `undefined` if it is missing or empty, or where there is no environment, as in workers. */
function readVariable(name: string): string | undefined {
  const process = Object(getOwn(globalThis as unknown as UnknownRecord, 'process')) as UnknownRecord;
  // An `env` that a plain object has too comes from a polluted prototype.
  const env = process['env'] === ({} as UnknownRecord)['env'] ? {} : (process['env'] as UnknownRecord);
  return (getOwn(env, name) as string) || undefined;
}

/**
 * Reads credentials from SMSC_API_KEY, or from SMSC_LOGIN and SMSC_PASSWORD. Adds an issue and returns `undefined` if none of
 * them is set. In Deno, a denied permission counts as no environment.
 */
export function credentialsFromEnvironment(at: IssueContext): UnknownRecord | undefined {
  try {
    const apiKey = readVariable('SMSC_API_KEY');
    if (apiKey) return { apiKey };
    const login = readVariable('SMSC_LOGIN');
    const password = readVariable('SMSC_PASSWORD');
    if (login || password) return { login, password };
  } catch {
    // Deno throws if the permission is denied.
  }
  at.addIssue(
    'expected either { apiKey } or { login, password }, or in the environment SMSC_API_KEY, or SMSC_LOGIN and SMSC_PASSWORD',
  );
  return undefined;
}
