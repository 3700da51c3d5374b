/**
 * Codes of failures before the first byte of a request: the name was not found, no connection was made, or its
 * certificate was refused. They are known to be so from Node's own `fetch` (undici) and from node-fetch; every other
 * failure may have come later.
 */
const neverLeft = /^(?:ENOTFOUND|EAI_\w+|ECONNREFUSED|EHOSTUNREACH|ENETUNREACH|UND_ERR_CONNECT_TIMEOUT|UNABLE_TO_\w+|(?:\w+_)?CERT(?:_\w+)?)$/;

interface NetworkError {
  readonly code?: unknown;
  readonly syscall?: unknown;
  readonly cause?: unknown;
}

/** An error and what caused it: fetch wraps the network's own error once. */
const chain = (error: unknown): readonly NetworkError[] => {
  const outer = (error ?? {}) as NetworkError;
  return [outer, (outer.cause ?? {})];
};

/** Whether a failure of `fetch` surely came before any byte of the request had left. */
export const surelyNotSent = (error: unknown): boolean =>
  chain(error).some(({ code, syscall }) => syscall === 'connect' || neverLeft.test(String(code)));

/** The network's own code for a failure, such as `ECONNRESET`. Holds nothing of the request. */
export const codeOf = (error: unknown): string =>
  chain(error).map(({ code }) => String(code)).find((code) => /^[A-Z_\d]{3,40}$/.test(code)) ?? 'no code';
