import { getOwn } from '@smsc/protocol/adapter';
import type { AttemptResult } from '../attempt-result.ts';

/** Error code for an equal request within a minute, and for too many requests at once. */
const duplicateOrTooMany = 9;

/**
 * Returns true for a rejection that does not prove that the message was rejected. This request or an earlier one may have
 * been accepted. Error 9 also means that an equal request came before. An error without an id may be the late response to
 * another request, unless the connection was opened for this request.
 */
export const isDoubtful = ({ error, reply }: AttemptResult): boolean =>
  error?.kind === 'gateway' &&
  (error.code === duplicateOrTooMany || (!error.id && getOwn(Object(reply), 'connection') !== 'new'));
