/**
 * Response of the gateway to every status request for one recipient: the message was delivered, it was not found, or there is
 * no response.
 */
export type RecipientAnswer = 'delivered' | 'missing' | 'none';

/** A send whose outcome is unknown, and the outcome that `settle()` must find. */
export interface SettleCase {
  readonly title: string;
  /** Recipients in order, each with the response of the gateway. The status of a group cannot be requested. */
  readonly to: readonly (readonly [
    recipient: string | { readonly group: number },
    answer: RecipientAnswer,
  ])[];
  readonly outcome: 'accepted' | 'not-sent' | 'unknown';
}

const [ukrainian, second, third] = ['380501234567', '380671112233', '380631112233'] as const;

/** Cases that `settle()` of `@smsc/client` and `settle()` of `@smsc/browser` must handle alike. */
export const settleCases: readonly SettleCase[] = [
  { title: 'one number, found', to: [[ukrainian, 'delivered']], outcome: 'accepted' },
  { title: 'one number, not found', to: [[ukrainian, 'missing']], outcome: 'not-sent' },
  { title: 'one number without a response', to: [[ukrainian, 'none']], outcome: 'unknown' },
  {
    title: 'several numbers, the last one found',
    to: [
      [ukrainian, 'missing'],
      [second, 'missing'],
      [third, 'delivered'],
    ],
    outcome: 'accepted',
  },
  {
    title: 'several numbers, none found',
    to: [
      [ukrainian, 'missing'],
      [second, 'missing'],
      [third, 'missing'],
    ],
    outcome: 'not-sent',
  },
  {
    title: 'several numbers, the last one without a response',
    to: [
      [ukrainian, 'missing'],
      [second, 'none'],
    ],
    outcome: 'unknown',
  },
  {
    title: 'a number that is not found, and a group',
    to: [
      [ukrainian, 'missing'],
      [{ group: 5 }, 'none'],
    ],
    outcome: 'unknown',
  },
  { title: 'only a group', to: [[{ group: 5 }, 'none']], outcome: 'unknown' },
  {
    title: 'the maximum number of queried recipients, none found',
    to: Array.from({ length: 20 }, (_, index) => [`3805000000${10 + index}`, 'missing'] as const),
    outcome: 'not-sent',
  },
  {
    title: 'more recipients than are queried, none found',
    to: Array.from({ length: 21 }, (_, index) => [`3805000000${10 + index}`, 'missing'] as const),
    outcome: 'unknown',
  },
  ...['79161234567', '992901234567', '+89161234567'].map((phone): SettleCase => ({
    title: `${phone}, which the gateway does not correct, not found`,
    to: [[phone, 'missing']],
    outcome: 'not-sent',
  })),
  ...['89161234567', '80501234567', '0501234567', '9161234567', '00380501234567'].flatMap(
    (phone): SettleCase[] => [
      {
        title: `${phone}, which the gateway may correct, not found`,
        to: [[phone, 'missing']],
        outcome: 'unknown',
      },
      { title: `${phone}, found`, to: [[phone, 'delivered']], outcome: 'accepted' },
      {
        title: `${phone}, which the gateway may correct, and another number, neither found`,
        to: [
          [ukrainian, 'missing'],
          [phone, 'missing'],
        ],
        outcome: 'unknown',
      },
    ],
  ),
];
