import { type Check, checkChoice, checkEach, checkWhole } from '@smsc/protocol';
import type { ClientOptions } from './client.ts';
import { attemptChecks, checkHost, checkLimit } from './transport-options.ts';
import { checkFunction, checkMember } from './checks.ts';

/** The options that every ready client hands on to `createClient`, each with its check. */
export const readyChecks: Readonly<Record<Exclude<keyof ClientOptions, 'transport' | 'credentials' | 'hosts'>, Check>> = {
  format: /* @__PURE__ */ checkMember('read', 'function', 'a format such as csv'),
  charset: /* @__PURE__ */ checkMember('percent', 'function', 'a charset such as koi8r'),
  body: /* @__PURE__ */ checkChoice(['form', 'json']),
  createId: checkFunction,
  retries: /* @__PURE__ */ checkWhole(0, 10),
  callTimeoutMs: checkLimit,
  maxInFlight: /* @__PURE__ */ checkWhole(1, 14),
  breaker: /* @__PURE__ */ checkChoice([true, false]),
  interceptors: (value, at) => void at.expect(Array.isArray(value) && value.every((each) => typeof each === 'object' && each !== null), value, 'a list of interceptors'),
  journal: /* @__PURE__ */ checkMember('plan', 'function', 'a journal'),
  spacing: /* @__PURE__ */ checkMember('take', 'function', 'a spacing'),
  clock: /* @__PURE__ */ checkMember('after', 'function', 'a clock'),
  random: checkFunction,
};

/** All options of a client but those that it needs, each with its check. */
export const clientChecks: Readonly<Record<string, Check>> = { hosts: (value, at) => checkEach(value, at, checkHost), ...readyChecks };

/** What a call can be told. */
export const callChecks: Readonly<Record<'signal' | 'timeoutMs' | 'onProgress', Check>> = { signal: attemptChecks.signal, timeoutMs: checkLimit, onProgress: attemptChecks.onProgress };

