import { toForm, utf8, windows1251 } from '@smsc/protocol';
import iconv from 'iconv-lite';
import { encode as urlencode } from 'urlencode';
import { type Figure, relativeTime } from './measure.ts';
import { peakAsMultiple, type MemoryTest } from './peak.ts';
import { cyrillic } from './texts.ts';

/**
 * Reads one character, which makes the engine flatten a string that was built from pieces. So the time of each encoder
 * includes the flattening.
 */
const flat = (text: string): number => text.charCodeAt(text.length - 1);

const text = cyrillic(1000);
const phones = Array.from({ length: 100_000 }, (_, at) => String(380_500_000_000 + 7 * at)).join(',');
const params = { login: 'demo', psw: 'demo', phones, mes: 'Ваш код: 4821', charset: 'utf-8', fmt: '3' };

const percentOfByte = Array.from(
  { length: 256 },
  (_, byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`,
);

/** Encodes with iconv-lite and a table of percent-encoded bytes, the fastest encoder that can be built on iconv-lite. */
function byTable(): number {
  let form = '';
  for (const byte of iconv.encode(text, 'windows-1251')) form += percentOfByte[byte]!;
  return flat(form);
}

/** Writes a form with 100,000 phones, which are already joined to one string. */
export const formBody: MemoryTest = () => {
  flat(phones);
  return Promise.resolve(() => {
    const form = toForm(params, utf8);
    flat(form);
    return form.length;
  });
};

/** Measures the charsets and the form writer. */
export async function measureCharsets(): Promise<readonly Figure[]> {
  const ours = (): number => flat(windows1251.percent(text));
  return [
    {
      name: 'windows1251.percent, 1,000 Cyrillic: times as fast as urlencode',
      ratio: relativeTime(() => flat(urlencode(text, 'windows-1251')), ours),
      target: { atLeast: 3 },
      detail: 'urlencode, which is iconv-lite followed by percent-encoding of its bytes',
    },
    {
      name: 'windows1251.percent, 1,000 Cyrillic: times as fast as iconv-lite and a table',
      ratio: relativeTime(byTable, ours),
      detail: 'iconv-lite followed by a look-up for each of its bytes',
    },
    {
      name: 'toForm, 100,000 phones: times as fast as URLSearchParams',
      ratio: relativeTime(
        () => flat(new URLSearchParams(params).toString()),
        () => flat(toForm(params, utf8)),
      ),
      target: { atLeast: 2 },
      detail: 'URLSearchParams of the same parameters',
    },
    await peakAsMultiple(
      'toForm, 100,000 phones: peak memory as a multiple of the body',
      'formBody',
      4,
      'the length of the body',
    ),
  ];
}
