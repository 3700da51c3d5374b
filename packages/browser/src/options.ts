import type { Clock } from '@smsc/client';
import { InputError, type Issue } from '@smsc/protocol';

/** Check of one option: a function that tells if a value is valid, and a description of valid values. */
type OptionCheck = readonly [isValid: (value: unknown) => boolean, expected: string];
type OptionChecks = Readonly<Record<string, OptionCheck>>;

const isFunction = (value: unknown): boolean => typeof value === 'function';

const functionCheck: OptionCheck = [isFunction, 'a function'];
const signalCheck: OptionCheck = [
  (value) => typeof (value as Partial<AbortSignal> | null)?.aborted === 'boolean',
  'an AbortSignal',
];
const limitCheck: OptionCheck = [
  (value) => Number.isInteger(value) && (value as number) > 0 && (value as number) < 2 ** 31,
  'a whole number from 1',
];

/**
 * Matches a path on the page's origin, an https URL, or an http URL of localhost. Rejects user names, fragments, and
 * characters that URL parsers drop: a parser would read `/\t/a` as `//a`.
 */
const relayAddress =
  /^(?:\/(?![/\\])|https:\/\/(?![^/]*@)\w|http:\/\/(?:localhost|127(?:\.\d+){3}|\[::1\])(?::\d+)?(?:\/|$))[^#\s]*$/;

const isOperationList = (value: unknown): boolean =>
  Object(value) === value &&
  Object.entries(value as object).every(
    ([name, effect]) =>
      name !== 'call' && /^(?:reads|idempotent|spends(?:-without-id)?)$/.test(effect as string),
  );

/** Checks of the options of `createSmsc`. */
export const clientChecks: OptionChecks = {
  relay: [(value) => typeof value === 'string' && relayAddress.test(value), 'a path or an https URL'],
  timeoutMs: limitCheck,
  maxReplyBytes: limitCheck,
  createId: functionCheck,
  clock: [(value) => isFunction((value as Partial<Clock> | null)?.after), 'a clock'],
  operations: [isOperationList, 'an effect for each name'],
};

/** Checks of the options of one call. */
export const callChecks: OptionChecks = {
  signal: signalCheck,
  onProgress: functionCheck,
  token: [(value) => typeof value === 'string', 'text'],
};

/** Checks of the options of `settle`. */
export const settleChecks: OptionChecks = {
  signal: signalCheck,
  patienceMs: [(value) => (value as number) >= 0, 'a number from 0'],
};

/**
 * Reads the options' own members, and checks them. Ignores inherited members. Otherwise, if `Object.prototype` were polluted
 * with a `relay`, all texts would be sent to that address.
 *
 * @throws {InputError} if an option is unknown, invalid or a credential
 */
export function readOptions<Options extends object>(
  target: string,
  options: Options,
  checks: OptionChecks,
): Options {
  const read = { __proto__: null, ...options } as Options;
  const issues: Issue[] = [];
  const addIssue = (path: string, message: string): void => void issues.push({ path, message });
  for (const [name, value] of Object.entries(read)) {
    const check = Object.hasOwn(checks, name) ? checks[name] : undefined;
    if (/^(?:login|password|psw|api_?key)$/i.test(name))
      addIssue(name, 'belongs in the relay: pages cannot keep secrets');
    else if (!check) addIssue(name, `is unknown; valid names: ${Object.keys(checks).join(', ')}`);
    else if ((value !== undefined || name === 'relay') && !check[0](value))
      addIssue(name, `expected ${check[1]}`);
  }
  if (issues.length) throw new InputError(target, issues);
  return read;
}
