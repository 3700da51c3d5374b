import { isIP } from 'node:net';
import { isEmail } from './recipients.ts';
import { readPacing, readValidity, readZone } from './schedule.ts';
import { isVoice } from './voice.ts';
import { isWebAddress } from './web-address.ts';

/** Values that parameters may have, when they are there and not empty. Source: the gateway's page, unless said. */
type Rule = (value: string) => boolean;

const whole =
  (least: number, most: number): Rule =>
  (value) =>
    /^\d{1,10}$/.test(value) && Number(value) >= least && Number(value) <= most;
const flag: Rule = (value) => value === '0' || value === '1';

const rules: readonly (readonly [name: string, rule: Rule])[] = [
  // `0` is «automatic»: the official library sends it always. Numbers beyond 32 bits are taken as text: assumed.
  ['id', (value) => /^[\w.-]{1,40}$/.test(value)],
  ['translit', whole(0, 2)],
  ['tinyurl', flag],
  ['tz', (value) => readZone(value) !== undefined],
  ['flash', flag],
  ['bin', whole(0, 2)],
  ['push', flag],
  ['hlr', flag],
  ['ping', flag],
  ['mms', flag],
  ['mail', flag],
  ['soc', flag],
  ['viber', flag],
  ['whatsapp', flag],
  ['tg', flag],
  ['bot', (value) => /^(?:@\w{3,32}|wa:\+?\d{5,15})$/.test(value)],
  ['smsreq', whole(10, 999)],
  // The file of at least 101 bytes is not fetched: nothing here goes to the network.
  ['fileurl', isWebAddress],
  ['call', flag],
  ['voice', isVoice],
  ['cost', whole(0, 3)],
  ['nl', flag],
  ['valid', (value) => readValidity(value) !== undefined],
  // 0 as «no ceiling» and 255, the most that a concatenation header counts, are assumed.
  ['maxsms', whole(0, 255)],
  ['imgcode', (value) => /^[A-Za-z\d]{1,32}$/.test(value)],
  ['userip', (value) => isIP(value) !== 0],
  ['err', flag],
  ['op', flag],
  ['pp', whole(1, 2147483647)],
];

/** «11 characters or 15 digits»; «Latin letters, digits, the space and some signs». That any ASCII sign will do is assumed. */
const isSender = (value: string): boolean => /^[ -~]{1,11}$/.test(value) || /^\+?\d{1,15}$/.test(value);

/** Whether every parameter of a send is within its range; what is not is error 1. The time, error 5, is not looked at. */
export function withinRanges(values: ReadonlyMap<string, string>): boolean {
  const get = (name: string): string => values.get(name) ?? '';
  for (const [name, rule] of rules) {
    const value = values.get(name);
    if (value !== undefined && value !== '' && !rule(value)) return false;
  }
  if (readPacing(get('period'), get('freq')) === undefined) return false;
  // «Has to be used together with userip.» Whether the code is the picture's cannot be known here.
  if (get('imgcode') !== '' && get('userip') === '') return false;
  const sender = get('sender');
  return sender === '' || (get('mail') === '1' ? isEmail(sender) : isSender(sender));
}

/** A sender in a line of a list. */
export const isLineSender = (sender: string): boolean => sender === '' || isSender(sender);
