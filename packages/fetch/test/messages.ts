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
import type { RequestStyle } from './trial.ts';
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
import { dueTime, sendTime, validity, validMs } from './times.ts';
import { menus } from './menus.ts';

/** The simulator's name of each kind of message. */
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

/** Members of the input that depend on the kind of message. */
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

/** Members of the input that every kind of message has. */
interface Extras {
  readonly id?: string | number;
  readonly sender?: string;
  readonly sendAt?: SendTime;
  readonly pacing?: Pacing;
  readonly report?: Report;
  readonly perRecipient?: boolean;
  readonly listErrors?: boolean;
}

/** Content of a message: everything but its recipients and extras. */
interface Content {
  readonly kind?: Kind | undefined;
  readonly audience?: 'email' | 'telegram';
  readonly members: Members;
  /** Voice menu from which the text was made. */
  readonly menu?: VoiceMenu;
}

function contents(words: Words, { body, charset }: RequestStyle): fc.Arbitrary<Content> {
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
  const content = <Of extends Table>(
    kind: Kind | undefined,
    members: Of,
    required: readonly (keyof Of & string)[],
    audience?: Content['audience'],
  ): fc.Arbitrary<Content> =>
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
    { weight: 3, arbitrary: content(undefined, { text, comment, validFor }, ['text']) },
    content('sms', sms, ['text']),
    content('flash', sms, ['text']),
    content('sms', { text: linked, shortenLinks: yes }, ['text', 'shortenLinks']),
    content(
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
    content('wap-push', { url: webAddress, title: words.line }, ['url', 'title']),
    content('hlr', {}, []),
    content('ping', { validFor }, []),
    content('mms', { subject: words.line, text, comment, fileUrl: webAddress, ...files }, ['text']),
    content('mms', { subject: words.line, fileUrl: webAddress, ...files }, ['subject']),
    ...(withFiles ? [content('voice', files, ['files'])] : []),
    content(
      'email',
      { subject: words.line, text, sender: email, comment, ...files },
      ['subject', 'text', 'sender'],
      'email',
    ),
    content(
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
    content('viber', { text, comment, validFor, ...files }, ['text']),
    content('whatsapp', { text, comment, bot: fc.constantFrom('380440000000') }, ['text']),
    content('telegram-code', { text }, ['text'], 'telegram'),
    content('telegram-bot', { text, bot: fc.constant('@shop_bot'), comment }, ['text', 'bot'], 'telegram'),
    content('social', { text, comment }, ['text']),
  );
}

/** Generated data of one send. */
export interface SendCase {
  readonly content: Content;
  /** Recipients as passed to the client, and as the gateway stores them. */
  readonly to: readonly { readonly given: string; readonly kept: string }[];
  /** True if a single recipient is passed without an array. */
  readonly alone: boolean;
  /** Numbers in group 1 of the account. `undefined` if the group is not a recipient. */
  readonly group: readonly string[] | undefined;
  /** Recipients that the gateway does not deliver to. */
  readonly wrong: readonly string[];
  readonly extras: Extras;
}

/** Generates a caller's message ids in every form. */
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

/** Generates sends of every kind. */
export function sendCases(words: Words, style: RequestStyle, forCost = false): fc.Arbitrary<SendCase> {
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
  const recipients = { email: asIs(email), telegram: asIs(telegram), phone: asPhones };
  return contents(words, style).chain((content) =>
    fc.record({
      content: fc.constant(content),
      to: recipients[content.audience ?? 'phone'],
      alone: fc.boolean(),
      group: content.audience ? fc.constant(undefined) : fc.option(phones(3), { nil: undefined }),
      wrong: content.audience ? fc.constant([]) : fc.subarray(['1234567', '2345678']),
      extras: extrasOf(forCost).map(({ sender, ...rest }): Extras =>
        sender === undefined || content.kind === 'email' ? rest : { ...rest, sender },
      ),
    }),
  );
}

/** Returns the input of a generated send. Adds the numbers in `group` to the customer's contacts. */
export function sendInput(
  { content, to, alone, group, wrong, extras }: SendCase,
  customer: Customer,
): SendInput {
  for (const phone of group ?? [])
    customer.requestDirectly('phones', { add: 1, phone, name: 'member', grp: 1 });
  const all = [...to.map(({ given }) => given), ...(group ? [{ group: 1 }] : []), ...wrong];
  const input = {
    ...(content.kind === undefined ? {} : { kind: content.kind }),
    ...content.members,
    to: alone && all.length === 1 ? all[0]! : all,
    ...extras,
  };
  return input as unknown as SendInput;
}

/** Returns the recipients that the gateway delivers to, as it stores them. */
export const reached = ({ to, group }: SendCase): readonly string[] =>
  [...new Set([...to.map(({ kept }) => kept), ...(group ?? [])])].sort();

/** Returns the price of one part for a recipient, in millionths. */
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

/** Compares a stored message with the send that created it. */
export function expectStored(
  message: Message,
  { content, extras }: SendCase,
  { utcOffset }: Customer,
  now: number,
): void {
  const { kind = 'sms', members } = content;
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
    sender: kind === 'hlr' ? 'HLR' : sender.replace(/^\.$/, ''),
    files: (files ?? []).map(({ name, content }) => ({ name, size: content.length })),
    acceptedAt: now,
  });
  // The gateway decides how to transliterate or cut a text. The stored text must not have more parts than `maxParts`.
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
  const due = dueTime(extras.sendAt, now, utcOffset);
  expect(message.startsAt).toBeGreaterThanOrEqual(due);
  expect(message.startsAt).toBeLessThanOrEqual(due + (extras.pacing?.hours ?? 0) * hour);
  expect(message.expiresAt - message.startsAt).toBe(validMs(validFor));
}
