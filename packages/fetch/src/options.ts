import { checkFunction, checkMember } from '@smsc/client';
import { type Check, checkWhole } from '@smsc/protocol';
import { originOf } from './host.ts';

/** Longest time that a timer can wait, in milliseconds; and most bytes of a reply, which nobody will miss. 0 is neither: it is not «none». */
const checkLimit: Check = /* @__PURE__ */ checkWhole(1, 2_147_483_647);

/** What a transport can be told, each with its check. */
export const transportChecks: Readonly<Record<'fetch' | 'host' | 'timeoutMs' | 'maxReplyBytes', Check>> = {
  fetch: checkFunction,
  host: (value, at) => void at.expect(originOf(value) !== undefined, value, 'a name, an https origin, or http to this machine'),
  timeoutMs: checkLimit,
  maxReplyBytes: checkLimit,
};

/** What a call can be told. An `AbortController` is no signal, and `fetch` would say so after the fact. */
export const callChecks: Readonly<Record<'signal', Check>> = {
  signal: /* @__PURE__ */ checkMember('aborted', 'boolean', 'an AbortSignal'),
};
