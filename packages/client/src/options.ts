import { type Check, checkChoice } from '@smsc/protocol';

/** Anything: it is looked at elsewhere. */
export const anything: Check = () => undefined;

/** Complains of what has no member of this name and type. */
export const checkMember =
  (name: string, type: string, expected: string): Check =>
  (value, at) =>
    void at.expect(typeof (value as Record<string, unknown> | null)?.[name] === type, value, expected);

/** Complains of what cannot be called. */
export const checkFunction: Check = /* @__PURE__ */ checkMember('call', 'function', 'a function');

/** The options that every ready client hands on to `createClient`, each with its check. */
export const clientChecks: Readonly<Record<'format' | 'charset' | 'body' | 'createId', Check>> = {
  format: /* @__PURE__ */ checkMember('read', 'function', 'a format such as csv'),
  charset: /* @__PURE__ */ checkMember('percent', 'function', 'a charset such as koi8r'),
  body: /* @__PURE__ */ checkChoice(['form', 'json']),
  createId: checkFunction,
};
