import { getOwn, type IssueContext, type UnknownRecord } from '@smsc/protocol/adapter';

/**
 * Reads an environment variable. Returns `undefined` if it is missing or empty. Throws if the platform has no
 * environment, as in workers. Reads own members only, so that a polluted prototype cannot supply credentials.
 */
const readVariable = (name: string): string | undefined =>
  (getOwn(
    getOwn(
      getOwn(globalThis as unknown as UnknownRecord, 'process') as UnknownRecord,
      'env',
    ) as UnknownRecord,
    name,
  ) as string) || undefined;

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
    // There is no environment, or Deno denies the permission.
  }
  at.addIssue(
    'expected either { apiKey } or { login, password }, or the environment variables SMSC_API_KEY, or SMSC_LOGIN and SMSC_PASSWORD',
  );
  return undefined;
}
