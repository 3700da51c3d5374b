import { getOwn } from '@smsc/protocol/adapter';

/** Whom an input goes to, each once: the numbers, addresses and names of a message or of a list, and its groups as `G5`. */
export function recipientsOf(input: unknown): readonly string[] {
  const given = input as { readonly to?: unknown; readonly messages?: readonly { readonly to: unknown }[] };
  const to = getOwn(given, 'to');
  if (typeof to === 'string') return [to];
  const all = (getOwn(given, 'messages') ?? [{ to }]).flatMap((message) => message.to) as readonly (
    string | { readonly group: number }
  )[];
  const names = all.map((each) => (typeof each === 'string' ? each : `G${each.group}`));
  return names.length > 1 ? [...new Set(names)] : names;
}

/** Whether the gateway can be asked about a recipient: of a number and an address, but not of a group, or of a Telegram name. */
export const isAskable = (recipient: string): boolean => !/^(?:[@#]|G\d+$)/.test(recipient);
