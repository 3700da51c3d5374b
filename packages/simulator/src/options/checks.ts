import {
  type Check,
  checkChoice,
  checkFlag,
  type Checks,
  checkShape,
  checkWhole,
} from '@smsc/protocol/adapter';
import { defaultLimits, type RequestLimits } from './limits.ts';
import type { AccountOptions, DeliveryDelays, GatewayOptions, ServerOptions } from './options.ts';
import type { PushOptions } from '../push/options.ts';

/** Accepts any value, for options that are checked where they are used. */
const anything: Check = () => undefined;
const checkText: Check = (value, at) => void at.expect(typeof value === 'string', value, 'text');
const checkAmount: Check = (value, at) =>
  void at.expect(typeof value === 'string', value, 'an amount as text, such as 1000.00');
const checkNumber: Check = (value, at) =>
  void at.expect(typeof value === 'number' && !Number.isNaN(value), value, 'a number');
const checkNonNegative: Check = (value, at) =>
  void at.expect(typeof value === 'number' && value >= 0, value, 'a non-negative number');
const checkList: Check = (value, at) => void at.expect(Array.isArray(value), value, 'an array');
/** Accepts a function. */
export const checkFunction: Check = (value, at) =>
  void at.expect(typeof value === 'function', value, 'a function');

/** Creates a check for an object. Refuses members that have no check. */
const checkMembers =
  (optional: Checks, required: Checks = {}): Check =>
  (value, at) =>
    checkShape(value, at, required, optional);

const limitChecks = Object.fromEntries(
  Object.keys(defaultLimits).map((name) => [name, checkNonNegative]),
) as Record<keyof RequestLimits, Check>;
const checkLimits = checkMembers(limitChecks);

const deliveryChecks: Readonly<Record<keyof DeliveryDelays, Check>> = {
  toOperatorMs: checkNonNegative,
  toHandsetMs: checkNonNegative,
};

const pushChecks: Readonly<Record<keyof PushOptions, Check>> = {
  url: checkText,
  format: checkChoice(['form', 'xml', 'json']),
  charset: anything,
  method: checkChoice(['GET', 'POST']),
  secret: checkText,
  signatures: checkList,
  statuses: checkFlag,
  incoming: checkFlag,
};

const accountChecks: Readonly<Record<keyof AccountOptions, Check>> = {
  login: checkText,
  password: checkText,
  apiKey: checkText,
  balance: checkAmount,
  credit: checkAmount,
  currency: checkText,
  allowedAddresses: checkList,
  senders: checkList,
  defaultSender: checkText,
  stopWords: checkList,
  utcOffset: checkNumber,
  testMode: checkFlag,
  push: checkMembers(pushChecks),
  downloads: checkList,
  megafonAccounts: checkList,
};
const { login, ...optionalAccountChecks } = accountChecks;
const checkAccount = checkMembers(optionalAccountChecks, { login });
const checkAccounts: Check = (value, at) =>
  Array.isArray(value)
    ? value.forEach((each, index) => checkAccount(each, at.inside(`[${index}]`)))
    : checkList(value, at);

/** Checks of the options of `createGateway`. */
export const gatewayChecks: Readonly<Record<keyof GatewayOptions, Check>> = {
  accounts: checkAccounts,
  prices: anything,
  delivery: checkMembers(deliveryChecks),
  outcomes: anything,
  tariffs: anything,
  groups: anything,
  limits: (value, at) => void (value === false || checkLimits(value, at)),
  maxBodyBytes: checkNonNegative,
  rentable: checkList,
  ported: checkList,
  deliver: checkFunction,
  pushRetriesMs: checkList,
  keepMessages: checkNonNegative,
};

/** Checks of the additional options of `startGateway`. */
export const serverChecks: Readonly<Record<Exclude<keyof ServerOptions, keyof GatewayOptions>, Check>> = {
  port: checkWhole(0, 65_535),
  host: checkText,
  now: checkFunction,
  latencyMs: checkWhole(0, 2_147_483_647),
};
