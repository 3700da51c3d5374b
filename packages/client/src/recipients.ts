import { getOwn } from '@smsc/protocol/adapter';

/**
 * Returns the recipients of an input, each once: numbers, addresses and names of a message or a list, and groups as `G5`.
 *
 * @param input already checked
 */
export function recipientsOf(input: unknown): readonly string[] {
  const checked = input as { readonly to?: unknown; readonly messages?: readonly { readonly to: unknown }[] };
  const to = getOwn(checked, 'to');
  if (typeof to === 'string') return [to];
  const all = (getOwn(checked, 'messages') ?? [{ to }]).flatMap((message) => message.to) as readonly (
    string | { readonly group: number }
  )[];
  const names = all.map((each) => (typeof each === 'string' ? each : `G${each.group}`));
  return names.length > 1 ? [...new Set(names)] : names;
}

/** Returns true if the gateway can be asked about a recipient: a number or an address, but no group and no Telegram name. */
export const isAskable = (recipient: string): boolean => !/^(?:[@#]|G\d+$)/.test(recipient);
