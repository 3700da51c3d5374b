import type { Field } from '../core/field.ts';

/**
 * `bot`: name of a Telegram bot (`@name_bot`), or number of a WhatsApp bot, written as `wa:<number>`. The rules of the
 * kind check the value.
 */
export const bot: Field<string> = {
  params: ['bot'],
  check: () => undefined,
  encode: (value) => (value.startsWith('@') ? value : `wa:${value}`),
};
