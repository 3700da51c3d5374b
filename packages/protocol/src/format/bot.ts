import { complain, type Field } from '../fields.ts';

/** `bot`: a Telegram bot's name as `@name_bot`, or the number of a WhatsApp bot, which becomes `wa:<number>`. */
export const bot: Field<string> = {
  params: ['bot'],
  check: (value, path) =>
    typeof value === 'string' && /^(?:@\w{3,30}bot|\d{5,15})$/i.test(value)
      ? []
      : complain(path, 'expected @name_bot for Telegram, or the digits of a WhatsApp bot’s number'),
  encode: (value) => ({ bot: value.startsWith('@') ? value : `wa:${value}` }),
};
