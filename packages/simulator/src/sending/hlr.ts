import type { Member } from '../wire/response.ts';
import type { Message, MessageState } from '../state/message.ts';
import { networkOf } from '../pricing/networks.ts';

const hlrMemberNames = ['imsi', 'msc', 'mcc', 'mnc', 'cn', 'net', 'rcn', 'rnet'] as const;

/**
 * Returns the result of an HLR request. All members are empty while the request is in progress, and for a number that cannot
 * be reached. Subscribers never roam, so the last two members are always empty.
 */
export function hlrMembers({ phone }: Message, { status, err }: MessageState): readonly Member[] {
  if (status !== 1 || err !== 0) return hlrMemberNames.map((name) => [name, '']);
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
  return hlrMemberNames.map((name, index) => [name, values[index]!]);
}
