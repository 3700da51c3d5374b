import { type ResponseBody, idValue, type Member, toJson, toXml } from './response.ts';

/**
 * Every reason with its number and its text. The texts of 1, 2, 6, 7, 8 and 9 and of an operator that is not found are
 * recorded or quoted from the gateway; all others are not known, and these are neutral. Which endpoint answers which
 * number is documented or, for templates, statuses, `get.php`, `receive_phones.php` and `wait_call.php`, third party.
 */
const reasons = {
  parameters: [1, 'parameters error'],
  credentials: [2, 'authorise error'],
  money: [3, 'not enough money'],
  /** Lists, and records that are not there. */
  nothing: [3, 'no records'],
  operator: [3, 'operator not found'],
  link: [3, 'link not found'],
  /** Of mailings. */
  record: [3, 'record save error'],
  blocked: [4, 'ip address is blocked'],
  date: [5, 'invalid date'],
  deletion: [5, 'message deletion error'],
  operation: [5, 'operation error'],
  denied: [6, 'message is denied'],
  subAccount: [6, 'subclient does not exist'],
  calls: [6, 'too many calls'],
  number: [7, 'invalid number'],
  shared: [7, 'balance is shared'],
  route: [8, "can't to deliver"],
  unsaved: [8, 'save error'],
  duplicate: [9, 'duplicate request, wait a minute'],
  concurrent: [9, 'too many concurrent requests'],
  codeSent: [10, 'code is already sent'],
  funds: [10, 'not enough money'],
  code: [11, 'wrong code'],
} as const;

/** A refusal. Of sending, errors 3, 6, 7 and 8 carry the id of the message. */
export function errorResponse(reason: keyof typeof reasons, id?: string): ResponseBody {
  const [error, text] = reasons[reason];
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
