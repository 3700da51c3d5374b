/** Whether this is one e-mail address that none of the gateway's separators can break. Not a check that it exists. */
export const isEmail = (value: unknown): value is string =>
  typeof value === 'string' && /^[^\s,;:|@"<>()\\]{1,64}@[^\s,;:|@"<>()\\.]+(?:\.[^\s,;:|@"<>()\\.]+)+$/.test(value);
