import { checkShape } from '../core/checks.ts';
import type { Field } from '../core/field.ts';
import { copyOwn } from '../core/own-members.ts';
import { checkPattern } from './choice.ts';
import { checkLine } from './text.ts';

/** The person on your site who caused the message. */
export interface Visitor {
  /**
   * IPv4 or IPv6 address of the person. The account's daily limit of messages per IP address applies to this address.
   */
  readonly ip: string;
  /** Text that the person typed for the captcha. Used if the account's anti-spam check is on. */
  readonly captcha?: string | undefined;
}

/** `userip`, with or without `imgcode`. The gateway accepts the captcha only together with the IP address. */
export const visitor: Field<Visitor> = {
  params: ['userip', 'imgcode'],
  check: (value, at) =>
    // Checks only the rough form. The gateway validates the address.
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
