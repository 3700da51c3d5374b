import { type Answer, fileAnswer } from '../wire/answer.ts';
import { type RequestContext, isTooOften, valueOf } from '../state/request-context.ts';
import { readDay } from './period.ts';
import { refuse } from '../wire/refusal.ts';
import { listing } from '../wire/rows.ts';

/** `get_mnp.php`: numbers that were ported, all of them as a file, or those of a day as a list. Source: third parties. */
export function portedNumbers(call: RequestContext): Answer {
  const date = valueOf(call, 'date');
  const { ported } = call.house;
  if (date !== '' && readDay(date, 0) === undefined) return refuse('parameters');
  if (isTooOften(call, 'ported')) return refuse('duplicate');
  if (date === '') {
    const lines = ported.map(({ phone, mccmnc }) => `${phone};${mccmnc}\n`);
    return fileAnswer(Buffer.from(`Phone;mccmnc\n${lines.join('')}`), 'text/csv');
  }
  const day = date.split('.').reverse().join('-');
  // A day without any is an empty list: no error for it is known.
  return listing(
    ported
      .filter((each) => each.date === day)
      .map(({ phone, mccmnc }) => [
        ['phone', phone],
        ['mccmnc', mccmnc],
      ]),
  );
}
