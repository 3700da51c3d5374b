import type { Field } from '../core/field.ts';

/**
 * `bot`: a Telegram bot's name as `@name_bot`, or the number of a WhatsApp bot, which becomes `wa:<number>`. Which of the
 * two it has to be is a rule of the kind.
 */
export const bot: Field<string> = {
  params: ['bot'],
  check: () => undefined,
  encode: (value) => (value.startsWith('@') ? value : `wa:${value}`),
};
