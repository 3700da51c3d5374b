import type { Member } from '../wire/response.ts';
import type { Message, MessageState } from '../state/message.ts';
import { networkOf } from '../pricing/networks.ts';

const hlrColumns = ['imsi', 'msc', 'mcc', 'mnc', 'cn', 'net', 'rcn', 'rnet'] as const;

/** What an HLR request has found out. Empty until it has, and where the number cannot be reached. Nobody roams here. */
export function hlrMembers({ phone }: Message, { status, err }: MessageState): readonly Member[] {
  if (status !== 1 || err !== 0) return hlrColumns.map((name) => [name, '']);
  const { country, operator, mcc, mnc } = networkOf(phone);
  const subscriber = phone.slice(-9).padStart(9, '0');
  const values = [
    `${mcc}${mnc}${subscriber}`.slice(0, 15),
    `${phone.slice(0, 5)}0000000`,
    mcc,
    mnc,
    country,
    operator,
    '',
    '',
  ];
  return hlrColumns.map((name, at) => [name, values[at]!]);
}
