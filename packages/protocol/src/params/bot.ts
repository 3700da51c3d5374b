import type { Field } from '../core/field.ts';

/**
 * `bot`: the name of a Telegram bot (`@name_bot`), or the number of a WhatsApp bot, which is written `wa:<number>`. The
 * rule of the kind checks that it is the right one of the two.
 */
export const bot: Field<string> = {
  params: ['bot'],
  check: () => undefined,
  encode: (value) => (value.startsWith('@') ? value : `wa:${value}`),
};
