import {
  type Kind, type LineBreaks, type ListMessage, renderVoiceMenu, segment, type SendInput, type SendListInput, type SendTime, type VoiceMenu, type VoiceMenuItems, type VoiceMenuKey,
} from '@smsc/protocol';
import { defaultPrices, type Message } from '@smsc/simulator';
import fc from 'fast-check';
import { expect } from 'vitest';
import type { How } from './trial.ts';
import { email, millionths, ownId, phone, phones, senderName, webAddress, type Words, written } from './words.ts';
import { type Customer, hour, minute, noon } from './world.ts';

/** What the gateway's double calls each kind. */
export const kindNames: Readonly<Record<Kind, Message['kind']>> = {
  sms: 'sms', flash: 'flash', binary: 'binary', 'wap-push': 'push', hlr: 'hlr', ping: 'ping', mms: 'mms', email: 'mail', voice: 'call',
  viber: 'viber', whatsapp: 'whatsapp', 'telegram-code': 'tg', 'telegram-bot': 'bot', social: 'soc',
};

const instant = fc.integer({ min: noon - 48 * hour, max: noon + 30 * 24 * hour });
const offset = fc.integer({ min: -12, max: 14 });

/** Times to send at, in every form. */
export const sendTime: fc.Arbitrary<SendTime> = fc.oneof(
  instant.map((ms) => new Date(ms)),
  instant.map((ms) => ({ unix: Math.floor(ms / 1000) })),
  fc.tuple(instant, offset).map(([ms, utcOffset]) => ({ at: new Date(ms), utcOffset })),
  fc.tuple(instant, fc.option(offset, { nil: undefined })).map(([ms, utcOffset]) => ({ local: new Date(ms).toISOString().slice(0, 16), utcOffset })),
  fc.tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 1, max: 24 }), fc.option(offset, { nil: undefined })).filter(([from, to]) => from < to).map(([from, to, utcOffset]) => ({ from, to, utcOffset })),
  fc.integer({ min: 1, max: 100_000 }).map((inMinutes) => ({ inMinutes })),
);

/**
 * When a time is meant, in milliseconds since 1970.
 *
 * @param zone of the account
 * @param own of a message of a list
 */
export function meant(time: SendTime | undefined, now: number, zone: number, own?: number): number {
  if (time === undefined) return now;
  const later = (ms: number): number => Math.max(ms, now);
  if (time instanceof Date) return later(Math.ceil(time.getTime() / 1000) * 1000);
  if ('unix' in time) return later(time.unix * 1000);
  if ('inMinutes' in time) return now + time.inMinutes * minute;
  if ('at' in time) {
    const clock = Math.ceil(time.at.getTime() / minute) * minute + time.utcOffset * hour;
    return later(clock - (own ?? time.utcOffset) * hour);
  }
  const utcOffset = own ?? time.utcOffset ?? zone;
  if ('local' in time) return later(Date.parse(`${time.local}Z`) - utcOffset * hour);
  const at = time.utcOffset ?? zone;
  // Hour by hour, the stupid way.
  const isWithin = (ms: number): boolean => {
    const local = new Date(ms + at * hour).getUTCHours();
    return local >= time.from && local < time.to;
  };
  let found = now;
  while (!isWithin(found)) found = (Math.floor(found / hour) + 1) * hour;
  return found;
}

const clock = fc.tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 1, max: 59 })).map((parts) => parts.map((part) => String(part).padStart(2, '0')).join(':') as `${number}:${number}`);

/** How long a message may take, in milliseconds. */
export const validMs = (valid: number | string = 24): number => {
  if (typeof valid === 'number') return valid * hour;
  const [hours = 0, minutes = 0] = valid.split(':').map(Number);
  return hours * hour + minutes * minute;
};

/** A menu of a call, up to three keys deep. */
export function menus(words: Words): fc.Arbitrary<VoiceMenu> {
  const spoken = words.line.map((text) => text.replace(/[{}]/g, '').trim()).filter((text) => text !== '');
  const action = fc.oneof(spoken.map((say) => ({ say })), webAddress.map((request) => ({ request })));
  const keys = fc.uniqueArray(fc.constantFrom(...([...'123456789'] as VoiceMenuKey[])), { minLength: 1, maxLength: 2 });
  const itemsOf = (depth: number): fc.Arbitrary<VoiceMenuItems> => {
    const actions = fc.array(action, { minLength: 1, maxLength: 2 });
    const item = depth === 0 ? fc.record({ actions }) : fc.record({ actions, items: itemsOf(depth - 1) }, { requiredKeys: ['actions'] });
    return fc.tuple(keys, fc.array(item, { minLength: 2, maxLength: 2 })).map(([each, all]) => Object.fromEntries(each.map((key, at) => [key, all[at]!])));
  };
  const set = fc.constant(true as const);
  return fc
    .record({ start: spoken, text: spoken, items: itemsOf(2), back: set, restart: set, repeat: set, end: spoken }, { requiredKeys: ['items'] })
    .filter((menu) => !('text' in menu) || !/^\d+:/.test(menu.text ?? ''))
    .filter((menu) => JSON.stringify(menu).length < 900);
}

/** What a message is made of, beside whom it goes to. */
interface What {
  readonly kind?: Kind | undefined;
  readonly audience?: 'email' | 'telegram';
  readonly members: Readonly<Record<string, unknown>>;
  /** The menu in it, if it is one. */
  readonly menu?: VoiceMenu;
}

function whats(words: Words, { body, charset }: How): fc.Arbitrary<What> {
  const withFiles = body !== 'json' && (charset ?? 'utf-8') === 'utf-8';
  const file = fc.record({ name: fc.stringMatching(/^[a-zа-я]{1,8}\.(?:jpg|mp3)$/), content: fc.uint8Array({ minLength: 1, maxLength: 30_000 }) });
  const files: Readonly<Record<string, fc.Arbitrary<unknown>>> = withFiles ? { files: fc.array(file, { minLength: 1, maxLength: 3 }) } : {};
  const text = words.message;
  const comment = words.line;
  const validFor = fc.oneof(fc.integer({ min: 1, max: 24 }), clock, fc.constant('24:00' as const));
  const linked = fc.tuple(text, webAddress).map(([before, link]) => `${before} ${link}`);
  const yes = fc.constant(true);
  const what = <Members extends Readonly<Record<string, fc.Arbitrary<unknown>>>>(kind: Kind | undefined, members: Members, required: readonly (keyof Members & string)[], audience?: What['audience']): fc.Arbitrary<What> =>
    fc.record(members, { requiredKeys: [...required] }).map((made) => ({ kind, members: made as Readonly<Record<string, unknown>>, ...(audience ? { audience } : {}) }));
  const octets = fc.uint8Array({ minLength: 1, maxLength: 100 });
  const asHex = (bytes: fc.Arbitrary<Uint8Array>): fc.Arbitrary<Uint8Array | string> => fc.tuple(bytes, fc.boolean()).map(([each, hex]) => (hex ? Buffer.from(each).toString('hex') : each));
  const sms = { text, comment, translit: fc.constantFrom(1, 2), maxParts: fc.integer({ min: 1, max: 4 }), validFor };
  return fc.oneof(
    { weight: 3, arbitrary: what(undefined, { text, comment, validFor }, ['text']) },
    what('sms', sms, ['text']),
    what('flash', sms, ['text']),
    what('sms', { text: linked, shortenLinks: yes }, ['text', 'shortenLinks']),
    what('binary', { data: asHex(octets), udh: asHex(fc.uint8Array({ minLength: 1, maxLength: 20 })), scheme: fc.record({ pid: fc.integer({ min: 0, max: 255 }), dcs: fc.integer({ min: 0, max: 255 }) }), as: fc.constantFrom('hex', ...(body === 'json' ? [] : ['bytes'])), validFor }, ['data']),
    what('wap-push', { url: webAddress, title: words.line }, ['url', 'title']),
    what('hlr', {}, []),
    what('ping', { validFor }, []),
    what('mms', { subject: words.line, text, comment, fileUrl: webAddress, ...files }, ['text']),
    what('mms', { subject: words.line, fileUrl: webAddress, ...files }, ['subject']),
    ...(withFiles ? [what('voice', files, ['files'])] : []),
    what('email', { subject: words.line, text, sender: email, comment, ...files }, ['subject', 'text', 'sender'], 'email'),
    what('voice', { text, comment, voice: fc.constantFrom('m', 'w4', { name: 'w', language: 'en' }), dialing: fc.record({ wait: fc.integer({ min: 10, max: 35 }), interval: fc.integer({ min: 10, max: 3600 }), attempts: fc.integer({ min: 1, max: 9 }) }), ...files }, ['text']),
    menus(words).map((menu) => ({ kind: 'voice' as const, members: { text: renderVoiceMenu(menu) }, menu })),
    what('viber', { text, comment, validFor, ...files }, ['text']),
    what('whatsapp', { text, comment, bot: fc.constantFrom('380440000000') }, ['text']),
    what('telegram-code', { text }, ['text']),
    what('telegram-bot', { text, bot: fc.constant('@shop_bot'), comment }, ['text', 'bot'], 'telegram'),
    what('social', { text, comment }, ['text']),
  );
}

/** What is made up for one send. */
export interface Letter {
  readonly what: What;
  /** Recipients as they are given, and the same as the gateway has them. */
  readonly to: readonly { readonly given: string; readonly kept: string }[];
  /** Alone, without a list around it. */
  readonly alone: boolean;
  /** Numbers in the first group of the account, and whether it is sent to. */
  readonly group: readonly string[] | undefined;
  /** Recipients that there is no way to. */
  readonly wrong: readonly string[];
  readonly extras: Readonly<Record<string, unknown>>;
}

const id = fc.oneof(ownId, fc.integer({ min: 1, max: 2147483647 }), fc.integer({ min: 1, max: 2147483647 }).map(String));

const extrasOf = (forCost: boolean) => {
  const members = {
    id, sender: fc.oneof(senderName, fc.constantFrom('.', '380501234567')), sendAt: sendTime,
    spread: fc.record({ over: fc.constantFrom(0.1, 1, 24, 720), every: fc.integer({ min: 1, max: 1440 }) }, { requiredKeys: ['over'] }),
    visitor: fc.record({ ip: fc.constantFrom('10.0.0.1', '::1'), captcha: fc.constant('ab12') }, { requiredKeys: ['ip'] }),
    reconfirmAfterDays: fc.integer({ min: 10, max: 999 }), partnerId: fc.integer({ min: 1, max: 2147483647 }),
    report: fc.constantFrom('cost', 'balance'), perRecipient: fc.boolean(), listErrors: fc.boolean(),
  };
  const { report: _, ...rest } = members;
  return forCost ? fc.record(rest, { requiredKeys: [] }) : fc.record(members, { requiredKeys: [] });
};

/** Sends of every kind. */
export function letters(words: Words, how: How, forCost = false): fc.Arbitrary<Letter> {
  const asPhones = phones(4).chain((all) => fc.tuple(...all.map((kept) => written(kept).map((given) => ({ given, kept })))));
  const asIs = (one: fc.Arbitrary<string>): fc.Arbitrary<{ given: string; kept: string }[]> => fc.uniqueArray(one, { minLength: 1, maxLength: 3 }).map((all) => all.map((kept) => ({ given: kept, kept })));
  const telegram = fc.oneof(fc.stringMatching(/^@[a-z]\w{3,10}$/), fc.stringMatching(/^#[1-9]\d{3,10}$/), phone);
  return whats(words, how).chain((what) =>
    fc.record({
      what: fc.constant(what),
      to: what.audience === 'email' ? asIs(email) : what.audience === 'telegram' ? asIs(telegram) : asPhones,
      alone: fc.boolean(),
      group: what.audience ? fc.constant(undefined) : fc.option(phones(3), { nil: undefined }),
      wrong: what.audience ? fc.constant([]) : fc.subarray(['1234567', '2345678']),
      extras: extrasOf(forCost).map(({ sender, ...rest }: { readonly sender?: unknown }) => (sender === undefined || what.kind === 'email' ? rest : { ...rest, sender })),
    }),
  );
}

/** The input of a letter. Puts the people of its group into the book. */
export function letterInput({ what, to, alone, group, wrong, extras }: Letter, customer: Customer): SendInput {
  for (const phone of group ?? []) customer.ask('phones', { add: 1, phone, name: 'member', grp: 1 });
  const all = [...to.map(({ given }) => given), ...(group ? [{ group: 1 }] : []), ...wrong];
  const input = { ...(what.kind === undefined ? {} : { kind: what.kind }), ...what.members, to: alone && all.length === 1 ? all[0]! : all, ...extras };
  return input as unknown as SendInput;
}

/** Recipients that there is a way to, as the gateway has them. */
export const reached = ({ to, group }: Letter): readonly string[] => [...new Set([...to.map(({ kept }) => kept), ...(group ?? [])])].sort();

/** What a unit of a kind costs for a recipient. */
export function priceOf(kind: Message['kind'], recipient: string): bigint {
  const row: Readonly<Record<string, string>> = defaultPrices[kind === 'binary' || kind === 'push' ? 'sms' : kind] ?? {};
  const beginning = Object.keys(row).filter((each) => recipient.startsWith(each)).sort((a, b) => b.length - a.length)[0]!;
  return millionths(row[beginning]!);
}

const bytesOf = (octets: unknown): Uint8Array => (typeof octets === 'string' ? Buffer.from(octets, 'hex') : (octets as Uint8Array | undefined) ?? new Uint8Array());

/** Compares a message that the gateway keeps with what was asked for. */
export function expectKept(message: Message, { what, extras }: Letter, { utcOffset }: Customer, now: number): void {
  const { kind = 'sms', members } = what;
  const { text, comment, subject, url, title, data, udh, files, dialing, translit, maxParts, shortenLinks, validFor } = members as Readonly<Record<string, never>>;
  const sender = (members['sender'] ?? extras['sender'] ?? 'SMSC') as string;
  expect(message).toMatchObject({
    kind: kindNames[kind],
    comment: comment ?? undefined,
    subject: subject ?? undefined,
    sender: kind === 'hlr' ? 'HLR' : sender === '.' ? '' : sender,
    files: ((files ?? []) as readonly { readonly name: string; readonly content: Uint8Array }[]).map(({ name, content }) => ({ name, size: content.length })),
    acceptedAt: now,
  });
  // What is written in Latin letters, or cut off, is the gateway's to say; but it fits.
  if (kind === 'binary') {
    const header = bytesOf(udh);
    const octets = [...(header.length > 0 ? [header.length, ...header] : []), ...bytesOf(data)];
    expect(message.text).toBe(Buffer.from(octets).toString('hex').toUpperCase());
  } else if (kind === 'wap-push') expect(message.text).toBe(`${String(url)}\n${String(title)}`);
  else if (shortenLinks) expect(message.text).toMatch(/http:\/\/s\.test\/\w{6}$/);
  else if (translit === undefined && maxParts === undefined) expect(message.text).toBe(text ?? '');
  else if (translit === undefined) expect(text).toSatisfy((whole: string) => whole.startsWith(message.text));
  if (kind === 'sms' || kind === 'flash') {
    expect(message.parts).toBe(segment(message.text).parts.length);
    if (maxParts !== undefined) expect(message.parts).toBeLessThanOrEqual(maxParts);
  }
  expect(millionths(message.cost)).toBe(priceOf(message.kind, message.phone) * BigInt(message.parts));
  const { wait, interval, attempts } = (dialing ?? {}) as Readonly<Record<string, number>>;
  if (dialing !== undefined) expect(message.dialing).toEqual({ waitSeconds: wait, intervalSeconds: interval, attempts });
  const { sendAt, spread } = extras as { readonly sendAt?: SendTime; readonly spread?: { readonly over: number } };
  const due = meant(sendAt, now, utcOffset);
  expect(message.startsAt).toBeGreaterThanOrEqual(due);
  expect(message.startsAt).toBeLessThanOrEqual(due + (spread?.over ?? 0) * hour);
  expect(message.expiresAt - message.startsAt).toBe(validMs(validFor));
}

/** Lists of messages, each with a text and recipients of its own. */
export function lists(words: Words): fc.Arbitrary<SendListInput> {
  const kinds = fc.constantFrom('sms', 'flash', 'voice', 'viber', 'whatsapp', 'telegram-code', 'social');
  // At the end of a text a line break cannot be told from the end of its line where breaks travel as they are.
  const text = words.message.map((each) => each.trim());
  const entry = fc.record(
    { to: fc.oneof(phone, phones(3)), text, comment: words.line.map((each) => each.trim()), sender: fc.stringMatching(/^[A-Za-z][A-Za-z0-9 .]{0,8}[a-z]$/), utcOffset: offset },
    { requiredKeys: ['to', 'text'] },
  );
  const extras = fc.record({ id, sender: senderName, sendAt: sendTime, lineBreaks: fc.constantFrom<LineBreaks>('escape', 'raw'), report: fc.constantFrom('cost', 'balance'), perRecipient: fc.boolean() }, { requiredKeys: [] });
  return fc.tuple(kinds, fc.array(entry, { minLength: 1, maxLength: 4 }), extras).map(([kind, messages, rest]) => {
    const dated = rest.sendAt !== undefined && ('at' in rest.sendAt || 'local' in rest.sendAt);
    const fitting = messages.map(({ utcOffset, ...each }): ListMessage => {
      // A bar ends a sender, so a text with one needs a sender; further lines could begin the next message.
      const sender = each.sender ?? (/\|/.test(each.text + (each.comment ?? '')) ? 'Bar' : undefined);
      const flat = (written: string): string => (rest.lineBreaks === 'raw' ? written.replaceAll('\n', ' ') : written);
      return {
        to: each.to,
        text: flat(each.text),
        ...(each.comment === undefined || (rest.lineBreaks === 'raw' && /[:;|]/.test(each.comment)) ? {} : { comment: each.comment }),
        ...(sender === undefined ? {} : { sender }),
        ...(dated && sender !== undefined && utcOffset !== undefined ? { utcOffset } : {}),
      };
    });
    return { ...(kind === 'sms' ? {} : { kind }), messages: fitting, ...rest } as unknown as SendListInput;
  });
}
