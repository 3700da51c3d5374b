import { type Clock, systemClock } from '@smsc/client';
import { anything, checkFunction, checkLimit, checkMember } from '@smsc/client/adapter';
import { compareAmounts, InputError, type Issue } from '@smsc/protocol';
import {
  type Check,
  checkEach,
  checkFlag,
  checkThat,
  checkWhole,
  isPlain,
  readOptions,
  type UnknownRecord,
} from '@smsc/protocol/adapter';
import type { AllowedOperation, RelayClient } from './allowed-operation.ts';
import { checkAllowedOperation } from './check-allowed-operation.ts';
import type { RelayContext } from './context.ts';
import type { Guard } from './guard.ts';
import { visitorOf } from './visitor-address.ts';
import type { Limit, VisitorLimits } from './visitor-limits.ts';

/** Options of `createRelay`. */
export interface RelayOptions<Given> {
  /** Client that holds the credentials and runs the allowed operations: `createSmsc({ apiKey })` of `@smsc/fetch`. */
  readonly client: RelayClient;
  /** Operations that pages may call. The relay refuses all other operations. */
  readonly operations: Given;
  /**
   * Origins of the pages that may call, such as `https://shop.example`. A page must have the same origin as the relay: the
   * relay sends no CORS headers, so browsers block calls from all other origins.
   */
  readonly origins: readonly string[];
  /**
   * Returns the name under which the limits count a visitor. Default: the IPv4 address, or the /64 network of an IPv6 address.
   * Headers are not used, because a visitor can forge them.
   */
  readonly visitor?: ((request: Request, context: RelayContext) => string | undefined) | undefined;
  /** Limits on all calls together. Default: 30 a minute for each visitor, 600 a minute for all visitors. */
  readonly limits?: VisitorLimits | undefined;
  /** Decides about each call, for example by a captcha or a session. Default: allows every listed call. */
  readonly guard?: Guard | undefined;
  /** Time limit of the guard, in ms. Default: 5000. */
  readonly guardTimeoutMs?: number | undefined;
  /**
   * Time limit of a call after its body has arrived, in ms, 1000 to 45,000. After this time, nothing is sent to the gateway.
   * Default: 30,000.
   */
  readonly timeoutMs?: number | undefined;
  /** Maximum size of a request body, in bytes. JSON is limited to 65,536 in any case; files may need more. Default: 65,536. */
  readonly maxBodyBytes?: number | undefined;
  /** Time limit for a request body to arrive, in ms. Default: 10,000. */
  readonly bodyTimeoutMs?: number | undefined;
  /**
   * Maximum number of visitors that each limit remembers. When it is reached, new visitors must wait until the period of
   * another visitor has ended. Default: 10,000.
   */
  readonly maxVisitors?: number | undefined;
  /**
   * Time for which responses to sends are kept, in ms. A repeated request within this time does not send the message again.
   * Default: 600,000 (10 minutes).
   */
  readonly replayMs?: number | undefined;
  /** Maximum number of responses that are kept. Default: 10,000. */
  readonly maxReplays?: number | undefined;
  /** Clock of the relay. Default: the clock of the platform. */
  readonly clock?: Clock | undefined;
}

/** Options of a relay with their defaults filled in. */
export type RelaySettings = RelayOptions<Readonly<Record<string, AllowedOperation>>> & {
  readonly [Name in Exclude<keyof RelayOptions<unknown>, 'guard' | 'limits'>]-?: NonNullable<
    RelayOptions<Readonly<Record<string, AllowedOperation>>>[Name]
  >;
};

const defaults = {
  visitor: (_: Request, { address }: RelayContext): string => visitorOf(address),
  guardTimeoutMs: 5000,
  timeoutMs: 30_000,
  maxBodyBytes: 65_536,
  bodyTimeoutMs: 10_000,
  maxVisitors: 10_000,
  replayMs: 600_000,
  maxReplays: 10_000,
};

const weekMs = 604_800_000;
const limitChecks = { most: checkWhole(1, 100_000), perMs: checkWhole(1, weekMs) };

/** Copies the own members of a plain object. Returns an empty object for any other value. */
const copyMembers = (value: unknown): UnknownRecord =>
  isPlain(value) ? { __proto__: null, ...value } : { __proto__: null };

const checkOneLimit: Check = (value, at) => {
  if (value === false) return;
  const hasBoth = isPlain(value) && Object.keys(value).sort().join() === 'most,perMs';
  if (!at.expect(hasBoth, value, '{ most, perMs } or false')) return;
  for (const [name, check] of Object.entries(limitChecks))
    check((value as Partial<Limit>)[name as keyof Limit], at.inside(name));
};

const checkLimits: Check = (value, at) => {
  if (!at.expect(isPlain(value), value, '{ visitor, total }')) return;
  for (const [name, limit] of Object.entries(copyMembers(value))) {
    if (name !== 'visitor' && name !== 'total')
      at.inside(name).addIssue('is unknown; valid names: visitor, total');
    else if (limit !== undefined) checkOneLimit(limit, at.inside(name));
  }
};

const isOrigin = (value: unknown): boolean =>
  typeof value === 'string' &&
  URL.canParse(value) &&
  /^https?:/.test(value) &&
  new URL(value).origin === value;

const checkOrigins: Check = (value, at) =>
  checkEach(value, at, (origin, inner) => {
    if (isOrigin(origin)) return;
    // An origin is not secret, but a URL may contain a password.
    const shown =
      typeof origin === 'string' && !origin.includes('@') ? JSON.stringify(origin) : typeof origin;
    inner.addIssue(`expected an origin such as https://shop.example, got ${shown}`);
  });

const isAmount = (value: unknown): boolean => {
  try {
    return typeof value === 'string' && compareAmounts(value, '0') >= 0;
  } catch {
    return false;
  }
};

const checkNames: Check = checkThat(
  (value) => Array.isArray(value) && value.every((name) => typeof name === 'string'),
  'a list of names',
);

const operationChecks: Readonly<Record<Exclude<keyof AllowedOperation, 'operation'>, Check>> = {
  members: checkNames,
  set: checkThat(isPlain, 'an object'),
  anyId: checkFlag,
  groups: checkFlag,
  maxRecipients: checkWhole(1, 100_000),
  maxParts: checkWhole(1, 1_000_000),
  maxCost: checkThat(isAmount, "a decimal as text, 0 or more, such as '2.50'"),
  limits: checkLimits,
  show: checkNames,
};

const relayChecks: Readonly<
  Record<Exclude<keyof RelayOptions<unknown>, 'client' | 'operations' | 'origins'>, Check>
> = {
  visitor: checkFunction,
  limits: checkLimits,
  guard: checkFunction,
  guardTimeoutMs: checkLimit,
  timeoutMs: checkWhole(1000, 45_000),
  maxBodyBytes: checkLimit,
  bodyTimeoutMs: checkLimit,
  maxVisitors: checkWhole(1, 1_000_000),
  replayMs: checkWhole(0, weekMs),
  maxReplays: checkWhole(1, 1_000_000),
  clock: checkMember('after', 'function', 'a clock'),
};

const requiredChecks = {
  client: checkMember('call', 'function', 'a client'),
  operations: anything,
  origins: checkOrigins,
};

/** Reads one entry of `operations`. Adds its issues to the list. */
function readOperation(name: string, given: unknown, issues: Issue[]): AllowedOperation | undefined {
  try {
    const operation = checkMember('fields', 'object', 'an operation');
    const allowed = readOptions('operations', given as AllowedOperation, operationChecks, { operation });
    issues.push(...checkAllowedOperation(name, allowed));
    return allowed;
  } catch (error) {
    for (const { path, message } of (error as InputError).issues)
      issues.push({ path: ['operations', name, ...(path === '' ? [] : [path])].join('.'), message });
    return undefined;
  }
}

/** Removes members that are `undefined`, so that they do not replace defaults. */
const withoutUndefined = <Options extends object>(options: Options): Options =>
  Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)) as Options;

/**
 * Checks the options of a relay, and fills in the defaults.
 *
 * @throws {InputError} if an option is missing, unknown or invalid
 */
export function readRelayOptions<Given>(options: RelayOptions<Given>): RelaySettings {
  const read = readOptions('createRelay', options, relayChecks, requiredChecks);
  const issues: Issue[] = [];
  const operations: Record<string, AllowedOperation> = { __proto__: null } as never;
  for (const [name, given] of Object.entries(copyMembers(read.operations))) {
    const allowed = readOperation(name, given, issues);
    if (allowed) operations[name] = allowed;
  }
  if (Object.keys(operations).length === 0 && issues.length === 0)
    issues.push({ path: 'operations', message: 'is empty: list at least one operation' });
  if (issues.length > 0) throw new InputError('createRelay', issues);
  return { __proto__: null, ...defaults, clock: systemClock, ...withoutUndefined(read), operations } as never;
}
