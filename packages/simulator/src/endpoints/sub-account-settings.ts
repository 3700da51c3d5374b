import type { Account } from '../state/account.ts';
import { readPushTarget } from '../push/options.ts';
import { isWebAddress } from '../params/web-address.ts';

/** Currencies by number. The gateway writes RUR, and not RUB (recorded). Source: third party. */
const currencies: Readonly<Record<string, string>> = { 1: 'RUR', 2: 'USD', 3: 'EUR', 4: 'UAH', 5: 'KZT' };

type Rule = (value: string) => boolean;

const whole =
  (most: number): Rule =>
  (value) =>
    /^\d{1,10}$/.test(value) && Number(value) <= most;
const text: Rule = (value) => value.length <= 1000;

/** Settings that a sub-account can have, and what each may be. Source: third party; the ranges that are not said are assumed. */
const rules = new Map<string, Rule>([
  ['type', whole(4)],
  ['tariff', whole(8)],
  ['mintrf', whole(8)],
  ['curr', (value) => Object.hasOwn(currencies, value)],
  // Whole hours from GMT, and twelve more.
  ['tz', whole(24)],
  ['sender', text],
  ['sender2', text],
  ['url', isWebAddress],
  ['fmts', (value) => /^[\d,\s-]*$/.test(value)],
  ...['dlim', 'plim', 'tlim', 'ilim', 'vld', 'nb', 'ktm', 'site_id', 'mlen'].map(
    (name) => [name, whole(2_147_483_647)] as const,
  ),
  ...['mh1', 'mh2'].map((name) => [name, whole(24)] as const),
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
  ].map((name) => [name, text] as const),
]);

const flag = /^(?:fl|fl2|fl3|mfl)\[\d{1,2}\]$/;

/** The settings that a request names; `undefined` when one of them cannot be. */
export function readSettings(values: ReadonlyMap<string, string>): ReadonlyMap<string, string> | undefined {
  const settings = new Map<string, string>();
  for (const [name, value] of values) {
    const rule = flag.test(name) ? whole(1) : rules.get(name);
    if (!rule) continue;
    if (value !== '' && !rule(value)) return undefined;
    settings.set(name, value);
  }
  return settings;
}

/**
 * Writes settings into a sub-account, and does what they say: currency, time zone, sender, test mode, and whereto states
 * (`fl[10]`) and incoming messages (`fl[11]`) are pushed. Others are looked at where they matter, or only kept.
 */
export function applySettings(account: Account, settings: ReadonlyMap<string, string>): void {
  for (const [name, value] of settings) account.settings.set(name, value);
  const get = (name: string): string => account.settings.get(name) ?? '';
  account.currency = currencies[get('curr')] ?? account.currency;
  if (get('tz') !== '') account.utcOffset = Number(get('tz')) - 12;
  if (settings.has('sender')) account.defaultSender = get('sender');
  account.testMode = get('fl2[27]') === '1';
  const [statuses, incoming] = [get('fl[10]') === '1', get('fl[11]') === '1'];
  account.push =
    get('url') !== '' && (statuses || incoming)
      ? readPushTarget({ url: get('url'), secret: account.parent?.push?.secret, statuses, incoming })
      : undefined;
}
