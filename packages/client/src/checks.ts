import type { Check } from '@smsc/protocol/adapter';

/** Anything: it is looked at elsewhere. */
export const anything: Check = () => undefined;

/** Complains of what has no member of this name and type. */
export const checkMember =
  (name: string, type: string, expected: string): Check =>
  (value, at) =>
    void at.expect(typeof (value as Record<string, unknown> | null)?.[name] === type, value, expected);

/** Complains of what cannot be called. */
export const checkFunction: Check = /* @__PURE__ */ checkMember('call', 'function', 'a function');
