import { estimate, estimateStream, type PriceTable } from '@smsc/protocol';
import { type Figure, relativeTime } from './measure.ts';
import { peakInMegabytes, type MemoryTest } from './peak.ts';

/** A price list: 1,999 prefixes of four to seven digits, and one price for all other numbers. */
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
/** Returns the phone number at an index. The numbers are unsorted and have no duplicates. */
const phoneAt = (at: number): string => `380${500_000_000 + ((at * 7_368_787) % 499_999_993)}`;
const text = 'Ваше замовлення 4821 вже в дорозі. Дякуємо!';

async function* rows(): AsyncGenerator<{ phone: string; text: string }, void> {
  for (let at = 0; at < recipients; at++) yield { phone: phoneAt(at), text: `${text} ${at % 1000}` };
  // An asynchronous generator has to await something.
  await Promise.resolve();
}

/** Estimates a stream of a million messages, each with its own text. */
export const stream: MemoryTest = () =>
  Promise.resolve(async () => {
    let parts = 0;
    for await (const running of estimateStream(rows(), prices, { every: 100_000 })) parts = running.parts;
    return parts;
  });

/** Measures the estimates of costs. */
export async function measureCost(): Promise<readonly Figure[]> {
  const phones = Array.from({ length: recipients }, (_, at) => phoneAt(at));
  // Flattens the strings beforehand, so that only the estimate is measured.
  for (const phone of phones) phone.charCodeAt(0);
  const input = { to: phones, text };
  return [
    {
      name: 'estimate, 1,000,000 recipients, 2,000 prefixes: times as long as a Set',
      ratio: relativeTime(
        () => estimate(input, prices).parts,
        () => new Set(phones).size,
        11,
      ),
      target: { atMost: 2.5 },
      detail: '`new Set(phones)`, which only removes duplicates',
    },
    await peakInMegabytes(
      'estimateStream, 1,000,000 messages: peak memory in MB',
      'stream',
      30,
      'the heap at the start, garbage included',
    ),
  ];
}
