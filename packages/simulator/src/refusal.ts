import { type Answer, idValue, type Member, toJson, toXml } from './answer.ts';

/**
 * What the gateway says of each error. 1, 2, 6, 7, 8 and 9 are recorded or quoted from it; the texts of 3, 4 and 5 are
 * not known, and these are neutral.
 */
export const errorTexts = {
  parameters: 'parameters error',
  credentials: 'authorise error',
  money: 'not enough money',
  blocked: 'ip address is blocked',
  date: 'invalid date',
  deletion: 'message deletion error',
  denied: 'message is denied',
  number: 'invalid number',
  route: "can't to deliver",
  duplicate: 'duplicate request, wait a minute',
  concurrent: 'too many concurrent requests',
} as const;

/** The number of each. */
const numbers: Readonly<Record<keyof typeof errorTexts, number>> = {
  parameters: 1,
  credentials: 2,
  money: 3,
  blocked: 4,
  date: 5,
  deletion: 5,
  denied: 6,
  number: 7,
  route: 8,
  duplicate: 9,
  concurrent: 9,
};

/** A refusal. Of sending, errors 3, 6, 7 and 8 carry the id of the message. */
export function refuse(reason: keyof typeof errorTexts, id?: string): Answer {
  const error = numbers[reason];
  const text = errorTexts[reason];
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
