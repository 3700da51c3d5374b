/** Kinds of messages. Most are named after the parameter that requests them. */
export type MessageKind =
  | 'sms'
  | 'flash'
  | 'binary'
  | 'push'
  | 'hlr'
  | 'ping'
  | 'mms'
  | 'mail'
  | 'soc'
  | 'viber'
  | 'whatsapp'
  | 'tg'
  | 'bot'
  | 'call';

/**
 * Type numbers of messages, the member `type` of statuses. Source: third parties that mirror the documentation. Assumption:
 * WhatsApp and Telegram have the same number as social networks.
 */
export const typeNumbers: Readonly<Record<MessageKind, number>> = {
  sms: 0,
  flash: 1,
  binary: 2,
  push: 3,
  hlr: 4,
  ping: 5,
  mms: 6,
  call: 7,
  mail: 8,
  viber: 10,
  soc: 12,
  whatsapp: 12,
  tg: 12,
  bot: 12,
};

/** Kinds that are requested by a parameter of the same name with the value 1. Source: the gateway's page. */
const flaggedKinds: readonly MessageKind[] = [
  'flash',
  'push',
  'hlr',
  'ping',
  'mms',
  'mail',
  'soc',
  'viber',
  'whatsapp',
  'tg',
  'call',
];

/**
 * Reads the kind that the parameters request. Returns `undefined` if a flag is neither 0 nor 1, or if two kinds are requested,
 * which is assumed to be a parameter error. `whatsapp=1` with `bot=wa:…` is one kind.
 */
export function readKind(values: ReadonlyMap<string, string>): MessageKind | undefined {
  const kinds = new Set<MessageKind>();
  for (const kind of flaggedKinds) {
    const value = values.get(kind) ?? '';
    if (value === '1') kinds.add(kind);
    else if (value !== '' && value !== '0') return undefined;
  }
  const binary = values.get('bin') ?? '';
  if (binary !== '' && binary !== '0') kinds.add('binary');
  const bot = values.get('bot') ?? '';
  // `bot=wa:<number>` is WhatsApp through the bot of that number. Source: the official page about WhatsApp.
  if (bot !== '') kinds.add(bot.startsWith('wa:') ? 'whatsapp' : 'bot');
  if (kinds.size > 1) return undefined;
  const [kind = 'sms'] = kinds;
  return kind;
}

/**
 * Prefixes of a text. Clients that cannot pass a flag choose the kind of a message with a prefix. Source: third party;
 * `__HLR__` is documented.
 */
const prefixes: readonly (readonly [prefix: string, kind: MessageKind])[] = [
  ['__CALL__', 'call'],
  ['__VIBER__', 'viber'],
  ['__SOC__', 'soc'],
  ['__PING__', 'ping'],
  ['__HLR__', 'hlr'],
];

/**
 * Splits off the prefix that chooses the kind of a text. Returns `undefined` if the text has none. Assumption: white space
 * after the prefix is removed.
 */
export function splitKindPrefix(
  text: string,
): { readonly kind: MessageKind; readonly text: string } | undefined {
  if (!text.startsWith('__')) return undefined;
  const found = prefixes.find(([prefix]) => text.startsWith(prefix));
  return found && { kind: found[1], text: text.slice(found[0].length).trimStart() };
}
