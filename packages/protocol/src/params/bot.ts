import type { Field } from '../core/field.ts';

/**
 * `bot`: name of a Telegram bot (`@name_bot`), or number of a WhatsApp bot, written as `wa:<number>`. `checkKind`
 * checks the value, because its form depends on the kind of message.
 */
export const bot: Field<string> = {
  params: ['bot'],
  check: () => undefined,
  encode: (value) => (value.startsWith('@') ? value : `wa:${value}`),
};
