import type { Clock } from '@smsc/client';
import { anything, checkFunction, checkLimit, checkMember } from '@smsc/client/adapter';
import { compareAmounts, type Effect, InputError, type Issue } from '@smsc/protocol';
import {
  type Check,
  checkChoice,
  checkEach,
  checkWhole,
  isPlain,
  type UnknownRecord,
  readOptions,
} from '@smsc/protocol/adapter';
import type { Guard } from './guard.ts';
import { asksAboutMessages, effectOf } from './input.ts';
import type { Limit, VisitorLimits } from './limits.ts';
import type { RelayContext } from './context.ts';
import type { AllowedOperation, RelayClient } from './offer.ts';

/** What a relay needs, and what it can be told. */
export interface RelayOptions<Given> {
  /** Has the credentials, and runs what is let through: `createSmsc({ apiKey })` of `@smsc/fetch`. */
  readonly client: RelayClient;
  /** What pages may ask for. Everything else is refused. */
  readonly operations: Given;
  /** Origins of the pages that may ask, such as `https://shop.example`: the relay's own, since it speaks to no other. */
  readonly origins: readonly string[];
  /** By what the limits count. Default: the address, of IPv6 its network; never a header, which anyone can write. */
  readonly visitor?: ((request: Request, context: RelayContext) => string | undefined) | undefined;
  /** How often anything may be asked. Default: 30 a minute for each visitor, 600 for all. */
  readonly limits?: VisitorLimits | undefined;
  /** Decides about each call: a captcha, a session. Default: all that is listed may pass. */
  readonly guard?: Guard | undefined;
  /** Milliseconds for the guard. Default: 5000. */
  readonly guardTimeoutMs?: number | undefined;
  /** Milliseconds from the end of a request's body to the end of its call; nothing is sent later. 1000 to 45,000. Default: 30,000. */
  readonly timeoutMs?: number | undefined;
  /** Most bytes of a body. Default: 65,536; more for files, since of JSON no more is ever taken. */
  readonly maxBodyBytes?: number | undefined;
  /** Milliseconds for a body to come. Default: 10,000. */
  readonly bodyTimeoutMs?: number | undefined;
  /** Visitors that are remembered, for each limit. While all are within their time, who is new has to wait. Default: 10,000. */
  readonly maxVisitors?: number | undefined;
  /** For how long answers about sends are kept, so that the same one is made once. Default: ten minutes. */
  readonly replayMs?: number | undefined;
  /** How many of them. Default: 10,000. */
  readonly maxReplays?: number | undefined;
  /** Default: the platform's. */
  readonly clock?: Clock | undefined;
}

const week = 604_800_000;
const limitChecks = { most: checkWhole(1, 100_000), perMs: checkWhole(1, week) };

/** Own members of an object, whatever it is. */
const membersOf = (value: unknown): UnknownRecord => (isPlain(value) ? { __proto__: null, ...value } : {});

const checkOneLimit: Check = (value, at) => {
  if (value === false) return;
  if (
    !at.expect(
      isPlain(value) && Object.keys(value).sort().join() === 'most,perMs',
      value,
      '{ most, perMs } or false',
    )
  )
    return;
  for (const [name, check] of Object.entries(limitChecks))
    check((value as Partial<Limit>)[name as keyof Limit], at.inside(name));
};

const checkLimits: Check = (value, at) => {
  if (!at.expect(isPlain(value), value, '{ visitor, total }')) return;
  for (const [name, limit] of Object.entries(membersOf(value))) {
    if (name !== 'visitor' && name !== 'total') at.inside(name).addIssue('is not one of visitor, total');
    else if (limit !== undefined) checkOneLimit(limit, at.inside(name));
  }
};

const isOrigin = (value: unknown): boolean =>
  typeof value === 'string' &&
  URL.canParse(value) &&
  /^https?:/.test(value) &&
  new URL(value).origin === value;

const checkOrigins: Check = (value, at) =>
  checkEach(
    value,
    at,
    (each, inner) => void inner.expect(isOrigin(each), each, 'an origin such as https://shop.example'),
  );

const isAmount = (value: unknown): boolean => {
  try {
    return typeof value === 'string' && compareAmounts(value, '0') >= 0;
  } catch {
    return false;
  }
};

const checkNames: Check = (value, at) =>
  void at.expect(
    Array.isArray(value) && value.every((each) => typeof each === 'string'),
    value,
    'a list of names',
  );

const offerChecks: Readonly<Record<Exclude<keyof AllowedOperation, 'operation'>, Check>> = {
  members: checkNames,
  set: (value, at) => void at.expect(isPlain(value), value, 'an object'),
  anyId: checkChoice([true, false]),
  groups: checkChoice([true, false]),
  maxRecipients: checkWhole(1, 100_000),
  maxParts: checkWhole(1, 1_000_000),
  maxCost: (value, at) => void at.expect(isAmount(value), value, 'a decimal such as 2.50, as text'),
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
  replayMs: checkWhole(0, week),
  maxReplays: checkWhole(1, 1_000_000),
  clock: checkMember('after', 'function', 'a clock'),
};

/** What the messages of a list can have. */
const ofMessages: readonly string[] = ['to', 'text', 'comment', 'sender', 'utcOffset'];

/** What a page takes for granted of the four names that it knows. */
const knownEffects: Readonly<Record<string, Effect>> = {
  send: 'spends',
  cost: 'reads',
  status: 'reads',
  balance: 'reads',
};

/** Complains of an offer that its own operation does not fit. */
function* complaintsOf(
  name: string,
  { operation, members = [], set = {}, anyId, groups, maxParts, maxCost, show }: AllowedOperation,
): Iterable<Issue> {
  const say = (path: string, message: string): Issue => ({ path: `operations.${name}${path}`, message });
  const has = (field: string): boolean => Object.hasOwn(operation.fields, field);
  const known = Object.hasOwn(knownEffects, name) ? knownEffects[name] : undefined;
  if (name === 'call' || (known && known !== effectOf(operation)))
    yield say('', 'has a name that means something else to pages');
  for (const member of members as readonly string[]) {
    if (!has(member) && !(has('messages') && ofMessages.includes(member)))
      yield say('.members', `has ${member}, which is no member of ${operation.name}`);
    if (member === 'visitor') yield say('.members', 'cannot have visitor: the guard adds it');
    if (Object.hasOwn(set, member)) yield say('.members', `has ${member}, which is set`);
  }
  for (const member of Object.keys(set)) {
    if (!has(member)) yield say('.set', `has ${member}, which is no member of ${operation.name}`);
    if (member === 'id') yield say('.set', 'cannot have id: each message has its own');
  }
  if (anyId !== undefined && !asksAboutMessages(operation))
    yield say('.anyId', 'is for what asks about messages');
  // Pages find out by it what became of a message.
  if (name === 'status' && show && !(show as readonly string[]).includes('status'))
    yield say('.show', 'needs status, the number by which pages settle');
  if (operation.name === 'callWithCode' && !show)
    yield say('.show', 'is needed: the page would be told the code, which is to prove whose number it is');
  if (maxCost !== undefined && !/^send(?:List)?$/.test(operation.name))
    yield say('.maxCost', 'is for send and sendList');
  if (maxParts !== undefined && groups) yield say('.maxParts', 'cannot be known of groups');
  const mayBeCall =
    (set as UnknownRecord)['kind'] === 'voice' || (members as readonly string[]).includes('kind');
  const given = (field: string): boolean =>
    (members as readonly string[]).includes(field) || Object.hasOwn(set, field);
  if (mayBeCall && maxParts !== undefined && (given('files') || given('fileUrl')))
    yield say('.maxParts', 'cannot be known of calls that play a file: set a kind that is none');
  // What is at a page's address can be another file when the gateway fetches it the second time.
  if (mayBeCall && maxCost !== undefined && (members as readonly string[]).includes('fileUrl'))
    yield say(
      '.maxCost',
      'cannot be known of calls that play a fileUrl of the page: set a kind that is none',
    );
}

/** Options as they were written, checked. */
export function readRelayOptions<Given>(
  options: RelayOptions<Given>,
): RelayOptions<Readonly<Record<string, AllowedOperation>>> {
  const read = readOptions('createRelay', options, relayChecks, {
    client: checkMember('call', 'function', 'a client'),
    operations: anything,
    origins: checkOrigins,
  });
  const issues: Issue[] = [];
  const offers: Record<string, AllowedOperation> = { __proto__: null } as never;
  for (const [name, given] of Object.entries(membersOf(read.operations))) {
    try {
      const operation = checkMember('fields', 'object', 'an operation');
      offers[name] = readOptions('operations', given as AllowedOperation, offerChecks, { operation });
      issues.push(...complaintsOf(name, offers[name]));
    } catch (error) {
      issues.push(
        ...(error as InputError).issues.map(({ path, message }) => ({
          path: ['operations', name, ...(path === '' ? [] : [path])].join('.'),
          message,
        })),
      );
    }
  }
  if (Object.keys(offers).length === 0 && issues.length === 0)
    issues.push({ path: 'operations', message: 'needs at least one' });
  if (issues.length > 0) throw new InputError('createRelay', issues);
  return { ...read, operations: offers };
}
