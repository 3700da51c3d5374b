import type { IssueContext } from '../core/issues.ts';

/**
 * Returns true for one e-mail address that the request's charset can encode and that contains none of the gateway's
 * separators. Does not check that the address exists.
 */
export const isEmail = (value: unknown, at: IssueContext): value is string =>
  typeof value === 'string' &&
  /^[^\s,;:|@"<>()\\]{1,64}@[^\s,;:|@"<>()\\.]+(?:\.[^\s,;:|@"<>()\\.]+)+$/.test(value) &&
  at.canEncode(value);
