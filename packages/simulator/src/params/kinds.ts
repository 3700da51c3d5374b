/** The kinds of messages, by the flag that asks for each. */
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
 * Message type numbers, the member `type` of states. Source: third parties that mirror the documentation. None is
 * attested for WhatsApp and Telegram: assumed to be that of the social networks.
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

/** Flags of the gateway's page that are 0 or 1, and the kind each of them makes. */
const flags: readonly (readonly [flag: string, kind: MessageKind])[] = [
  ['flash', 'flash'],
  ['push', 'push'],
  ['hlr', 'hlr'],
  ['ping', 'ping'],
  ['mms', 'mms'],
  ['mail', 'mail'],
  ['soc', 'soc'],
  ['viber', 'viber'],
  ['whatsapp', 'whatsapp'],
  ['tg', 'tg'],
  ['call', 'call'],
];

/**
 * The kind that the parameters ask for; `undefined` when they ask for two at once, which is assumed to be a parameter
 * error. `whatsapp=1` beside `bot=wa:…` is one kind.
 */
export function kindOf(values: ReadonlyMap<string, string>): MessageKind | undefined {
  const kinds = new Set<MessageKind>();
  for (const [flag, kind] of flags) if (values.get(flag) === '1') kinds.add(kind);
  const binary = values.get('bin') ?? '';
  if (binary !== '' && binary !== '0') kinds.add('binary');
  const bot = values.get('bot') ?? '';
  // `bot=wa:<number>` is WhatsApp through that number's bot. Source: the official page on WhatsApp.
  if (bot !== '') kinds.add(bot.startsWith('wa:') ? 'whatsapp' : 'bot');
  if (kinds.size > 1) return undefined;
  const [kind = 'sms'] = kinds;
  return kind;
}

/** Prefixes of the text that choose a kind where no flag can be passed. Source: third party; `__HLR__` is documented. */
const prefixes: readonly (readonly [prefix: string, kind: MessageKind])[] = [
  ['__CALL__', 'call'],
  ['__VIBER__', 'viber'],
  ['__SOC__', 'soc'],
  ['__PING__', 'ping'],
  ['__HLR__', 'hlr'],
];

/** Takes the prefix off a text and says which kind it chose. White space behind the prefix goes with it: assumed. */
export function takePrefix(text: string): { readonly kind: MessageKind; readonly text: string } | undefined {
  if (!text.startsWith('__')) return undefined;
  const found = prefixes.find(([prefix]) => text.startsWith(prefix));
  return found && { kind: found[1], text: text.slice(found[0].length).trimStart() };
}
