import type { Check } from '@smsc/protocol';

/** Anything: it is looked at elsewhere. */
export const anything: Check = () => undefined;

/** Complains of what cannot be called. */
export const checkFunction: Check = (value, at) => void at.expect(typeof value === 'function', value, 'a function');

/** Complains of what has no member of this name and type. */
export const checkMember =
  (name: string, type: string, expected: string): Check =>
  (value, at) =>
    void at.expect(typeof (value as Record<string, unknown> | null)?.[name] === type, value, expected);

/** The options that every ready client hands on to `createClient`, each with its check. */
export const clientChecks: Readonly<Record<'format' | 'charset' | 'body' | 'createId', Check>> = {
  format: /* @__PURE__ */ checkMember('read', 'function', 'a format such as csv'),
  charset: /* @__PURE__ */ checkMember('percent', 'function', 'a charset such as koi8r'),
  body: (value, at) => void at.expect(value === 'form' || value === 'json', value, 'form or json'),
  createId: checkFunction,
};
