import { type Check, checkWhole } from '@smsc/protocol/adapter';

/** Default time for which an entry is kept after its outcome is certain, in milliseconds: 30 days. */
export const defaultKeepMs = 2_592_000_000;

/** Checks the time for which entries are kept: up to ten years, in milliseconds. */
export const checkKeepMs: Check = /* @__PURE__ */ checkWhole(0, 315_360_000_000);
