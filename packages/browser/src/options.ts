import type { Clock } from '@smsc/client';
import { InputError, type Issue } from '@smsc/protocol';

type Checks = Readonly<Record<string, (value: unknown) => boolean>>;

const isFunction = (value: unknown): boolean => typeof value === 'function';
const isSignal = (value: unknown): boolean =>
  typeof (value as Partial<AbortSignal> | null)?.aborted === 'boolean';
const isLimit = (value: unknown): boolean =>
  Number.isInteger(value) && (value as number) > 0 && (value as number) < 2 ** 31;

/** A path of this origin, https, or http to this machine; no user name in it, no fragment, and nothing that URLs lose: `/\t/a` is `//a`. */
const address =
  /^(?:\/(?![/\\])|https:\/\/(?![^/]*@)\w|http:\/\/(?:localhost|127(?:\.\d+){3}|\[::1\])(?::\d+)?(?:\/|$))[^#\s]*$/;

/** Of a client. */
export const checks: Checks = {
  relay: (value) => typeof value === 'string' && address.test(value),
  timeoutMs: isLimit,
  maxReplyBytes: isLimit,
  createId: isFunction,
  clock: (value) => isFunction((value as Partial<Clock> | null)?.after),
  operations: (value) =>
    Object(value) === value &&
    Object.entries(value as object).every(
      ([name, effect]) => name !== 'call' && /^(?:reads|idempotent|spends|makes)$/.test(effect as string),
    ),
};

/** Of one call. */
export const callChecks: Checks = {
  signal: isSignal,
  onProgress: isFunction,
  token: (value) => typeof value === 'string',
};

/** Of finding out. */
export const settleChecks: Checks = { signal: isSignal, patienceMs: (value) => (value as number) >= 0 };

/** Options as they were written. What something has added to `Object.prototype` is none: a relay there would be sent every text. */
export function readOptions<Options extends object>(of: string, options: Options, known: Checks): Options {
  const read = { __proto__: null, ...options } as Options;
  const issues: Issue[] = [];
  for (const [name, value] of Object.entries(read)) {
    const check = Object.hasOwn(known, name) ? known[name] : undefined;
    if (/^(?:login|password|psw|api_?key)$/i.test(name))
      issues.push({ path: name, message: 'belongs to the relay: whoever opens a page has what is in it' });
    else if (!check) issues.push({ path: '', message: `knows only ${Object.keys(known).join(', ')}` });
    else if (value !== undefined && !check(value)) issues.push({ path: name, message: 'cannot be meant' });
  }
  if (known === checks && !(read as { relay?: unknown }).relay)
    issues.push({ path: 'relay', message: 'is needed' });
  if (issues.length) throw new InputError(of, issues);
  return read;
}
