import { estimate, estimateStream, type PriceTable } from '@smsc/protocol';
import { type Line, timesAsLong } from './measure.ts';
import { megabytes, type Weighed } from './peak.ts';

/** Two thousand prefixes of four to seven digits, as an operator's price list has them, and what they have in common. */
const prices: PriceTable = {
  currency: 'UAH',
  rows: [
    { prefix: '', prices: { sms: '2.5' } },
    ...Array.from({ length: 1999 }, (_, at) => ({
      prefix: `380${at < 9 ? at + 1 : at + 1000 * (1 + (at % 9))}`,
      prices: { sms: (0.5 + at / 1000).toFixed(3) },
    })),
  ],
  unknownColumns: [],
  zonesWithoutPrefixes: [],
};

const recipients = 1_000_000;
/** Numbers in no order, without two that are the same. */
const phoneAt = (at: number): string => `380${500_000_000 + ((at * 7_368_787) % 499_999_993)}`;
const text = 'Ваше замовлення 4821 вже в дорозі. Дякуємо!';

async function* rows(): AsyncGenerator<{ phone: string; text: string }, void> {
  for (let at = 0; at < recipients; at++) yield { phone: phoneAt(at), text: `${text} ${at % 1000}` };
  // An iterable is asynchronous as soon as it waits once.
  await Promise.resolve();
}

/** Prices a million messages, each with its own text, as they come. */
export const stream: Weighed = () =>
  Promise.resolve(async () => {
    let parts = 0;
    for await (const running of estimateStream(rows(), prices, { every: 100_000 })) parts = running.parts;
    return parts;
  });

/** What mailings cost. */
export async function cost(): Promise<readonly Line[]> {
  const phones = Array.from({ length: recipients }, (_, at) => phoneAt(at));
  // Made once and for all: what is measured is counting.
  for (const phone of phones) phone.charCodeAt(0);
  const input = { to: phones, text };
  return [
    {
      name: 'estimate, 1,000,000 recipients, 2,000 prefixes: times as long as a Set',
      ratio: timesAsLong(
        () => estimate(input, prices).parts,
        () => new Set(phones).size,
        11,
      ),
      wanted: { atMost: 2.5 },
      detail: '`new Set(phones)`, which does no more than make them unique',
    },
    await megabytes(
      'estimateStream, 1,000,000 messages: megabytes at most',
      'stream',
      30,
      'an empty heap; garbage included',
    ),
  ];
}
