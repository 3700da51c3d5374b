import { complain, type Field, isObject, typeName, unknownMembers } from '../fields.ts';
import { checkLine } from './text.ts';

/** The person on your site who caused the message. */
export interface Visitor {
  /** Their IP address, v4 or v6. The account's limit of messages per address and day counts by it. */
  readonly ip: string;
  /** What they typed for the captcha, where the anti-spam check is on. */
  readonly captcha?: string | undefined;
}

const octet = '(?:25[0-5]|2[0-4]\\d|1?\\d?\\d)';

/** Whether this reads as an IPv4 or IPv6 address. */
const isAddress = (value: unknown): boolean =>
  typeof value === 'string' &&
  (new RegExp(`^(?:${octet}\\.){3}${octet}$`).test(value) || (/^[\da-f:.]{2,45}$/i.test(value) && value.split(':').length > 2));

/** `userip` with or without `imgcode`. The gateway wants the code only together with the address: so does this type. */
export const visitor: Field<Visitor> = {
  params: ['userip', 'imgcode'],
  check: (value, path, charset) => {
    if (!isObject(value)) return complain(path, `is ${typeName(value)}; expected { ip, captcha? }`);
    const { ip, captcha } = value;
    return [
      ...unknownMembers(value, ['ip', 'captcha'], path),
      ...(isAddress(ip) ? [] : complain(`${path}.ip`, 'expected an IPv4 or IPv6 address')),
      ...(captcha === undefined ? [] : checkLine(captcha, `${path}.captcha`, charset)),
    ];
  },
  encode: ({ ip, captcha }) => ({ userip: ip, ...(captcha === undefined ? {} : { imgcode: captcha }) }),
};
