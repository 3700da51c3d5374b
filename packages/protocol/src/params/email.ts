import type { IssueContext } from '../core/issues.ts';

/**
 * Whether this is one e-mail address that the request's charset has, and that none of the gateway's separators can break.
 * Not a check that it exists.
 */
export const isEmail = (value: unknown, at: IssueContext): value is string =>
  typeof value === 'string' &&
  /^[^\s,;:|@"<>()\\]{1,64}@[^\s,;:|@"<>()\\.]+(?:\.[^\s,;:|@"<>()\\.]+)+$/.test(value) &&
  at.canEncode(value);
