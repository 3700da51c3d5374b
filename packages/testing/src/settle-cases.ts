/** The gateway's answer to every question about one recipient: the message is delivered, is not there, or no answer. */
export type RecipientAnswer = 'delivered' | 'missing' | 'none';

/** A send whose outcome is unknown, and what `settle()` must find out about it. */
export interface SettleCase {
  readonly title: string;
  /** Recipients in order, each with the answer about it. A group is not asked about. */
  readonly to: readonly (readonly [
    recipient: string | { readonly group: number },
    answer: RecipientAnswer,
  ])[];
  readonly outcome: 'accepted' | 'not-sent' | 'unknown';
}

const [ukrainian, second, third] = ['380501234567', '380671112233', '380631112233'] as const;

/** Cases that the clients of a process and of a page settle alike. Each has a `settle()` of its own. */
export const settleCases: readonly SettleCase[] = [
  { title: 'a number with the message', to: [[ukrainian, 'delivered']], outcome: 'accepted' },
  { title: 'a number without it', to: [[ukrainian, 'missing']], outcome: 'not-sent' },
  { title: 'a number without an answer', to: [[ukrainian, 'none']], outcome: 'unknown' },
  {
    title: 'several numbers, the last with the message',
    to: [
      [ukrainian, 'missing'],
      [second, 'missing'],
      [third, 'delivered'],
    ],
    outcome: 'accepted',
  },
  {
    title: 'several numbers without it',
    to: [
      [ukrainian, 'missing'],
      [second, 'missing'],
      [third, 'missing'],
    ],
    outcome: 'not-sent',
  },
  {
    title: 'several numbers, the last without an answer',
    to: [
      [ukrainian, 'missing'],
      [second, 'none'],
    ],
    outcome: 'unknown',
  },
  {
    title: 'a number without it, and a group',
    to: [
      [ukrainian, 'missing'],
      [{ group: 5 }, 'none'],
    ],
    outcome: 'unknown',
  },
  { title: 'a group alone', to: [[{ group: 5 }, 'none']], outcome: 'unknown' },
  {
    title: 'as many numbers without it as are asked about',
    to: Array.from({ length: 20 }, (_, index) => [`3805000000${10 + index}`, 'missing'] as const),
    outcome: 'not-sent',
  },
  {
    title: 'more numbers than are asked about',
    to: Array.from({ length: 21 }, (_, index) => [`3805000000${10 + index}`, 'missing'] as const),
    outcome: 'unknown',
  },
  ...['79161234567', '992901234567', '+89161234567'].map((phone): SettleCase => ({
    title: `${phone}, which the gateway does not correct`,
    to: [[phone, 'missing']],
    outcome: 'not-sent',
  })),
  ...['89161234567', '80501234567', '0501234567', '9161234567', '00380501234567'].flatMap(
    (phone): SettleCase[] => [
      {
        title: `${phone}, which the gateway may correct`,
        to: [[phone, 'missing']],
        outcome: 'unknown',
      },
      { title: `${phone}, found as it is`, to: [[phone, 'delivered']], outcome: 'accepted' },
      {
        title: `${phone}, which the gateway may correct, beside another`,
        to: [
          [ukrainian, 'missing'],
          [phone, 'missing'],
        ],
        outcome: 'unknown',
      },
    ],
  ),
];
