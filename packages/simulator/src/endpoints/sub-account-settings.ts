import type { Account } from '../state/account.ts';
import { readPushTarget } from '../push/options.ts';
import { isWebAddress } from '../params/web-address.ts';

/** Currencies by number. The gateway writes RUR, not RUB (recorded). Source: third party. */
const currencies: Readonly<Record<string, string>> = { 1: 'RUR', 2: 'USD', 3: 'EUR', 4: 'UAH', 5: 'KZT' };

/** Returns true for a valid value of a setting. */
type Rule = (value: string) => boolean;

const wholeNumberTo =
  (most: number): Rule =>
  (value) =>
    /^\d{1,10}$/.test(value) && Number(value) <= most;
const shortText: Rule = (value) => value.length <= 1000;

/**
 * Valid values of the settings of a sub-account. Source: third party. If the third party gives no range for a setting, the
 * range is an assumption.
 */
const rules = new Map<string, Rule>([
  ['type', wholeNumberTo(4)],
  ['tariff', wholeNumberTo(8)],
  ['mintrf', wholeNumberTo(8)],
  ['curr', (value) => Object.hasOwn(currencies, value)],
  // Time zone: whole hours from UTC, plus 12.
  ['tz', wholeNumberTo(24)],
  ['sender', shortText],
  ['sender2', shortText],
  ['url', isWebAddress],
  ['fmts', (value) => /^[\d,\s-]*$/.test(value)],
  ...['dlim', 'plim', 'tlim', 'ilim', 'vld', 'nb', 'ktm', 'site_id', 'mlen'].map(
    (name) => [name, wholeNumberTo(2_147_483_647)] as const,
  ),
  ...['mh1', 'mh2'].map((name) => [name, wholeNumberTo(24)] as const),
  ...[
    'email',
    'email2',
    'phone',
    'phone2',
    'fio',
    'props',
    'cntr',
    'notes',
    'ph',
    'mph',
    'tmlim',
    'answ',
    'answ_call',
  ].map((name) => [name, shortText] as const),
]);

const flagPattern = /^(?:fl|fl2|fl3|mfl)\[\d{1,2}\]$/;
const flagRule = wholeNumberTo(1);

/** Reads the settings of a request. Returns `undefined` if a value is invalid. */
export function readSettings(values: ReadonlyMap<string, string>): ReadonlyMap<string, string> | undefined {
  const settings = new Map<string, string>();
  for (const [name, value] of values) {
    const rule = flagPattern.test(name) ? flagRule : rules.get(name);
    if (!rule) continue;
    if (value !== '' && !rule(value)) return undefined;
    settings.set(name, value);
  }
  return settings;
}

/**
 * Stores settings in a sub-account, and applies currency, time zone, sender, test mode and webhooks. With `fl[10]`,
 * statuses are sent to `url`. With `fl[11]`, incoming messages are sent to `url`. This function only
 * stores all other settings; other modules read some of them.
 */
export function applySettings(account: Account, settings: ReadonlyMap<string, string>): void {
  for (const [name, value] of settings) account.settings.set(name, value);
  const setting = (name: string): string => account.settings.get(name) ?? '';
  account.currency = currencies[setting('curr')] ?? account.currency;
  if (setting('tz') !== '') account.utcOffset = Number(setting('tz')) - 12;
  if (settings.has('sender')) account.defaultSender = setting('sender');
  account.testMode = setting('fl2[27]') === '1';
  const [url, statuses, incoming] = [setting('url'), setting('fl[10]') === '1', setting('fl[11]') === '1'];
  account.push =
    url !== '' && (statuses || incoming)
      ? readPushTarget({ url, secret: account.parent?.push?.secret, statuses, incoming })
      : undefined;
}
