/**
 * Returns true for recipients whose status can be queried: numbers and e-mail addresses, but not groups or Telegram
 * names.
 */
export const isAskable = (recipient: string): boolean => !/^(?:[@#]|G\d+$)/.test(recipient);
