import { type Check, type Checks, checkShape, checkThat } from '../core/checks.ts';
import type { IssueContext } from '../core/issues.ts';
import { copyOwn, isObject } from '../core/own-members.ts';
import type { GroupMembers } from './routing.ts';
import type { MessageSizeOptions } from './parse-input.ts';
import type { PriceTable } from './price-table.ts';
import type { TranslitTable } from '../segments/advice/translit.ts';
import type { AssumedValue } from './message-size.ts';

/** Options of `estimate`: facts that neither the input nor the price table contains. */
export interface EstimateOptions {
  /** Members of contact groups, by group number. A group that is missing here is listed in `unpriced`. */
  readonly groups?: GroupMembers | undefined;
  /**
   * Returns the network of a number as MCC and MNC digits, such as `25503`, or `undefined` if it is not known. Called only
   * if the table has prices for single networks. Default: no network is known.
   */
  readonly networkOf?: ((phone: string) => string | undefined) | undefined;
  /**
   * Transliteration table. Default: `transliterationTables`. The default tables are assumptions; with them, the lower
   * and the upper bound may differ.
   */
  readonly translitTable?: TranslitTable | undefined;
  /**
   * Length of a short link in characters. A plain number is taken as exact. Default: 20, with the bounds 15 and 30
   * (assumption).
   */
  readonly shortLink?: number | AssumedValue | undefined;
  /**
   * Speed of the voice in characters per second. A plain number is taken as exact. Default: 15, with the bounds 10 and
   * 20 (assumption).
   */
  readonly speechSpeed?: number | AssumedValue | undefined;
  /** Total length of the sound files of a call, in seconds. Without it, a call with files has no price. */
  readonly fileSeconds?: number | undefined;
}

const defaultShortLink: AssumedValue = { value: 20, least: 15, most: 30 };
const defaultSpeechSpeed: AssumedValue = { value: 15, least: 10, most: 20 };

const isPositive = (value: unknown): value is number =>
  typeof value === 'number' && Number.isFinite(value) && value > 0;

/** Returns an assumed value. A plain number is its own lower and upper bound. */
const toAssumed = (option: number | AssumedValue): AssumedValue =>
  typeof option === 'object' ? option : { value: option, least: option, most: option };

const checkAssumed = /* @__PURE__ */ checkThat((option) => {
  const { value, least, most } = toAssumed((option ?? NaN) as number | AssumedValue);
  return isPositive(value) && isPositive(least) && isPositive(most) && least <= value && value <= most;
}, 'a number above 0, or { value, least, most }');

const checkGroups: Check = (groups, at) => {
  if (!isObject(groups))
    return void at.expect(false, groups, 'an object with an array of members for each group number');
  for (const [group, members] of Object.entries(groups))
    if (!Array.isArray(members)) at.inside(group).expect(false, members, 'an array of recipients');
};

const optionChecks = (): Record<keyof EstimateOptions, Check> => ({
  groups: checkGroups,
  networkOf: checkThat((value) => typeof value === 'function', 'a function'),
  translitTable: checkThat(
    (value) => isObject(value) && isObject(value['letters']),
    'a table with the member letters',
  ),
  shortLink: checkAssumed,
  speechSpeed: checkAssumed,
  fileSeconds: checkThat((value) => value === 0 || isPositive(value), 'a number of seconds, 0 or more'),
});

/**
 * Checks the options of an estimate and fills in the defaults.
 *
 * @param further checks of the caller's additional options
 */
export function readEstimateOptions(
  options: EstimateOptions,
  context: IssueContext,
  further: Checks = {},
): MessageSizeOptions & Pick<EstimateOptions, 'networkOf'> & { readonly groups: GroupMembers } {
  const count = context.issues.length;
  checkShape(options, context.inside('options'), {}, { ...optionChecks(), ...further });
  // Returns the defaults if an option is invalid. The caller then throws the issues, so the defaults are not used.
  const { groups, networkOf, translitTable, shortLink, speechSpeed, fileSeconds } =
    context.issues.length > count ? {} : copyOwn(options);
  const link = shortLink === undefined ? defaultShortLink : toAssumed(shortLink);
  return {
    groups: groups ?? {},
    networkOf,
    translitTable,
    shortLink: { value: Math.ceil(link.value), least: Math.floor(link.least), most: Math.ceil(link.most) },
    speechSpeed: speechSpeed === undefined ? defaultSpeechSpeed : toAssumed(speechSpeed),
    fileSeconds,
  };
}

/** Adds an issue if the value is not a price table. */
export function checkTable(prices: PriceTable, context: IssueContext): void {
  if (!isObject(prices) || !Array.isArray(prices['rows']))
    context.inside('prices').expect(false, prices, 'a price table, as returned by pricesFromJson');
}
