import { type Check, type Checks, checkShape, checkThat } from '../core/checks.ts';
import type { IssueContext } from '../core/issues.ts';
import { copyOwn, isObject } from '../core/own-members.ts';
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

const isPositive = (value: unknown): value is number =>
  typeof value === 'number' && Number.isFinite(value) && value > 0;

/** Returns an assumed value; a number alone is its own lower and upper bound. */
const toAssumed = (option: number | AssumedValue): AssumedValue =>
  typeof option === 'object' ? option : { value: option, least: option, most: option };

const checkAssumed = /* @__PURE__ */ checkThat((option) => {
  const { value, least, most } = toAssumed((option ?? NaN) as number | AssumedValue);
  return isPositive(value) && isPositive(least) && isPositive(most) && least <= value && value <= most;
}, 'a number above 0, or { value, least, most }');

const checkGroups: Check = (groups, at) => {
  if (!isObject(groups)) return void at.expect(false, groups, 'members by the number of the group');
  for (const [group, members] of Object.entries(groups))
    if (!Array.isArray(members)) at.inside(group).expect(false, members, 'a list of recipients');
};

const optionChecks = (): Record<keyof EstimateOptions, Check> => ({
  groups: checkGroups,
  networkOf: checkThat((value) => typeof value === 'function', 'a function'),
  translitTable: checkThat((value) => isObject(value) && isObject(value['letters']), 'a table of letters'),
  shortLink: checkAssumed,
  speechSpeed: checkAssumed,
  fileSeconds: checkThat((value) => value === 0 || isPositive(value), 'a number of seconds'),
});

/** Checks the options of an estimate and fills in the defaults. `further`: checks of options that the caller has besides. */
export function readEstimateOptions(
  options: EstimateOptions,
  context: IssueContext,
  further: Checks = {},
): MessageSizeOptions & Pick<EstimateOptions, 'networkOf'> & { readonly groups: GroupMembers } {
  const count = context.issues.length;
  checkShape(options, context.inside('options'), {}, { ...optionChecks(), ...further });
  // Options that are not valid are not used: the issues are thrown.
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

/** Complains of what is no price table. */
export function checkTable(prices: PriceTable, context: IssueContext): void {
  if (!isObject(prices) || !Array.isArray(prices['rows']))
    context.inside('prices').addIssue('expected a price table, such as pricesFromJson reads');
}
