import {
  type Dialing,
  type Kind,
  type Octets,
  renderVoiceMenu,
  segment,
  type SendInput,
  type Report,
  type SendTime,
  type Pacing,
  type Validity,
  type VoiceMenu,
} from '@smsc/protocol';
import { defaultPrices, type Message } from '@smsc/simulator';
import fc from 'fast-check';
import { expect } from 'vitest';
import type { How } from './trial.ts';
import {
  email,
  millionths,
  ownId,
  phone,
  phones,
  senderName,
  webAddress,
  type Words,
  written,
} from './words.ts';
import { type Customer, hour } from './world.ts';
import { meant, sendTime, validity, validMs } from './times.ts';
import { menus } from './menus.ts';

/** What the gateway's double calls each kind. */
export const kindNames: Readonly<Record<Kind, Message['kind']>> = {
  sms: 'sms',
  flash: 'flash',
  binary: 'binary',
  'wap-push': 'push',
  hlr: 'hlr',
  ping: 'ping',
  mms: 'mms',
  email: 'mail',
  voice: 'call',
  viber: 'viber',
  whatsapp: 'whatsapp',
  'telegram-code': 'tg',
  'telegram-bot': 'bot',
  social: 'soc',
};

/** What the members of a message can be. Some are only passed on. */
interface Members {
  readonly text?: string;
  readonly comment?: string;
  readonly subject?: string;
  readonly sender?: string;
  readonly url?: string;
  readonly title?: string;
  readonly data?: Octets;
  readonly udh?: Octets;
  readonly files?: readonly { readonly name: string; readonly content: Uint8Array }[];
  readonly dialing?: Dialing;
  readonly translit?: number;
  readonly maxParts?: number;
  readonly shortenLinks?: boolean;
  readonly validFor?: Validity;
}

/** What goes with every kind. Some of it is only passed on. */
interface Extras {
  readonly id?: string | number;
  readonly sender?: string;
  readonly sendAt?: SendTime;
  readonly pacing?: Pacing;
  readonly report?: Report;
  readonly perRecipient?: boolean;
  readonly listErrors?: boolean;
}

/** What a message is made of, beside whom it goes to. */
interface What {
  readonly kind?: Kind | undefined;
  readonly audience?: 'email' | 'telegram';
  readonly members: Members;
  /** The menu in it, if it is one. */
  readonly menu?: VoiceMenu;
}

function whats(words: Words, { body, charset }: How): fc.Arbitrary<What> {
  const withFiles = body !== 'json' && (charset ?? 'utf-8') === 'utf-8';
  const file = fc.record({
    name: fc.stringMatching(/^[a-zа-я]{1,8}\.(?:jpg|mp3)$/),
    content: fc.uint8Array({ minLength: 1, maxLength: 30_000 }),
  });
  const files: Readonly<Record<string, fc.Arbitrary<unknown>>> = withFiles
    ? { files: fc.array(file, { minLength: 1, maxLength: 3 }) }
    : {};
  const text = words.message;
  const comment = words.line;
  const validFor = validity;
  const linked = fc.tuple(text, webAddress).map(([before, link]) => `${before} ${link}`);
  const yes = fc.constant(true);
  type Table = Readonly<Record<string, fc.Arbitrary<unknown>>>;
  const what = <Of extends Table>(
    kind: Kind | undefined,
    members: Of,
    required: readonly (keyof Of & string)[],
    audience?: What['audience'],
  ): fc.Arbitrary<What> =>
    fc
      .record(members as Table, { requiredKeys: [...required] })
      .map((made) => ({ kind, members: made, ...(audience ? { audience } : {}) }));
  const octets = fc.uint8Array({ minLength: 1, maxLength: 100 });
  const asHex = (bytes: fc.Arbitrary<Uint8Array>): fc.Arbitrary<Uint8Array | string> =>
    fc.tuple(bytes, fc.boolean()).map(([each, hex]) => (hex ? Buffer.from(each).toString('hex') : each));
  const sms = {
    text,
    comment,
    translit: fc.constantFrom(1, 2),
    maxParts: fc.integer({ min: 1, max: 4 }),
    validFor,
  };
  return fc.oneof(
    { weight: 3, arbitrary: what(undefined, { text, comment, validFor }, ['text']) },
    what('sms', sms, ['text']),
    what('flash', sms, ['text']),
    what('sms', { text: linked, shortenLinks: yes }, ['text', 'shortenLinks']),
    what(
      'binary',
      {
        data: asHex(octets),
        udh: asHex(fc.uint8Array({ minLength: 1, maxLength: 20 })),
        scheme: fc.record({ pid: fc.integer({ min: 0, max: 255 }), dcs: fc.integer({ min: 0, max: 255 }) }),
        encoding: fc.constantFrom('hex', ...(body === 'json' ? [] : ['bytes'])),
        validFor,
      },
      ['data'],
    ),
    what('wap-push', { url: webAddress, title: words.line }, ['url', 'title']),
    what('hlr', {}, []),
    what('ping', { validFor }, []),
    what('mms', { subject: words.line, text, comment, fileUrl: webAddress, ...files }, ['text']),
    what('mms', { subject: words.line, fileUrl: webAddress, ...files }, ['subject']),
    ...(withFiles ? [what('voice', files, ['files'])] : []),
    what(
      'email',
      { subject: words.line, text, sender: email, comment, ...files },
      ['subject', 'text', 'sender'],
      'email',
    ),
    what(
      'voice',
      {
        text,
        comment,
        voice: fc.constantFrom('m', 'w4', { name: 'w', language: 'en' }),
        dialing: fc.record({
          wait: fc.integer({ min: 10, max: 35 }),
          interval: fc.integer({ min: 10, max: 3600 }),
          attempts: fc.integer({ min: 1, max: 9 }),
        }),
        ...files,
      },
      ['text'],
    ),
    menus(words).map((menu) => ({ kind: 'voice' as const, members: { text: renderVoiceMenu(menu) }, menu })),
    what('viber', { text, comment, validFor, ...files }, ['text']),
    what('whatsapp', { text, comment, bot: fc.constantFrom('380440000000') }, ['text']),
    what('telegram-code', { text }, ['text'], 'telegram'),
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
  readonly extras: Extras;
}

/** Ids of one's own, in every form. */
export const messageId: fc.Arbitrary<string | number> = fc.oneof(
  ownId,
  fc.integer({ min: 1, max: 2147483647 }),
  fc.integer({ min: 1, max: 2147483647 }).map(String),
);

const extrasOf = (forCost: boolean): fc.Arbitrary<Extras> =>
  fc.record(
    {
      id: messageId,
      sender: fc.oneof(senderName, fc.constantFrom('.', '380501234567')),
      sendAt: sendTime,
      pacing: fc.record(
        { hours: fc.constantFrom(0.1, 1, 24, 720), everyMinutes: fc.integer({ min: 1, max: 1440 }) },
        { requiredKeys: ['hours'] },
      ),
      visitor: fc.record(
        { ip: fc.constantFrom('10.0.0.1', '::1'), captcha: fc.constant('ab12') },
        { requiredKeys: ['ip'] },
      ),
      reconfirmAfterDays: fc.integer({ min: 10, max: 999 }),
      partnerId: fc.integer({ min: 1, max: 2147483647 }),
      perRecipient: fc.boolean(),
      listErrors: fc.boolean(),
      ...(forCost ? {} : { report: fc.constantFrom<Report>('cost', 'balance', 'none') }),
    },
    { requiredKeys: [] },
  );

/** Sends of every kind. */
export function letters(words: Words, how: How, forCost = false): fc.Arbitrary<Letter> {
  const asPhones = phones(4).chain((all) =>
    fc.tuple(...all.map((kept) => written(kept).map((given) => ({ given, kept })))),
  );
  const asIs = (one: fc.Arbitrary<string>): fc.Arbitrary<{ given: string; kept: string }[]> =>
    fc
      .uniqueArray(one, { minLength: 1, maxLength: 3 })
      .map((all) => all.map((kept) => ({ given: kept, kept })));
  const telegram = fc.oneof(
    fc.stringMatching(/^@[a-z]\w{3,10}$/),
    fc.stringMatching(/^#[1-9]\d{3,10}$/),
    phone,
  );
  return whats(words, how).chain((what) =>
    fc.record({
      what: fc.constant(what),
      to: what.audience === 'email' ? asIs(email) : what.audience === 'telegram' ? asIs(telegram) : asPhones,
      alone: fc.boolean(),
      group: what.audience ? fc.constant(undefined) : fc.option(phones(3), { nil: undefined }),
      wrong: what.audience ? fc.constant([]) : fc.subarray(['1234567', '2345678']),
      extras: extrasOf(forCost).map(({ sender, ...rest }): Extras =>
        sender === undefined || what.kind === 'email' ? rest : { ...rest, sender },
      ),
    }),
  );
}

/** The input of a letter. Puts the people of its group into the book. */
export function letterInput(
  { what, to, alone, group, wrong, extras }: Letter,
  customer: Customer,
): SendInput {
  for (const phone of group ?? []) customer.ask('phones', { add: 1, phone, name: 'member', grp: 1 });
  const all = [...to.map(({ given }) => given), ...(group ? [{ group: 1 }] : []), ...wrong];
  const input = {
    ...(what.kind === undefined ? {} : { kind: what.kind }),
    ...what.members,
    to: alone && all.length === 1 ? all[0]! : all,
    ...extras,
  };
  return input as unknown as SendInput;
}

/** Recipients that there is a way to, as the gateway has them. */
export const reached = ({ to, group }: Letter): readonly string[] =>
  [...new Set([...to.map(({ kept }) => kept), ...(group ?? [])])].sort();

/** What a unit of a kind costs for a recipient. */
export function priceOf(kind: Message['kind'], recipient: string): bigint {
  const row: Readonly<Record<string, string>> =
    defaultPrices[kind === 'binary' || kind === 'push' ? 'sms' : kind] ?? {};
  const beginning = Object.keys(row)
    .filter((each) => recipient.startsWith(each))
    .sort((a, b) => b.length - a.length)[0]!;
  return millionths(row[beginning]!);
}

const bytesOf = (octets: Octets = ''): Uint8Array =>
  typeof octets === 'string' ? Buffer.from(octets, 'hex') : octets;

/** Compares a message that the gateway keeps with what was asked for. */
export function expectKept(
  message: Message,
  { what, extras }: Letter,
  { utcOffset }: Customer,
  now: number,
): void {
  const { kind = 'sms', members } = what;
  const {
    text,
    comment,
    subject,
    url,
    title,
    data,
    udh,
    files,
    dialing,
    translit,
    maxParts,
    shortenLinks,
    validFor,
  } = members;
  const sender = members.sender ?? extras.sender ?? 'SMSC';
  expect(message).toMatchObject({
    kind: kindNames[kind],
    comment,
    subject,
    sender: kind === 'hlr' ? 'HLR' : sender === '.' ? '' : sender,
    files: (files ?? []).map(({ name, content }) => ({ name, size: content.length })),
    acceptedAt: now,
  });
  // What is written in Latin letters, or cut off, is the gateway's to say; but it fits.
  if (kind === 'binary') {
    const header = bytesOf(udh);
    const octets = [...(header.length > 0 ? [header.length, ...header] : []), ...bytesOf(data)];
    expect(message.text).toBe(Buffer.from(octets).toString('hex').toUpperCase());
  } else if (kind === 'wap-push') expect(message.text).toBe(`${url}\n${title}`);
  else if (shortenLinks) expect(message.text).toMatch(/http:\/\/s\.test\/\w{6}$/);
  else if (translit === undefined && maxParts === undefined) expect(message.text).toBe(text ?? '');
  else if (translit === undefined) expect(text).toSatisfy((whole: string) => whole.startsWith(message.text));
  if (kind === 'sms' || kind === 'flash') {
    expect(message.parts).toBe(segment(message.text).parts.length);
    if (maxParts !== undefined) expect(message.parts).toBeLessThanOrEqual(maxParts);
  }
  expect(millionths(message.cost)).toBe(priceOf(message.kind, message.phone) * BigInt(message.parts));
  if (dialing)
    expect(message.dialing).toEqual({
      waitSeconds: dialing.wait,
      intervalSeconds: dialing.interval,
      attempts: dialing.attempts,
    });
  const due = meant(extras.sendAt, now, utcOffset);
  expect(message.startsAt).toBeGreaterThanOrEqual(due);
  expect(message.startsAt).toBeLessThanOrEqual(due + (extras.pacing?.hours ?? 0) * hour);
  expect(message.expiresAt - message.startsAt).toBe(validMs(validFor));
}
