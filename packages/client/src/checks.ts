import { type Check, checkThat } from '@smsc/protocol/adapter';

/** Accepts anything. For values that are checked elsewhere. */
export const anything: Check = () => undefined;

/** Creates a check that requires a member of this name and type. */
export const checkMember = (name: string, type: string, expected: string): Check =>
  checkThat((value) => typeof (value as Record<string, unknown> | null)?.[name] === type, expected);

/** Requires a function. */
export const checkFunction: Check = /* @__PURE__ */ checkMember('call', 'function', 'a function');
