/** Returns true if the gateway can be asked about a recipient: a number or an address, but no group and no Telegram name. */
export const isAskable = (recipient: string): boolean => !/^(?:[@#]|G\d+$)/.test(recipient);
