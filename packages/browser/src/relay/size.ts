import { compareAmounts, estimate, InputError, type PriceTable } from '@smsc/protocol';
import { isPlain, type UnknownRecord } from '@smsc/protocol/adapter';
import { messagesOf } from './messages.ts';
import type { AllowedOperation } from './offer.ts';
import { Refused } from './refused.ts';

const recipientsOf = (input: UnknownRecord): readonly unknown[] =>
  [input, ...messagesOf(input)].flatMap(({ to }) => to).filter((each) => each !== undefined);

/** Everything at one a part, so that a bound of the cost is one of the parts. */
export const one: PriceTable = {
  currency: undefined,
  rows: [
    {
      prefix: '',
      prices: Object.fromEntries(
        [
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
        ].map((kind) => [kind, '1']),
      ),
    },
  ],
  unknownColumns: [],
  zonesWithoutPrefixes: [],
};

/** What something has added to `Object.prototype` is no part of an input, and no option. */
export const bare = (members: UnknownRecord = {}): never => ({ __proto__: null, ...members }) as never;

/** Whether a send surely has no more parts. Of a call that plays a file nobody knows; nor of what is no message. */
function fits(input: UnknownRecord, maxParts: number): boolean {
  try {
    const { upper, unpricedCount } = estimate(bare(input), one, bare());
    return unpricedCount === 0 && compareAmounts(upper, String(maxParts)) <= 0;
  } catch (error) {
    if (error instanceof InputError) return false;
    throw error;
  }
}

/** Refuses groups that are not allowed, too many recipients, and too many parts. Of an input that is valid. */
export function checkSize(
  { groups = false, maxRecipients = 1, maxParts }: AllowedOperation,
  input: UnknownRecord,
): void {
  const recipients = recipientsOf(input);
  if (!groups && recipients.some(isPlain))
    throw new Refused('not-listed', 'groups are not among what a page may give');
  if (recipients.length > maxRecipients)
    throw new Refused('too-large', `more than ${maxRecipients} recipients`);
  if (maxParts !== undefined && !fits(input, maxParts))
    throw new Refused('too-large', `it may have more than ${maxParts} parts`);
}
