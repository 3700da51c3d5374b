/**
 * Building blocks for authors of transports, clients and relays: validation of options and inputs, safe access to
 * members, and the rule for retries. Applications do not need this entry point.
 */
export { checkCredentials } from './exchange/credentials.ts';
export { canRepeat } from './exchange/can-repeat.ts';
export {
  type Check,
  checkEach,
  copyOwn,
  type Field,
  getOwn,
  isObject,
  isPlain,
  type IssueContext,
  ownOperation,
  type UnknownRecord,
} from './core/field.ts';
export { readOptions } from './core/options.ts';
export { checkChoice } from './params/choice.ts';
export { checkWhole } from './params/number.ts';
