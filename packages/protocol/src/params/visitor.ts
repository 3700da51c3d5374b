import { checkShape } from '../core/checks.ts';
import type { Field } from '../core/field.ts';
import { copyOwn } from '../core/own-members.ts';
import { checkPattern } from './choice.ts';
import { checkLine } from './text.ts';

/** The person on your site who caused the message. */
export interface Visitor {
  /** Their IP address, v4 or v6. The account's limit of messages per address and day counts by it. */
  readonly ip: string;
  /** What they typed for the captcha, where the anti-spam check is on. */
  readonly captcha?: string | undefined;
}

/** `userip` with or without `imgcode`. The gateway wants the code only together with the address: so does this type. */
export const visitor: Field<Visitor> = {
  params: ['userip', 'imgcode'],
  check: (value, at) =>
    // What such an address looks like. Whether it is one, the gateway will know.
    checkShape(
      value,
      at,
      { ip: checkPattern(/^(?:\d+(?:\.\d+){3}|[\da-f]*:[\da-f:.]*)$/i, 'an IPv4 or IPv6 address') },
      { captcha: checkLine },
    ),
  encode: (value) => {
    const { ip, captcha } = copyOwn(value);
    return captcha ? { userip: ip, imgcode: captcha } : ip;
  },
};
