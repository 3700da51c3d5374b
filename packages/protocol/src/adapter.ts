/**
 * Building blocks for authors of transports, clients and relays. The functions check options and inputs, write
 * requests, read replies, and decide if a call may be retried. Applications do not need this entry point.
 *
 * @example
 * ```ts
 * import { checkWhole, readOptions } from '@smsc/protocol/adapter';
 *
 * // Rejects unknown options and a time limit outside 1 to 60,000 ms.
 * const readLimits = (options: { timeoutMs?: number }) =>
 *   readOptions('myTransport', options, { timeoutMs: checkWhole(1, 60_000, ' ms') });
 * ```
 */
export { checkCredentials, credentialParams } from './exchange/credentials.ts';
export { canRetry } from './exchange/can-retry.ts';
export { type FilePart, multipartOf } from './exchange/multipart.ts';
export { readBody, type ReadChunk } from './exchange/read-body.ts';
export { readReply } from './exchange/reply.ts';
export {
  type CheckedRequestOptions,
  optionParams,
  writeRequest,
  type WrittenRequest,
} from './exchange/request.ts';
export {
  type Check,
  type Checks,
  checkEach,
  checkFlag,
  checkOneOrEach,
  checkShape,
  checkThat,
} from './core/checks.ts';
export type { Field, RequestParts } from './core/field.ts';
export { IssueContext } from './core/issues.ts';
export { ownOperation } from './core/operation.ts';
export { readOptions } from './core/options.ts';
export { copyOwn, getOwn, isObject, isPlain, type UnknownRecord } from './core/own-members.ts';
export { checkChoice } from './params/choice.ts';
export { checkWhole } from './params/number.ts';
