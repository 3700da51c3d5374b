import { type ResponseBody, idValue, type Member, toJson, toXml } from './response.ts';

/**
 * Errors with their numbers and texts. The texts of the errors 1, 2, 6, 7, 8, 9 and of `operatorNotFound` are recorded or
 * quoted from the gateway. All other texts are made up, because the gateway's own texts are not known. The numbers are
 * documented for each endpoint; for templates, statuses, `get.php`, `receive_phones.php` and `wait_call.php` they come from
 * third parties.
 */
const errors = {
  parameters: [1, 'parameters error'],
  credentials: [2, 'authorise error'],
  insufficientFunds: [3, 'not enough money'],
  /** Empty list or missing record. */
  noRecords: [3, 'no records'],
  operatorNotFound: [3, 'operator not found'],
  linkNotFound: [3, 'link not found'],
  /** Error of `jobs.php`: a job cannot be created, found or cancelled. */
  jobNotSaved: [3, 'record save error'],
  addressBlocked: [4, 'ip address is blocked'],
  invalidDate: [5, 'invalid date'],
  deletion: [5, 'message deletion error'],
  operation: [5, 'operation error'],
  messageDenied: [6, 'message is denied'],
  subAccountNotFound: [6, 'subclient does not exist'],
  tooManyCalls: [6, 'too many calls'],
  invalidNumber: [7, 'invalid number'],
  sharedBalance: [7, 'balance is shared'],
  noRoute: [8, "can't to deliver"],
  subAccountNotSaved: [8, 'save error'],
  duplicate: [9, 'duplicate request, wait a minute'],
  tooManyConcurrent: [9, 'too many concurrent requests'],
  codeAlreadySent: [10, 'code is already sent'],
  transferExceedsBalance: [10, 'not enough money'],
  wrongCode: [11, 'wrong code'],
} as const;

/** Name of an error. */
export type ErrorName = keyof typeof errors;

/**
 * Creates an error response.
 *
 * @param id message id, which the errors 3, 6, 7 and 8 of a send contain
 */
export function errorResponse(name: ErrorName, id?: string): ResponseBody {
  const [error, text] = errors[name];
  const members: readonly Member[] = [
    ['error', text],
    ['error_code', error],
    ...(id === undefined ? [] : [['id', idValue(id)] as const]),
  ];
  return {
    error,
    write: (format) => {
      if (format === 0) return `ERROR = ${error} (${text})${id === undefined ? '' : `, ID - ${id}`}`;
      if (format === 1) return `${id ?? 0},-${error}`;
      return format === 2 ? toXml(members) : toJson(members);
    },
  };
}
