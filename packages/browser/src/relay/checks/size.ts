import { compareAmounts, estimate, InputError, type PriceTable } from '@smsc/protocol';
import { isPlain, type UnknownRecord } from '@smsc/protocol/adapter';
import type { AllowedOperation } from '../allowed-operation.ts';
import { RefusalError } from '../refusal.ts';
import { messagesOf } from './list-messages.ts';

const recipientsOf = (input: UnknownRecord): readonly unknown[] =>
  [input, ...messagesOf(input)].flatMap(({ to }) => to).filter((recipient) => recipient !== undefined);

const kinds = [
  'sms',
  'hlr',
  'ping',
  'mms',
  'email',
  'voice',
  'viber',
  'whatsapp',
  'telegram-code',
  'telegram-bot',
  'social',
];

/** Price table in which every part costs 1, so that the estimated cost is the number of parts. */
export const onePerPart: PriceTable = {
  currency: undefined,
  rows: [{ prefix: '', prices: Object.fromEntries(kinds.map((kind) => [kind, '1'])) }],
  unknownColumns: [],
  zonesWithoutPrefixes: [],
};

/** Copies members to an object without a prototype, so that a polluted `Object.prototype` adds none. */
export const withoutPrototype = (members: UnknownRecord = {}): never =>
  ({ __proto__: null, ...members }) as never;

/**
 * Tells whether a send has at most `maxParts` parts. Returns `false` if the number is unknown, as for voice calls that play a
 * file and for operations that do not send.
 */
function hasAtMost(maxParts: number, input: UnknownRecord): boolean {
  try {
    const { upper, unpricedCount } = estimate(withoutPrototype(input), onePerPart, withoutPrototype());
    return unpricedCount === 0 && compareAmounts(upper, String(maxParts)) <= 0;
  } catch (error) {
    if (error instanceof InputError) return false;
    throw error;
  }
}

/**
 * Checks the recipients and the number of parts of a valid input.
 *
 * @throws {RefusalError} for groups that are not allowed, too many recipients, or too many parts
 */
export function checkSize(
  { groups = false, maxRecipients = 1, maxParts }: AllowedOperation,
  input: UnknownRecord,
): void {
  const recipients = recipientsOf(input);
  if (!groups && recipients.some(isPlain))
    throw new RefusalError('not-listed', 'a page may not send to groups');
  if (recipients.length > maxRecipients)
    throw new RefusalError(
      'too-large',
      `there are ${recipients.length} recipients, expected at most ${maxRecipients}`,
    );
  if (maxParts !== undefined && !hasAtMost(maxParts, input))
    throw new RefusalError('too-large', `the message could take more than ${maxParts} parts`);
}
