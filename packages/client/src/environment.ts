import type { Credentials } from '@smsc/protocol';
import type { IssueContext } from '@smsc/protocol/adapter';

/** Returns the environment variables of the process, or `undefined` where there is no environment: in workers, for example. */
function environment(): object | undefined {
  // Only an own property: a polluted prototype is no environment.
  if (!Object.hasOwn(globalThis, 'process')) return undefined;
  const { env } = Object(Reflect.get(globalThis, 'process')) as { readonly env?: object };
  return env === Reflect.get({}, 'env') ? undefined : env;
}

/** Reads a variable. An empty one counts as missing. */
const read = (env: object, name: string): string | undefined =>
  (Object.hasOwn(env, name) && (Reflect.get(env, name) as string)) || undefined;

/**
 * Reads credentials from SMSC_API_KEY, or from SMSC_LOGIN and SMSC_PASSWORD. Adds an issue and returns `undefined` if they
 * are not there. In Deno, a denied permission counts as no environment.
 */
export function credentialsFromEnvironment(at: IssueContext): Partial<Credentials> | undefined {
  const none = 'expected { apiKey } or { login, password }';
  const names = 'SMSC_API_KEY, or SMSC_LOGIN and SMSC_PASSWORD';
  try {
    const env = environment();
    if (env) {
      const apiKey = read(env, 'SMSC_API_KEY');
      if (apiKey) return { apiKey };
      const login = read(env, 'SMSC_LOGIN');
      const password = read(env, 'SMSC_PASSWORD');
      if (login && password) return { login, password };
      const missing = login || password ? `only SMSC_${login ? 'LOGIN' : 'PASSWORD'}` : 'none of them';
      at.addIssue(`${none}, or ${names} in the environment, which has ${missing}`);
      return undefined;
    }
  } catch {
    // Deno throws if the permission is denied.
  }
  at.addIssue(`${none}; there is no environment to read ${names} from`);
  return undefined;
}
