import { isObject } from '../core/field.ts';
import type { Complaints } from '../core/complaints.ts';
import type { GroupMembers } from './recipient-counter.ts';
import type { MessageSizeOptions } from './parse-input.ts';
import type { PriceTable } from './price-table.ts';
import type { TranslitTable } from '../segments/advice/translit.ts';
import type { AssumedValue } from './message-size.ts';

/** What an estimate cannot know by itself. */
export interface EstimateOptions {
  /** The members of contact groups, by the group's number. A group that is not here is named in `unpriced`. */
  readonly groups?: GroupMembers | undefined;
  /**
   * The network of a number, MCC and MNC as digits, such as `25503`; `undefined` where it is not known. Asked only where
   * the table has prices for single networks. Default: no network is known.
   */
  readonly networkOf?: ((phone: string) => string | undefined) | undefined;
  /** How transliteration writes the letters. Default: the tables of `translits`, which are assumed and so have bounds. */
  readonly translitTable?: TranslitTable | undefined;
  /** Characters of a short link. A number alone counts as known. Default: 20, at least 15, at most 30 (assumed). */
  readonly shortLink?: number | AssumedValue | undefined;
  /** Characters that a voice speaks in a second. A number alone counts as known. Default: 15, at least 10, at most 20 (assumed). */
  readonly speechSpeed?: number | AssumedValue | undefined;
  /** Seconds of the sounds that go along with a call, all together. Without them a call with files has no price. */
  readonly fileSeconds?: number | undefined;
}

const defaultShortLink: AssumedValue = { value: 20, least: 15, most: 30 };
const defaultSpeechSpeed: AssumedValue = { value: 15, least: 10, most: 20 };

/** An option as a guess. */
function readGuess(
  option: unknown,
  path: string,
  byDefault: AssumedValue,
  complaints: Complaints,
): AssumedValue {
  if (option === undefined) return byDefault;
  const { value, least, most } = (
    isObject(option) ? option : { value: option, least: option, most: option }
  ) as Record<keyof AssumedValue, unknown>;
  const valid =
    [value, least, most].every((each) => typeof each === 'number' && Number.isFinite(each) && each > 0) &&
    (least as number) <= (value as number) &&
    (value as number) <= (most as number);
  if (!valid) complaints.add(path, 'expected a number above 0, or { value, least, most }');
  return valid ? { value: value as number, least: least as number, most: most as number } : byDefault;
}

/** Complains of options that are none, and fills in the defaults. */
export function readOptions(
  options: EstimateOptions,
  complaints: Complaints,
): MessageSizeOptions & Pick<EstimateOptions, 'networkOf'> & { readonly groups: GroupMembers } {
  const isGiven: boolean = isObject(options);
  const { groups, networkOf, translitTable, shortLink, speechSpeed, fileSeconds } = isGiven ? options : {};
  if (!isGiven) complaints.add('options', 'expected an object');
  if (groups !== undefined && !isObject(groups))
    complaints.add('options.groups', 'expected members by the number of the group');
  else {
    for (const [group, members] of Object.entries(groups ?? {})) {
      if (!Array.isArray(members)) complaints.add(`options.groups.${group}`, 'expected a list of recipients');
    }
  }
  if (translitTable !== undefined && !(isObject(translitTable) && isObject(translitTable.letters)))
    complaints.add('options.translitTable', 'expected a table of letters');
  if (networkOf !== undefined && typeof networkOf !== 'function')
    complaints.add('options.networkOf', 'expected a function');
  if (
    fileSeconds !== undefined &&
    !(typeof fileSeconds === 'number' && Number.isFinite(fileSeconds) && fileSeconds >= 0)
  )
    complaints.add('options.fileSeconds', 'expected a number of seconds');
  const link = readGuess(shortLink, 'options.shortLink', defaultShortLink, complaints);
  return {
    groups: groups ?? {},
    networkOf,
    translitTable,
    shortLink: { value: Math.ceil(link.value), least: Math.floor(link.least), most: Math.ceil(link.most) },
    speechSpeed: readGuess(speechSpeed, 'options.speechSpeed', defaultSpeechSpeed, complaints),
    fileSeconds,
  };
}

/** Complains of what is no price table. */
export function checkTable(prices: PriceTable, complaints: Complaints): void {
  if (!isObject(prices) || !Array.isArray(prices['rows']))
    complaints.add('prices', 'expected a price table, such as pricesFromJson reads');
}
